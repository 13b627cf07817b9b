"""Holds the API's description against OpenAPI, against itself, and against a running service:

    check.py http://127.0.0.1:8000 ADMIN_KEY PROGRAM

The service must be in the dry run and hold nothing of value: prompts are made, changed and deleted. PROGRAM makes API
keys for it, so the settings of its database must be in the environment. With API_KEYS_REQUIRED=true there, the service
asks everybody for a key.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import jsonschema
from openapi_spec_validator import validate

base, key, program = sys.argv[1:4]
required = os.environ.get("API_KEYS_REQUIRED") == "true"
failures, checked = 0, 0


def check(name, condition, detail=""):
    global failures, checked
    checked += 1
    if not condition:
        failures += 1
        print(f"not ok {name}: {detail}")


def ask(method, path, body=None, headers=None):
    """Status, type of the content without its parameters, content as text, and the fields."""
    fields = {"Accept-Language": "en", **(headers or {})}
    data = None
    if body is not None:
        data = json.dumps(body, ensure_ascii=False).encode()
        fields["Content-Type"] = "application/json"
    request = urllib.request.Request(base + path, data=data, headers=fields, method=method)
    try:
        with urllib.request.urlopen(request, timeout=70) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read().decode(), error.headers


document = json.loads(ask("GET", "/openapi.json")[2])
formats = jsonschema.Draft202012Validator.FORMAT_CHECKER


def resolved(value):
    while isinstance(value, dict) and "$ref" in value:
        target = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        value = target
    return value


def faults(schema, value):
    whole = {**schema, "components": document["components"]}
    validator = jsonschema.Draft202012Validator(whole, format_checker=formats)
    return [f"{list(fault.absolute_path)}: {fault.message[:300]}" for fault in validator.iter_errors(value)]


def examples(content):
    if "example" in content:
        yield "example", content["example"]
    for name, example in content.get("examples", {}).items():
        yield name, resolved(example)["value"]


operations = {}
for path, methods in document["paths"].items():
    for method, operation in methods.items():
        operations[operation["operationId"]] = (method.upper(), path, operation)


def documented_examples():
    for name, (_, _, operation) in operations.items():
        bodies = [("request", resolved(operation["requestBody"]))] if "requestBody" in operation else []
        bodies += [(status, resolved(answer)) for status, answer in operation["responses"].items()]
        for place, body in bodies:
            for kind, content in body.get("content", {}).items():
                schema = content.get("schema", {})
                jsonschema.Draft202012Validator.check_schema(schema)
                for example, value in examples(content):
                    wrong = faults(schema, value)
                    check(f"{name} {place} {kind} {example}", not wrong, wrong)


def judged(name, answer, expected=None):
    """Checks an answer against what is said of its status, and gives its content back."""
    method, path, operation = operations[name]
    status, kind, text, fields = answer
    label = f"{method} {path} {status}"
    if expected:
        check(label, status == expected, f"expected {expected}: {text[:300]}")
    check(label, str(status) in operation["responses"], f"this status is not declared: {text[:300]}")
    said = resolved(operation["responses"].get(str(status), {}))
    for field, header in said.get("headers", {}).items():
        header = resolved(header)
        if header.get("required"):
            check(label, field in fields, f"{field} is missing")
        if field in fields:
            number = header["schema"]["type"] == "integer"
            wrong = faults(header["schema"], int(fields[field]) if number else fields[field])
            check(label, not wrong, f"{field}: {wrong}")
    if not text:
        check(label, "content" not in said, "the content is missing")
        return None
    check(label, kind in said.get("content", {}), f"{kind} is not declared")
    schema = said.get("content", {}).get(kind, {}).get("schema", {})
    value = json.loads(text) if kind.endswith("json") else text
    wrong = faults(schema, value)
    check(label, not wrong, wrong)
    return value


def needs_key(operation):
    """Whether nobody is answered without a key: administrators' routes want one always."""
    return bool(operation["security"]) and (required or {} not in operation["security"])


def call(name, values=None, body=None, headers=None, expected=None, query=""):
    method, path, operation = operations[name]
    for parameter, value in (values or {}).items():
        path = path.replace("{" + parameter + "}", str(value))
    fields = dict(headers or {})
    # Where no key is needed none is sent.
    if needs_key(operation) and "Authorization" not in fields:
        fields.setdefault("X-API-Key", key)
    return judged(name, ask(method, path + query, body, fields), expected)


def body_examples(name):
    return dict(examples(resolved(operations[name][2]["requestBody"])["content"]["application/json"]))


def jobs():
    ids = []
    for name, body in body_examples("submitJob").items():
        accepted = call("submitJob", body=body, expected=202)
        ids.append(accepted["request_id"])
        call("submitJob", body=body, headers={"Prefer": "wait=20"}, expected=200)
    for job in ids:
        result = call("jobResult", {"request_id": job}, headers={"Prefer": "wait=20"}, expected=200)
        check("the dry run completes its jobs", result.get("status") == "completed", result)
        call("jobStatus", {"request_id": job}, expected=200)
        call("cancelJob", {"request_id": job}, expected=409)
    for name in ("jobStatus", "jobResult", "cancelJob"):
        call(name, {"request_id": "01a1fbda-c302-7587-83c3-f49af5c6be82"}, expected=404)
    call("submitJob", body={"priority": 99}, expected=422)
    for name in ("addResponse", "addFeedback"):
        for body in body_examples(name).values():
            call(name, body={**body, "ai_request_id": ids[0]}, expected=201)
            call(name, body=body, expected=404)
        call(name, body={"rating": "no"}, expected=422)


def wishes():
    body = body_examples("submitJob")["generation"]
    trace = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
    for name in ("dryrun/dryrun", "gigaoffice", ""):
        call("submitJob", body=body, headers={"X-GigaOffice-Model": name, **trace}, expected=202)
    for name in ("dryrun/none", "x" * 257):
        refusal = call("submitJob", body=body, headers={"X-GigaOffice-Model": name}, expected=422)
        check("a model that is not there is named", "odel" in refusal["detail"], refusal)
    once = {"Idempotency-Key": "wishes"}
    call("submitJob", body=body, headers=once, expected=202)
    call("submitJob", body={**body, "priority": 1}, headers=once, expected=422)
    call("submitJob", body=body, headers={"Idempotency-Key": "x" * 256}, expected=400)
    wished = call("submitJob", body=body, headers={"X-GigaOffice-Model": "dryrun", "Prefer": "wait=20"}, expected=200)
    check("the wished model answers", wished["model"] == "dryrun", wished)
    newest = call("listJobs", query="?limit=1", expected=200)["jobs"][0]
    check("operators see what was wished", newest["requested_model"] == "dryrun", newest)


def make_key(*options):
    made = subprocess.run([program, "keys", "create", *options], check=True, capture_output=True, text=True)
    return made.stdout.strip()


def wait_for(key):
    """A new key is known within two seconds; ten are a machine that has other things to do."""
    for _ in range(100):
        if ask("GET", "/api/metrics", headers={"X-API-Key": key})[0] != 401:
            return
        time.sleep(0.1)


def keys():
    """What is said to those without a key, and to those whose keys are wrong, for other things, or used up."""
    reader = make_key("--name", "check-reader", "--scopes", "read")
    sender = make_key("--name", "check-sender", "--scopes", "submit,read", "--rate", "2")
    manager = make_key("--name", "check-manager", "--scopes", "admin")
    meter = make_key("--name", "check-meter", "--scopes", "metrics")
    for one in (reader, sender, manager, meter):
        wait_for(one)
    held = set()
    for name, (method, path, operation) in operations.items():
        if not operation["security"]:
            continue
        scope = operation["security"][-1]["headerKey"][0]
        held.add(scope)
        place = re.sub("{.*?}", "1", path)
        if needs_key(operation):
            answer = ask(method, place)
            judged(name, answer, 401)
            check(name, answer[3].get("WWW-Authenticate") == "Bearer", "a key is not asked for")
        answer = ask(method, place, headers={"Authorization": "Bearer go_wrong"})
        judged(name, answer, 401)
        check(name, answer[3].get("WWW-Authenticate") == 'Bearer error="invalid_token"', "what was wrong is not said")
        answer = ask(method, place, headers={"X-API-Key": meter if scope == "read" else reader})
        judged(name, answer, 403)
        check(name, f'scope="{scope}"' in answer[3].get("WWW-Authenticate", ""), "the scope is not named")
    check("all scopes were seen", held == {"submit", "read", "metrics", "admin"}, held)
    call("overview", headers={"Authorization": f"Bearer {manager}"}, expected=200)
    call("promptCatalogue", headers={"X-API-Key": manager}, expected=200)
    spend(sender, "classifyTask", "plain", 200)
    spend(sender, "submitJob", "sum", 202)
    call("chatCompletion", body=body_examples("chatCompletion")["hello"], headers={"X-API-Key": sender}, expected=429)
    call("embeddings", body=body_examples("embeddings")["two"], headers={"X-API-Key": sender}, expected=429)


def spend(key, name, example, success):
    """Uses a limit of two a minute up."""
    body, fields = body_examples(name)[example], {"X-API-Key": key}
    for left in (1, 0):
        answer = ask(*operations[name][:2], body, fields)
        judged(name, answer, success)
        check(name, f";r={left};t=" in answer[3].get("RateLimit", ""), answer[3].get("RateLimit"))
        check(name, answer[3].get("RateLimit-Policy", "").endswith(";q=2;w=60"), answer[3].get("RateLimit-Policy"))
    answer = ask(*operations[name][:2], body, fields)
    refusal = judged(name, answer, 429)
    check(name, answer[3].get("Retry-After", "0") != "0", "the pause is missing")
    check("old clients find their words", refusal["error"] == "Rate limit exceeded: 2 per 1 minute", refusal)


def prompts():
    call("listCategories", expected=200)
    call("categoryPage", {"id": "analysis"}, expected=200)
    call("categoryPage", {"id": "none"}, expected=404)
    call("listPresets", expected=200)
    call("listPresets", query="?category=analysis", expected=200)
    call("listPresets", query="?category=none", expected=404)
    for body in body_examples("classifyTask").values():
        call("classifyTask", body=body, expected=200)
    call("classifyTask", body={}, expected=422)


def management():
    call("promptCatalogue", expected=200)
    call("promptCatalogue", headers={"X-API-Key": "wrong"}, expected=401)
    for kind, known, member in (("Category", "Category", "category"), ("Preset", "Preset", "prompt")):
        for body in body_examples(f"create{kind}").values():
            made = call(f"create{kind}", body=body, expected=201)
            call(f"create{kind}", body=body, expected=409)
            item = {"id": made[member]["id"]}
            change = next(iter(body_examples(f"update{kind}").values()))
            call(f"update{kind}", item, body=change, expected=200)
            call(f"deactivate{kind}", item, expected=200)
            call(f"activate{kind}", item, expected=200)
            for rollback in body_examples(f"rollBack{kind}").values():
                call(f"rollBack{kind}", item, body=rollback, expected=200)
            call(f"{known.lower()}Versions", item, expected=200)
            call(f"delete{kind}", item, expected=204)
            call(f"delete{kind}", item, expected=404)
        call(f"create{kind}", body={}, expected=422)


def operators():
    call("overview", expected=200)
    call("overview", headers={"X-API-Key": "wrong"}, expected=401)
    job = call("submitJob", body=body_examples("submitJob")["sum"], headers={"Prefer": "wait=20"}, expected=200)
    check("a job has ended", job["success"], job)
    listed = call("listJobs", query="?state=completed&limit=2", expected=200)
    done = {"request_id": listed["jobs"][0]["request_id"]}
    call("listJobs", query=f"?before={done['request_id']}", expected=200)
    call("listJobs", query="?state=none&limit=0&before=x", expected=422)
    call("showJob", done, expected=200)
    for name in ("retryJob", "stopJob"):
        call(name, done, expected=409)
    for name in ("showJob", "retryJob", "stopJob"):
        call(name, {"request_id": "01a1fbda-c302-7587-83c3-f49af5c6be82"}, expected=404)


def key_management():
    for body in body_examples("createKey").values():
        made = call("createKey", body=body, expected=201)
        headers = {"Authorization": f"Bearer {made['key']}"}
        call("jobReport", headers=headers, expected=200 if "metrics" in made["scopes"] else 403)
        check("a key is told once", made["key"] not in json.dumps(call("listKeys", expected=200)), made["id"])
        call("revokeKey", {"key_id": made["id"]}, expected=204)
        call("revokeKey", {"key_id": made["id"]}, expected=409)
        call("jobReport", headers=headers, expected=401)
    listed = call("listKeys", query="?limit=1", expected=200)["keys"]
    check("the youngest key is first", listed[0]["id"] == made["id"] and listed[0]["revoked_at"], listed)
    call("listKeys", query=f"?before={made['id']}", expected=200)
    call("listKeys", query="?before=x&limit=0", expected=422)
    call("createKey", body={"name": "x", "scopes": ["all"], "expires": "soon"}, expected=422)
    call("revokeKey", {"key_id": "01a1fbda-c302-7587-83c3-f49af5c6be82"}, expected=404)


def queue():
    standing = call("queueStanding", expected=200)
    # Jobs of this instance do not wait for the worker to join its group, which takes some seconds.
    deadline = time.monotonic() + 30
    while not standing["process"]["partitions_assigned"] and time.monotonic() < deadline:
        time.sleep(0.5)
        standing = call("queueStanding", expected=200)
    check("the partitions are told", standing["partitions"] and standing["process"]["partitions_assigned"], standing)
    call("listDeadLetters", query="?limit=5", expected=200)
    call("listDeadLetters", query="?limit=0&before=x", expected=422)
    call("showDeadLetter", {"partition": 0, "offset": 999999}, expected=404)
    for body in body_examples("redriveDeadLetters").values():
        told = call("redriveDeadLetters", body=body, expected=200)["letters"]
        check("each letter is told of", [one["letter"] for one in told] == body["letters"], told)
    call("redriveDeadLetters", body={"letters": ["0/1", "0/9999"]}, expected=422)


def log_level():
    former = call("showLogLevel", expected=200)["level"]
    for body in body_examples("changeLogLevel").values():
        told = call("changeLogLevel", body=body, expected=200)
        check("the level is changed", told["level"] == body["level"], told)
    call("changeLogLevel", body={"level": "loud"}, expected=422)
    call("changeLogLevel", body={"level": former}, expected=200)


def others():
    for name in ("health", "ping", "livez", "readyz", "modelReport", "robots", "openapi", "tryItPage", "operatorPage"):
        call(name, expected=200)
    for text in ("text/plain", "application/openmetrics-text"):
        call("metricsPage", headers={"Accept": text}, expected=200)
        call("jobReport", headers={"Accept": text}, expected=200)
    for period in ("hour", "day", "week", "month"):
        call("jobReport", query=f"?period={period}", expected=200)
    call("jobReport", query="?period=year", expected=422)
    for name in ("swaggerPage", "redocPage"):
        call(name)
    call("asset", {"file": "site.css"}, expected=200)
    call("asset", {"file": "site.js"}, expected=200)
    call("asset", {"file": "icon.svg"}, expected=200)
    call("asset", {"file": "none"}, expected=404)


def models():
    for body in body_examples("chatCompletion").values():
        call("chatCompletion", body=body, expected=200)
        streamed = call("chatCompletion", body={**body, "stream": True}, expected=200)
        check("a stream ends", streamed.rstrip().endswith("data: [DONE]"), streamed[-100:])
    call("chatCompletion", body={"messages": []}, expected=400)
    # The dry run has no vectors; what it says of that is declared.
    for body in body_examples("embeddings").values():
        call("embeddings", body=body)
    call("embeddings", body={}, expected=400)
    listed = call("listModels", expected=200)
    call("retrieveModel", {"model": listed["data"][0]["id"]}, expected=200)
    call("retrieveModel", {"model": "none"}, expected=404)
    call("retrieveModelOfProvider", {"provider": "none", "model": "none"}, expected=404)


validate(document)
parts = (documented_examples, jobs, wishes, keys, prompts, management, operators, key_management, queue, log_level,
         others, models)
for part in parts:
    before = failures
    part()
    if failures == before:
        print(f"ok {part.__name__}")
print(f"{checked - failures} passed, {failures} failed")
sys.exit(1 if failures else 0)
