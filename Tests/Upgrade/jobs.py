"""Jobs for scripts/upgrade-check, over HTTP and with nothing but Python:

    jobs.py submit URL COUNT NAME FILE    submits jobs, and writes their ids, a line each
    jobs.py count URL FILE STATUS         prints how many of them have that status
    jobs.py await URL FILE SECONDS        waits until all have ended
    jobs.py results URL FILE              prints what clients get, a line of JSON each, without what time changes
"""

import json
import pathlib
import sys
import time
import urllib.error
import urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
ENDED = {"completed", "failed", "cancelled"}


def ask(url, body=None):
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"} if data else {})
    try:
        return json.load(opener.open(request, timeout=30))
    except urllib.error.HTTPError as error:
        sys.exit(f"{url}: {error.code} {error.read().decode()[:300]}")


def submit(url, count, name, file):
    identities = []
    for number in range(int(count)):
        body = {"query_text": f"{name} {number}", "category": "analysis", "input_range": "A1:B2",
                "input_data": [["Чай", number], ["Кофе", 2.50]]}
        identities.append(ask(f"{url}/api/ai/process", body)["request_id"])
    pathlib.Path(file).write_text("\n".join(identities))


def statuses(url, file):
    return [ask(f"{url}/api/ai/status/{identity}")["status"] for identity in pathlib.Path(file).read_text().split()]


def count(url, file, status):
    print(statuses(url, file).count(status))


def wait(url, file, seconds):
    end = time.monotonic() + float(seconds)
    while not set(now := statuses(url, file)) <= ENDED:
        if time.monotonic() > end:
            sys.exit(f"not ended after {seconds} s: {now}")
        time.sleep(0.3)


def results(url, file):
    for identity in pathlib.Path(file).read_text().split():
        answer = ask(f"{url}/api/ai/result/{identity}")
        kept = {key: answer.get(key) for key in ("success", "status", "result", "output_range", "tokens_used", "error")}
        print(identity, json.dumps(kept, ensure_ascii=False, sort_keys=True))


{"submit": submit, "count": count, "await": wait, "results": results}[sys.argv[1]](*sys.argv[2:])
