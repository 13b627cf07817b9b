"""Whether secrets, and what people ask, are where they do not belong."""

import os
import pathlib
import subprocess
import time

import answers
import report
import service

QUESTION = "sum of what nobody may read"


def make_key():
    code, said = service.run("keys", "create", "--name", "audit", "--scopes", "submit,read")
    key = next((word for word in said.split() if word.startswith("go_")), None)
    if not key:
        raise SystemExit(f"no key: {said}")
    service.secrets["a client's key"] = key
    for _ in range(100):
        if service.ask("GET", "/v1/models", key=key)[0] == 200:
            return key
        time.sleep(0.05)
    raise SystemExit("a new key is not known within 5 s")


def seen_in(text):
    return [name for name, value in service.secrets.items() if value in text]


def look_at_places(key):
    administrator = service.administrator
    places = {"gigaoffice config": service.run("config")[1], "gigaoffice doctor": service.run("doctor")[1],
              "gigaoffice models": service.run("models")[1], "gigaoffice keys list": service.run("keys", "list")[1]}
    for path in ("/metrics", "/api/health", "/api/admin/overview", "/api/models", "/openapi.json"):
        places[path] = service.ask("GET", path, key=administrator)[2]
    places["the dry run's result"] = service.ask("POST", "/api/ai/process", answers.JOB, key=key, Prefer="wait=20")[2]
    wrong = service.secrets["a wrong key"] = key[:-1] + ("a" if key[-1] != "a" else "b")
    places["an error for a wrong key"] = service.ask("GET", "/v1/models", key=wrong)[2]
    places["an error for nonsense"] = service.ask("POST", "/api/ai/process", '{"query_text":', key=key)[2]
    faults = [f"{place}: {', '.join(found)}" for place, text in places.items() if (found := seen_in(text))]
    report.check(not faults, f"no secret in any of {len(places)} places: {', '.join(places)}", "; ".join(faults))
    report.check("****" in places["gigaoffice config"], "gigaoffice config shows that secrets are set, and not which")


def look_at_log():
    log = pathlib.Path(os.environ["LOG_FILE"]).read_text()
    lines = log.splitlines()
    report.check(any('"debug"' in line for line in lines), f"the log has {len(lines)} lines, down to debug")
    found = seen_in(log)
    report.check(not found, "no secret in the log", ", ".join(found))
    report.check(QUESTION not in log, "nothing of what people ask in the log")


def look_at_database():
    command = ["psql", "-X", "-A", "-t", "-h", os.environ["DB_HOST"], "-p", os.environ["DB_PORT"], "-U",
               os.environ["DB_USER"], "-d", os.environ["DB_NAME"], "-c", "SELECT to_json(k) FROM api_keys k"]
    try:
        rows = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        report.left_out("psql is not installed: the table of keys")
        return
    report.check("audit" in rows and not seen_in(rows), "the database has hashes of keys, no keys", rows[:200])


def look(key):
    report.group("Secrets")
    look_at_places(key)
    look_at_log()
    look_at_database()
