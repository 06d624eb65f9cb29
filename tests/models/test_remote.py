"""Remote chat models against a real HTTP server on the loopback that misbehaves on demand."""

import time

import pytest

from assistant.errors import ModelError
from assistant.models import remote_errors
from assistant.models.remote import RemoteModel
from assistant.schema import Message, Row
from tests.models.chat_server import chat_server

KEY = "sk-test-0123456789abcdef"


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def no_wait(monkeypatch):
    waits = []
    real = remote_errors.wait_before_retry
    monkeypatch.setattr(
        "assistant.models.remote.wait_before_retry", lambda s: waits.append(real(s)) or 0
    )
    return waits


def ask(text="how many days", system=""):
    head = (Message("system", system),) if system else ()
    return Row((*head, Message("user", text)))


def model(server, **options):
    return RemoteModel("openai:tiny", base_url=server.url, **options)


def test_an_answer_with_the_servers_token_counts():
    with chat_server() as server:
        (got,) = model(server).generate([ask(system="be short")], max_new_tokens=7)
    assert got.text == "echo: how many days"
    assert (got.prompt_tokens, got.completion_tokens, got.finish) == (11, 4, "stop")
    assert got.seconds > 0
    (sent,) = server.requests
    assert sent["model"] == "tiny"
    assert sent["temperature"] == 0
    assert sent["max_tokens"] == sent["max_completion_tokens"] == 7
    assert sent["messages"] == [
        {"role": "system", "content": "be short"},
        {"role": "user", "content": "how many days"},
    ]
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_rows_are_asked_a_few_at_a_time_and_come_back_in_order():
    with chat_server() as server:
        server.delay = 0.05
        rows = [ask(f"question {n}") for n in range(12)]
        results = model(server, concurrency=3).generate(rows, max_new_tokens=5)
    assert [g.text for g in results] == [f"echo: question {n}" for n in range(12)]
    assert server.most_in_flight == 3


def test_streaming_brings_texts_in_order_and_usage():
    seen = {}
    with chat_server() as server:
        results = model(server).generate(
            [ask("a b c"), ask("d e f")],
            max_new_tokens=9,
            on_text=lambda n, t: seen.setdefault(n, []).append(t),
        )
    assert seen[0] == ["echo:", "echo: a", "echo: a b", "echo: a b c"]
    assert seen[1][-1] == results[1].text == "echo: d e f"
    assert results[0].completion_tokens == 4
    assert results[0].prompt_tokens == 11
    assert 0 < results[0].first_token_seconds <= results[0].seconds


def test_cancelling_one_row_keeps_what_was_said():
    with chat_server() as server:
        said = {}
        results = model(server).generate(
            [ask("a " * 200), ask("b c")],
            max_new_tokens=300,
            on_text=lambda n, t: said.__setitem__(n, t),
            cancelled=lambda n: n == 0 and len(said.get(0, "")) > 8,
        )
    assert results[0].finish == "cancelled"
    assert 8 < len(results[0].text) < 200
    assert results[1].text == "echo: b c"


def test_a_listener_that_raises_is_heard():
    def on_text(number, text):
        raise KeyError("gone")

    with chat_server() as server, pytest.raises(KeyError):
        model(server).generate([ask()], max_new_tokens=3, on_text=on_text)


@pytest.mark.parametrize("fault", [429, 500, 503, "garbage", "hangup"])
@pytest.mark.parametrize("stream", [False, True])
def test_passing_faults_are_tried_again(fault, stream, no_wait):
    if fault == "garbage" and stream:
        pytest.skip("a stream is not one JSON document")
    with chat_server(fault, fault) as server:
        on_text = (lambda *_: None) if stream else None
        (got,) = model(server).generate([ask()], max_new_tokens=5, on_text=on_text)
    assert got.text == "echo: how many days"
    assert len(server.requests) == 3
    assert no_wait == [1.0, 2.0]


def test_the_server_may_say_how_long_to_wait(no_wait):
    with chat_server(429, retry_after=7) as server:
        model(server).generate([ask()], max_new_tokens=5)
    assert no_wait == [7.0]


def test_faults_that_do_not_pass_end_the_row_with_the_reason(no_wait):
    with chat_server(*[503] * 3) as server:
        (got,) = model(server, retries=2).generate([ask()], max_new_tokens=5)
    assert got.finish == "error"
    assert "openai:tiny: HTTP 503" in got.error
    assert len(server.requests) == 3


def test_one_bad_row_does_not_stop_the_others(no_wait):
    with chat_server(400) as server:
        results = model(server, concurrency=1).generate([ask("one"), ask("two")], max_new_tokens=5)
    assert [g.finish for g in results] == ["error", "stop"]
    assert len(server.requests) == 2


def test_silence_times_out(no_wait):
    with chat_server("slow") as server:
        start = time.perf_counter()
        (got,) = model(server, timeout=0.3, retries=0).generate([ask()], max_new_tokens=5)
    assert got.finish == "error"
    assert "timed out" in got.error
    assert time.perf_counter() - start < 4


@pytest.mark.parametrize("fault", ["garbage", "html"])
def test_replies_that_are_no_json_end_the_row(fault, no_wait):
    with chat_server(*[fault] * 2) as server:
        (got,) = model(server, retries=1).generate([ask()], max_new_tokens=5)
    assert got.finish == "error"


def test_a_refused_key_is_one_error_without_the_key():
    with chat_server(*[401] * 2) as server, pytest.raises(ModelError) as caught:
        model(server).generate([ask(), ask()], max_new_tokens=5)
    assert "the key was refused" in str(caught.value)
    assert "export OPENAI_API_KEY" in caught.value.cure
    assert KEY not in str(caught.value)
    assert len(server.requests) == 2


def test_an_unknown_model_is_one_error():
    with chat_server(404) as server, pytest.raises(ModelError, match="does not know this model"):
        model(server).generate([ask()], max_new_tokens=5)


def test_nobody_listens(no_wait):
    unused = RemoteModel("openai:tiny", base_url="http://127.0.0.1:9/v1", retries=1)
    (got,) = unused.generate([ask()], max_new_tokens=5)
    assert got.finish == "error"
    assert len(no_wait) == 2  # asked after each attempt, slept after the first


def test_cut_answers_and_missing_counts():
    with chat_server("truncated", "no-usage") as server:
        remote = model(server)
        (cut,) = remote.generate([ask()], max_new_tokens=5)
        (bare,) = remote.generate([ask()], max_new_tokens=5)
    assert cut.finish == "length"
    assert bare.prompt_tokens == remote.count_tokens(ask().messages)
    assert bare.completion_tokens > 0


def test_adapters_and_long_prompts_are_explained_without_a_call():
    with chat_server() as server:
        remote = model(server, context_tokens=100)
        rows = [Row(ask().messages, "v1"), ask("long " * 100), ask()]
        adapter, long, good = remote.generate(rows, max_new_tokens=5)
    assert "remote model" in adapter.error
    assert "expected 100" in long.error
    assert good.finish == "stop"
    assert len(server.requests) == 1


def test_a_server_of_ones_own_needs_no_key(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY")
    with chat_server() as server:
        (got,) = model(server).generate([ask()], max_new_tokens=5)
    assert got.finish == "stop"


def test_without_key_and_server_the_cure_is_named(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ModelError) as caught:
        RemoteModel("openai:gpt-4.1-mini").generate([ask()], max_new_tokens=5)
    assert "OPENAI_API_KEY" in caught.value.cure


def test_a_missing_package_is_named_with_the_command():
    with pytest.raises(ModelError) as caught:
        RemoteModel("perplexity:sonar").generate([ask()], max_new_tokens=5)
    assert caught.value.cure == "pip install langchain-perplexity"


def test_an_unknown_provider_is_explained():
    with pytest.raises(ModelError, match="cannot be set up"):
        RemoteModel("nobody:model").generate([ask()], max_new_tokens=5)
    with pytest.raises(ModelError, match="provider:name"):
        RemoteModel("nothing")


def test_facts_about_a_remote_model():
    remote = RemoteModel("openai:tiny", base_url="http://127.0.0.1:9/v1")
    assert (remote.model, remote.dtype, remote.supports_adapters) == (
        "openai:tiny",
        "remote",
        False,
    )
    assert remote.prompt_family == "chat"
    assert remote.context_tokens == 8192
    other = RemoteModel("openai:tiny", base_url="http://127.0.0.1:10/v1")
    assert remote.fingerprint != other.fingerprint
    assert remote.generate([], max_new_tokens=5) == []


def test_keys_are_scrubbed_wherever_they_stand(monkeypatch):
    monkeypatch.setenv("SOMETHING_API_KEY", "very-private-value")
    text = f"refused very-private-value and {KEY} and Bearer abc.def"
    assert remote_errors.scrub(text) == "refused *** and *** and ***"
