"""The endpoint as its clients see it: a real server, the `openai` client, two clients at once."""

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import openai
import pytest
import uvicorn

from assistant.answering.approaches import standard_approaches
from assistant.answering.side_by_side import Ask
from assistant.errors import AssistantError, ModelError
from assistant.schema import Answer, Chunk, Citation, Passage, Question
from assistant.server import app as server_app
from assistant.server.app import make_app

CHUNK = Chunk("c1", "manual.pdf", "Manual", ("Data",), "Warm-up time: 4 min.", 0, 20, 14)


class Pipeline:
    """Says the question back in the approach's name, slowly enough to overlap."""

    def __init__(self, delay, limit):
        self.delay, self.limit = delay, limit

    def answer(self, questions, approaches, *, on_text, cancelled):
        name, asked = approaches[0].name, questions[0].question
        if "fail" in asked:
            raise ModelError("the weights are gone", "assistant doctor")
        if "bug" in asked:
            raise ZeroDivisionError("secret detail")
        words = f"{name} says: {asked}".split()
        said = []
        for word in words[: self.limit]:
            if cancelled(0, name):
                break
            time.sleep(self.delay)
            said.append(word)
            on_text(0, name, " ".join(said))
        return [[Answer(
            "asked", name, " ".join(said),
            passages=(Passage(1, CHUNK, 0.5),) if name == "rag" else (),
            citations=(Citation(1, "c1", True),) if name == "rag" else (),
            prompt_tokens=12, completion_tokens=len(said), model="embedded", index="i-1",
            finish="length" if len(words) > self.limit else "stop",
        )]]  # fmt: skip


class Workspace:
    def __init__(self, delay=0.0):
        self.delay, self.asks = delay, []

    def answering(self):
        return ("prompt", "rag")

    def ask(self, text, approaches, k=None, max_new_tokens=None):
        if text == "index":
            raise AssistantError("nothing is indexed yet", "assistant reindex")
        chosen = [standard_approaches(None)[name] for name in approaches]
        pipeline = Pipeline(self.delay, max_new_tokens or 100)
        self.asks.append(Ask(pipeline, Question("asked", text), chosen))
        return self.asks[-1]


@contextmanager
def serving(workspace, **options):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(
        make_app(workspace, **options), host="127.0.0.1", port=port, log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def url():
    with serving(Workspace(0.005)) as address:
        yield address


def client(url, key="none"):
    return openai.OpenAI(base_url=f"{url}/v1", api_key=key, max_retries=0, timeout=30)


def ask(url, model, text, **options):
    message = [{"role": "user", "content": text}]
    return client(url).chat.completions.create(model=model, messages=message, **options)


def post(url, **options):
    options.setdefault("headers", {"content-type": "application/json"})
    return httpx.post(f"{url}/v1/chat/completions", timeout=30, **options)


def test_models_are_the_approaches(url):
    assert [m.id for m in client(url).models.list()] == ["prompt", "rag"]
    assert client(url).models.retrieve("rag").owned_by == "assistant"
    assert httpx.get(f"{url}/health").json() == {"status": "ok"}


def test_a_whole_answer_with_citations(url):
    made = ask(url, "rag", "How long?")
    assert made.choices[0].message.content == "rag says: How long?"
    assert made.choices[0].finish_reason == "stop"
    assert (made.usage.prompt_tokens, made.usage.total_tokens) == (12, 16)
    assert made.model_extra["citations"] == [
        {"number": 1, "source": "manual.pdf#Data", "page": 14, "supported": True}
    ]
    assert made.model_extra["assistant"]["passages"][0]["text"] == CHUNK.text
    assert made.model_extra["assistant"]["index"] == "i-1"


def test_streaming_sends_every_word_once_and_ends_with_usage(url):
    chunks = list(ask(url, "rag", "one two three", stream=True,
                      stream_options={"include_usage": True}))  # fmt: skip
    pieces = [c.choices[0].delta.content or "" for c in chunks if c.choices]
    assert "".join(pieces) == "rag says: one two three"
    assert len([p for p in pieces if p]) >= 4
    assert chunks[-1].usage.completion_tokens == 5
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert len({c.id for c in chunks}) == 1
    assert chunks[-2].model_extra["citations"][0]["number"] == 1


def test_two_clients_at_once_get_their_own_answers(url):
    def one(number):
        model = ("prompt", "rag")[number % 2]
        if number % 3:
            made = ask(url, model, f"question {number}").choices[0].message.content
        else:
            stream = ask(url, model, f"question {number}", stream=True)
            made = "".join(c.choices[0].delta.content or "" for c in stream)
        return made == f"{model} says: question {number}"

    with ThreadPoolExecutor(2) as clients:
        assert all(clients.map(one, range(24)))


def test_the_last_user_message_is_the_question_and_parts_of_text_are_read(url):
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Earlier?"},
        {"role": "assistant", "content": "Yes."},
        {"role": "user", "content": [{"type": "text", "text": "Now?"}]},
    ]
    made = client(url).chat.completions.create(model="prompt", messages=messages)
    assert made.choices[0].message.content == "prompt says: Now?"
    assert made.model_extra["assistant"]["ignored_messages"] == 3


def test_max_tokens_are_respected(url):
    made = ask(url, "prompt", "a b c d e f", max_tokens=3)
    assert made.choices[0].message.content == "prompt says: a"
    assert made.choices[0].finish_reason == "length"


def test_errors_have_the_shape_clients_know(url):
    with pytest.raises(openai.NotFoundError) as missing:
        ask(url, "finetuned", "How long?")
    assert missing.value.code == "model_not_found"
    assert "prompt, rag" in str(missing.value)
    with pytest.raises(openai.BadRequestError) as several:
        ask(url, "rag", "How long?", n=2)
    assert several.value.param == "n"
    with pytest.raises(openai.BadRequestError, match="tools"):
        ask(url, "rag", "x", tools=[{"type": "function", "function": {"name": "f"}}])
    with pytest.raises(openai.InternalServerError) as failed:
        ask(url, "rag", "please fail")
    assert "the weights are gone" in str(failed.value)
    assert "assistant doctor" in str(failed.value), "the cure is said"
    with pytest.raises(openai.InternalServerError) as bug:
        ask(url, "rag", "a bug")
    assert "secret detail" not in str(bug.value) or "doctor" in str(bug.value)
    with pytest.raises(openai.InternalServerError, match="nothing is indexed"):
        ask(url, "rag", "index")


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (b"not json", None),
        (b"[]", None),
        (b'{"model": "rag"}', "messages"),
        (b'{"messages": [{"role": "user", "content": "x"}]}', "model"),
        (b'{"model": "rag", "messages": [{"role": "user", "content": "  "}]}', "messages"),
        (b'{"model": "rag", "messages": [{"role": "user", "content": 3}]}', "messages"),
        (b'{"model": "rag", "stream": "yes", "messages": [{"role": "user", "content": "x"}]}', "stream"),
        (b'{"model": "rag", "max_tokens": 0, "messages": [{"role": "user", "content": "x"}]}', "max_tokens"),
    ],
)  # fmt: skip
def test_bad_requests_name_the_field(url, body, param):
    answer = post(url, content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == param
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_limits_and_foreign_pages(url):
    big = json.dumps({"model": "rag", "messages": [{"role": "user", "content": "x" * 2_000_000}]})
    assert post(url, content=big).status_code == 413
    long = {"model": "rag", "messages": [{"role": "user", "content": "x" * 9_000}]}
    assert post(url, json=long).json()["error"]["code"] == "context_length_exceeded"
    assert post(url, content=b"{}", headers={"content-type": "text/plain"}).status_code == 415
    wrong = httpx.get(f"{url}/nowhere")
    assert wrong.status_code == 404
    assert "error" in wrong.json()


def test_a_foreign_name_for_loopback_is_refused():
    with serving(Workspace(), hosts=("localhost", "127.0.0.1")) as url:
        assert httpx.get(f"{url}/v1/models").status_code == 200
        rebound = httpx.get(f"{url}/v1/models", headers={"host": "evil.example"})
        assert rebound.status_code == 400


def test_a_key_is_asked_for_where_there_is_one():
    with serving(Workspace(), api_key="right") as url:
        with pytest.raises(openai.AuthenticationError):
            client(url, "wrong").models.list()
        assert [m.id for m in client(url, "right").models.list()] == ["prompt", "rag"]
        assert httpx.get(f"{url}/v1/models").status_code == 401
        assert httpx.get(f"{url}/health").status_code == 200


def test_an_error_while_streaming_is_an_event(url):
    with pytest.raises(openai.APIError, match="weights are gone"):
        list(ask(url, "rag", "please fail", stream=True))


def test_a_client_that_leaves_stops_its_answer_and_too_many_are_told_so(monkeypatch):
    monkeypatch.setattr(server_app, "MOST_AT_ONCE", 1)
    workspace = Workspace(0.2)
    with serving(workspace) as url:
        stream = ask(url, "prompt", "word " * 90, stream=True)
        next(iter(stream))
        with pytest.raises(openai.RateLimitError):
            ask(url, "prompt", "me too")
        stream.close()
        until = time.monotonic() + 10
        while workspace.asks[0].running and time.monotonic() < until:
            time.sleep(0.05)
        assert not workspace.asks[0].running, "nobody listens: the model is free again"
        assert ask(url, "prompt", "now me", max_tokens=1).choices[0].message.content == "prompt"
