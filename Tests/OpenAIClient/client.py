"""Talks to a running service with OpenAI's own client.

usage: client.py http://127.0.0.1:8000/v1 [http://127.0.0.1:9000]

The second address is that of `gigaoffice fake-gigachat`, which the service then has to ask in cloud mode: with it the
cases are run as well in which the model calls tools, refuses and is slow. Without it any provider will do. Prints a
line a case; ends with 1 when one has failed.
It asks more than ten questions a minute: RATE_LIMIT_PROCESS=0, as `make run` has it.
"""

import json
import sys
import time
import urllib.request

import openai

client = openai.OpenAI(base_url=sys.argv[1], api_key="none", max_retries=0, timeout=60)
fake = sys.argv[2] if len(sys.argv) > 2 else None
QUESTION = [{"role": "user", "content": "Привет"}]
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Погода в городе",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
CALL = {"name": "weather", "arguments": {"city": "Казань"}}


def steer(path, order=None):
    """Asks the stand-in for GigaChat, past the service."""
    body = None if order is None else json.dumps(order).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{fake}/__fake/{path}", data=body), timeout=30) as answer:
        return json.load(answer)


def plan(times=1, **step):
    steer("scenario", {"route": "chat", "times": times, "step": step})


def last_question():
    """What the stand-in was asked last."""
    asked = [entry for entry in steer("log") if entry["path"].endswith("/chat/completions")]
    return json.loads(asked[-1]["body"])


def expect_error(kind, ask):
    try:
        ask()
    except kind as error:
        assert error.body and error.body["message"], error
        return error
    raise AssertionError(f"no {kind.__name__}")


# --- With any provider ---------------------------------------------------------------------------------------------


def chat():
    answer = client.chat.completions.create(
        model="gigaoffice", messages=[{"role": "system", "content": "Отвечай кратко"}] + QUESTION, temperature=0.5
    )
    assert answer.object == "chat.completion" and answer.id, answer
    assert answer.choices[0].message.role == "assistant", answer
    assert answer.choices[0].message.content == "echo: Привет", answer
    assert answer.choices[0].finish_reason == "stop", answer
    usage = answer.usage
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens > 0, answer


def history():
    answer = client.chat.completions.create(
        model="gigaoffice",
        messages=QUESTION + [{"role": "assistant", "content": "Здравствуйте"}, {"role": "user", "content": "Ещё"}],
    )
    assert answer.choices[0].message.content == "echo: Ещё", answer


def stream():
    chunks = list(
        client.chat.completions.create(
            model="gigaoffice", messages=QUESTION, stream=True, stream_options={"include_usage": True}
        )
    )
    assert chunks[0].object == "chat.completion.chunk", chunks[0]
    assert chunks[0].choices[0].delta.role == "assistant", chunks[0]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == "echo: Привет", text
    assert [c.choices[0].finish_reason for c in chunks if c.choices and c.choices[0].finish_reason] == ["stop"], chunks
    assert chunks[-1].usage.total_tokens > 0, chunks[-1]


def hang_up():
    with client.chat.completions.create(model="gigaoffice", messages=QUESTION, stream=True) as answer:
        next(iter(answer))


def models():
    names = [model.id for model in client.models.list()]
    assert names[0] == "gigaoffice", names
    assert len(names) > 1, names
    assert client.models.retrieve(names[-1]).object == "model"


def embeddings():
    """The client asks for base64 by itself and makes numbers of it."""
    answer = client.embeddings.create(model="gigaoffice", input=["таблица", "письмо", "таблица"])
    first, second, third = [item.embedding for item in answer.data]
    assert len(first) == len(second) > 0 and first == third != second, answer
    assert answer.usage.prompt_tokens > 0, answer
    plain = client.embeddings.create(model="gigaoffice", input="таблица", encoding_format="float")
    assert all(abs(a - b) < 1e-6 for a, b in zip(plain.data[0].embedding, first)), plain


def bad_request():
    error = expect_error(
        openai.BadRequestError,
        lambda: client.chat.completions.create(model="gigaoffice", messages=QUESTION, temperature=5),
    )
    assert error.param == "temperature" and error.type == "invalid_request_error", error.body
    error = expect_error(
        openai.BadRequestError, lambda: client.chat.completions.create(model="gigaoffice", messages=[])
    )
    assert error.param == "messages", error.body


def not_found():
    expect_error(openai.NotFoundError, lambda: client.models.retrieve("no-such-model"))
    expect_error(openai.NotFoundError, lambda: client.completions.create(model="gigaoffice", prompt="q"))
    error = expect_error(
        openai.NotFoundError, lambda: client.chat.completions.create(model="no-such-model", messages=QUESTION)
    )
    assert error.code == "model_not_found" and error.param == "model", error.body


# --- With the stand-in for GigaChat --------------------------------------------------------------------------------


def tools():
    message = {"role": "assistant", "content": "", "function_call": CALL, "functions_state_id": "state-1"}
    choice = {"message": message, "index": 0, "finish_reason": "function_call"}
    usage = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
    plan(json={"choices": [choice], "created": 1, "model": "GigaChat-2", "object": "chat.completion", "usage": usage})
    answer = client.chat.completions.create(model="gigaoffice", messages=QUESTION, tools=[WEATHER])
    asked = last_question()
    assert [function["name"] for function in asked["functions"]] == ["weather"], asked
    assert answer.choices[0].finish_reason == "tool_calls", answer
    [call] = answer.choices[0].message.tool_calls
    assert call.type == "function" and call.function.name == "weather", answer
    assert json.loads(call.function.arguments) == {"city": "Казань"}, answer
    # The client sends the call back with what the tool said; the stand-in checks the form.
    conversation = QUESTION + [
        answer.choices[0].message.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": call.id, "content": '{"t": 21}'},
    ]
    again = client.chat.completions.create(model="gigaoffice", messages=conversation, tools=[WEATHER])
    assert again.choices[0].message.content, again
    told = [turn for turn in last_question()["messages"] if turn["role"] == "function"]
    assert told and told[0]["name"] == "weather" and json.loads(told[0]["content"]) == {"t": 21}, told


def tools_in_a_stream():
    delta = {"role": "assistant", "content": "", "function_call": CALL, "functions_state_id": "state-2"}
    plan(stream={"deltas": [delta], "finish_reason": "function_call"})
    name, arguments, reason = "", "", None
    for chunk in client.chat.completions.create(
        model="gigaoffice", messages=QUESTION, tools=[WEATHER], stream=True
    ):
        if not chunk.choices:
            continue
        reason = chunk.choices[0].finish_reason or reason
        for call in chunk.choices[0].delta.tool_calls or []:
            name += call.function.name or ""
            arguments += call.function.arguments or ""
    assert (name, json.loads(arguments), reason) == ("weather", {"city": "Казань"}, "tool_calls"), (name, arguments)


def refusals():
    for status, kind, code in (
        (400, openai.BadRequestError, "bad_request"),
        (401, openai.InternalServerError, "auth"),
        (402, openai.RateLimitError, "insufficient_quota"),
    ):
        plan(times=3, status=status, json={"status": status, "message": "no"})
        error = expect_error(
            kind, lambda: client.chat.completions.create(model="gigaoffice", messages=QUESTION)
        )
        assert error.code == code, (status, error.body)
        steer("reset", {})


def blacklist():
    """What GigaChat's censorship keeps back ends as a content filter."""
    message = {"role": "assistant", "content": "Не люблю менять тему разговора"}
    choice = {"message": message, "index": 0, "finish_reason": "blacklist"}
    usage = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
    plan(json={"choices": [choice], "created": 1, "model": "GigaChat-2", "object": "chat.completion", "usage": usage})
    answer = client.chat.completions.create(model="gigaoffice", messages=QUESTION)
    assert answer.choices[0].finish_reason == "content_filter", answer


def wait_until(what, condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, f"not within 30 s: {what}"
        time.sleep(0.02)


def hang_up_aborts_upstream():
    before = steer("counters")["aborted"]
    plan(stream={"chunks": 100, "pause": 1000})
    with client.chat.completions.create(model="gigaoffice", messages=QUESTION, stream=True) as answer:
        next(iter(answer))
    wait_until("the stream is aborted at the stand-in", lambda: steer("counters")["aborted"] == before + 1)
    plan(wait_before_head=60_000)
    impatient = client.with_options(timeout=1)
    try:
        impatient.chat.completions.create(model="gigaoffice", messages=QUESTION)
    except openai.APITimeoutError:
        pass
    else:
        raise AssertionError("an answer that takes a minute came within a second")
    wait_until("the call is aborted at the stand-in", lambda: steer("counters")["aborted"] == before + 2)
    assert steer("counters")["current"] == 0


failures = 0
cases = [chat, history, stream, hang_up, models, embeddings, bad_request, not_found]
if fake:
    cases += [tools, tools_in_a_stream, blacklist, hang_up_aborts_upstream, refusals]
for case in cases:
    try:
        case()
        print(f"ok {case.__name__}")
    except Exception as error:  # every case is to be heard of
        failures += 1
        print(f"not ok {case.__name__}: {type(error).__name__}: {error}")
sys.exit(1 if failures else 0)
