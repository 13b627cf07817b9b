"""Talks to a running service with OpenAI's own client: client.py http://127.0.0.1:8000/v1

What a case needs of the service stands beside it; everything else works with any provider.
It asks more than ten questions a minute: RATE_LIMIT_PROCESS=0, as `make run` has it.
"""

import sys

import openai

client = openai.OpenAI(base_url=sys.argv[1], api_key="none", max_retries=0)
QUESTION = [{"role": "user", "content": "Привет"}]


def chat():
    answer = client.chat.completions.create(model="gigaoffice", messages=QUESTION)
    assert answer.choices[0].message.content, answer
    assert answer.choices[0].finish_reason == "stop", answer
    assert answer.usage.total_tokens > 0, answer


def stream():
    chunks = list(
        client.chat.completions.create(
            model="gigaoffice", messages=QUESTION, stream=True, stream_options={"include_usage": True}
        )
    )
    assert chunks[0].choices[0].delta.role == "assistant", chunks[0]
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert chunks[-1].usage.total_tokens > 0, chunks[-1]


def hang_up():
    with client.chat.completions.create(model="gigaoffice", messages=QUESTION, stream=True) as answer:
        next(iter(answer))


def models():
    names = [model.id for model in client.models.list()]
    assert names[0] == "gigaoffice", names
    assert client.models.retrieve(names[-1]).object == "model"


def bad_request():
    try:
        client.chat.completions.create(model="gigaoffice", messages=QUESTION, temperature=5)
    except openai.BadRequestError as error:
        assert error.param == "temperature", error
        return
    raise AssertionError("temperature 5 was accepted")


def not_found():
    for ask in (
        lambda: client.models.retrieve("no-such-model"),
        lambda: client.completions.create(model="gigaoffice", prompt="q"),
    ):
        try:
            ask()
        except openai.NotFoundError:
            continue
        raise AssertionError("found")


failures = 0
for case in (chat, stream, hang_up, models, bad_request, not_found):
    try:
        case()
        print(f"ok {case.__name__}")
    except Exception as error:  # every case is to be heard of
        failures += 1
        print(f"not ok {case.__name__}: {type(error).__name__}: {error}")
sys.exit(1 if failures else 0)
