import threading

import pytest

from assistant.answering.side_by_side import AskEvent, Comparison
from assistant.errors import ModelError
from assistant.schema import Question
from ui.live import Live, Request

REQUEST = Request("why?", ("prompt", "rag"))


class Asked:
    """An `Ask` whose events arrive when the test says so."""

    def __init__(self, error=None):
        self.gate, self.cancelled, self.error = threading.Event(), [], error

    def events(self):
        yield AskEvent("prompt", "a")
        self.gate.wait(5)
        yield AskEvent("prompt", "a b")

    def cancel(self, approach=None):
        self.cancelled.append(approach)

    def result(self):
        if self.error:
            raise self.error
        return Comparison(Question("q", "why?"), (), (), 0.1)


def test_waiting_does_not_block_and_texts_grow():
    asked = Asked()
    live = Live(REQUEST, asked)
    assert not live.wait(0.05)
    assert live.texts == {"prompt": "a"}
    asked.gate.set()
    assert live.wait(5)
    assert live.texts == {"prompt": "a b"}
    assert live.comparison.question.id == "q"
    assert live.error is None


def test_stopping_one_and_all():
    asked = Asked()
    live = Live(REQUEST, asked)
    live.stop("rag")
    assert live.stopped == {"rag"}
    live.stop()
    assert live.stopped == {"rag", "prompt"}
    assert asked.cancelled == ["rag", None]
    asked.gate.set()
    assert live.wait(5)


@pytest.mark.parametrize(
    "error", [ModelError("no memory", "assistant doctor"), RuntimeError("bug")]
)
def test_an_error_ends_the_wait_and_keeps_its_cure(error):
    asked = Asked(error)
    asked.gate.set()
    live = Live(REQUEST, asked)
    assert live.wait(5)
    assert live.comparison is None
    assert live.error.cure == "assistant doctor"
    assert str(error).splitlines()[0] in live.error.message
