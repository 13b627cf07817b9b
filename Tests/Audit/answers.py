"""What the service answers with: the fields for browsers and caches, and what errors tell."""

import json
import re
import socket

import report
import service

WANTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive, nosnippet",
}
# Fields that tell what runs; health and /openapi.json say the version, as they have to.
TALKATIVE = ("server", "x-powered-by", "via", "x-runtime", "x-aspnet-version")
# What an error must not tell: paths of files, SQL, what the program is made of.
INSIDE = re.compile(r"/(build|usr|root|home|work|tmp)/|Sources/|\.swift|SELECT |INSERT |libpq|PGRES|Fatal error")
# Swagger UI and Redoc make styles while they run.
STYLED = ("/docs", "/redoc")
JOB = '{"query_text":"sum of what nobody may read","category":"analysis","input_data":[[1,2],[3,4]]}'


def policy(fields):
    parts = [part.strip().split(" ") for part in fields.get("content-security-policy", "").split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def look_at_page(path, fields):
    rules = policy(fields)
    faults = [f"{name} is not 'none'" for name in ("default-src", "base-uri", "form-action", "frame-ancestors")
              if rules.get(name) != ["'none'"]]
    if rules.get("script-src") != ["'self'"]:
        faults.append(f"script-src is {rules.get('script-src')}")
    for name, sources in rules.items():
        if "'unsafe-eval'" in sources or "*" in sources or any(source.startswith("http") for source in sources):
            faults.append(f"{name} is {sources}")
        if "'unsafe-inline'" in sources and not (name == "style-src" and path in STYLED):
            faults.append(f"{name} has 'unsafe-inline'")
    return faults


def look_at_fields(name, status, fields, text):
    """Everything that is wrong with one answer."""
    faults = [f"{field}: {fields.get(field)}" for field, value in WANTED.items() if fields.get(field) != value]
    faults += [f"{field}: {fields[field]}" for field in TALKATIVE if field in fields]
    if fields.get("access-control-allow-credentials"):
        faults.append("other origins may send what the browser knows")
    if status >= 400 and (found := INSIDE.search(text)):
        faults.append(f"tells of the inside: {found.group()}")
    if fields.get("content-type", "").startswith("text/html"):
        faults += look_at_page(name.split(" ")[1], fields)
    cache = fields.get("cache-control", "")
    is_public = name == "GET /robots.txt"
    if status != 204 and not is_public and not ("no-store" in cache or "no-cache" in cache):
        faults.append(f"may be kept: Cache-Control is {cache or 'missing'}")
    return [f"{name} ({status}): {fault}" for fault in faults]


def requests(key):
    """Every operation of the description, with the key, without, and with nonsense; and what is no operation."""
    document = json.loads(service.ask("GET", "/openapi.json", key=key)[2])
    for path, operations in document["paths"].items():
        target = re.sub(r"\{[^}]*\}", "01a1fbeb-3785-760c-99e2-c597617a9cfd", path)
        for method in operations:
            if method in ("get", "post", "put", "delete", "patch"):
                body = None if method in ("get", "delete") else '{"nonsense":'
                yield method.upper(), target, body, key
                yield method.upper(), target, body, None
    for target in ("/", "/admin", "/docs", "/redoc", "/robots.txt", "/nowhere", "/api/ai/status/%00", "/..%2f..%2fetc"):
        yield "GET", target, None, key
    for method in ("OPTIONS", "TRACE", "PUT", "BREW"):
        yield method, "/api/ai/process", None, key


def raw(sent):
    """An answer to what is no request."""
    with socket.create_connection((service.host, service.port), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: connection.recv(65536), b"")).decode(errors="replace")
    head, _, text = received.partition("\r\n\r\n")
    lines = head.split("\r\n")
    return int(lines[0].split(" ")[1]), {n.lower(): v for n, _, v in (line.partition(": ") for line in lines[1:])}, text


def look_at_access(key):
    doors = [("GET", "/api/admin/overview"), ("GET", "/metrics"), ("POST", "/api/ai/process"), ("GET", "/v1/models")]
    statuses = [service.ask(method, path, "{}" if method == "POST" else None)[0] for method, path in doors]
    report.check(statuses == [401] * 4, "nobody comes in without a key", f"{statuses}")
    report.check(service.ask("GET", "/api/admin/overview", key=key)[0] == 403, "a client's key opens no door of operators")
    status, fields, text = service.ask("POST", "/api/ai/process", JOB, key=key, Prefer="wait=20")
    report.check(status == 200, "a job is done with a client's key", f"{status}")
    identity = json.loads(service.ask("POST", "/api/ai/process", JOB, key=key)[2])["request_id"]
    faults = []
    for part in ("status", "result"):
        status, fields, text = service.ask("GET", f"/api/ai/{part}/{identity}", key=key)
        cache = fields.get("cache-control", "")
        if status != 200 or not ("private" in cache or "no-store" in cache):
            faults.append(f"{part} ({status}): Cache-Control is {cache or 'missing'}")
        foreign = service.ask("GET", f"/api/ai/{part}/{identity}")[0]
        if foreign not in (401, 404):
            faults.append(f"{part}: {foreign} to a stranger")
    report.check(not faults, "a job's standing and result are for its client, and no cache keeps them for others",
                 "; ".join(faults))
    trace = service.ask("TRACE", "/", key=key, Secret="echo")
    report.check(trace[0] in (405, 501) and "echo" not in trace[2], "TRACE is not answered with what was sent")


def look(key):
    report.group("Answers")
    faults, count = [], 0
    for method, target, body, used in requests(key):
        status, fields, text = service.ask(method, target, body, used)
        faults += look_at_fields(f"{method} {target}", status, fields, text)
        count += 1
    for sent in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x00\xa5\x01\r\n\r\n", b"GET / HTTP/1.1\r\nHost x\r\n\r\n"):
        faults += look_at_fields("GET no-request", *raw(sent))
        count += 1
    report.check(count > 60, f"{count} answers were looked at")
    report.check(not faults, "each has nosniff, no framing, no referrer, no robots, no name of a server, tells caches not "
                 "to keep it, and nothing of the inside; pages have a policy without inline scripts",
                 "\n          ".join(["", *sorted(set(faults))[:20]]))
    report.fact("known: /docs and /redoc allow inline styles, which Swagger UI and Redoc make; no inline script")
    look_at_access(key)
