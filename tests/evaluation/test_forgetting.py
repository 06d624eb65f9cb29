import dataclasses

import pytest

from assistant.evaluation.forgetting import (
    forgetting_questions,
    forgetting_texts,
    measure_forgetting,
)
from assistant.schema import Generation, Message


def render(question, passages):
    return (Message("user", question + "".join(p.chunk.text for p in passages)),)


class Scripted:
    """The base and the adapter each know a share of the answers."""

    def __init__(self, base, adapter):
        self.shares = {None: base, "a1": adapter}
        self.keys = {
            a.question.question + a.passage: (i, a.question)
            for i, a in enumerate(forgetting_questions())
        }

    def generate(self, rows, *, max_new_tokens, on_text=None, cancelled=None):
        said = []
        for row in rows:
            i, question = self.keys[row.messages[-1].content]
            right = (i * 37 % 100) < self.shares[row.adapter] * 100
            text = "I don't know." if not question.answerable else question.references[0]
            said.append(Generation(text if right else "something 9999 else", 1, 1, "stop"))
        return said


def test_the_set_is_there():
    kinds = [a.question.kind for a in forgetting_questions()]
    assert {k: kinds.count(k) for k in set(kinds)} == {"read": 60, "know": 20, "decline": 20}
    assert len(forgetting_texts()) >= 30


@pytest.mark.parametrize(
    ("base", "adapter", "forgot"),
    [(0.9, 0.9, False), (0.9, 0.2, True), (0.5, 0.9, False), (0.05, 0.0, None), (0.05, 0.9, None)],
)
def test_verdicts(base, adapter, forgot):
    result = measure_forgetting(Scripted(base, adapter), "a1", render)
    assert result.forgot is forgot
    assert sum(p.before.whole for p in result.parts) == 100
    if forgot is None:
        assert "not measurable, base scores" in str(result)


def test_a_rise_of_the_loss_on_texts_counts():
    losses = {None: 3.0, "a1": 3.6}
    result = measure_forgetting(Scripted(0.9, 0.9), "a1", render, text_loss=lambda t, a: losses[a])
    assert result.forgot is True
    assert "3.00 before, 3.60 after" in str(result)
    calm = dataclasses.replace(result, loss_after=3.1)
    assert calm.forgot is False
