"""Prompt variants: the same effort for every approach, ties to the plainest."""

import pytest

from assistant.answering.approaches import standard_approaches
from assistant.answering.pipeline import Pipeline
from assistant.answering.variants import choose_variant
from assistant.errors import UsageError
from assistant.schema import Pair, Question
from tests.answering.corpus import WordRetriever
from tests.fakes import FakeGenerator

QUESTIONS = [
    Question("q1", "What does error E-104 mean?", ("the lamp is weak",)),
    Question("q2", "Within how many days in Europe?", ("30 days",)),
    Question("q3", "How many lids?", ("two",)),
    Question("q4", "No key here?"),
]
EXAMPLES = [Pair("p", "how  many LIDS?", "two")]
APPROACHES = [a for n, a in standard_approaches(None).items() if n in ("prompt", "rag")]


def reply(row):
    """Closed book needs an example to answer; with passages examples only confuse."""
    turns = len(row.messages)
    passages = "[1]" in row.messages[-1].content
    knows = (turns == 1) if passages else (turns > 1)
    if not knows:
        return "I don't know."
    asked = row.messages[-1].content.splitlines()[0]
    return "the lamp is weak" if "E-104" in asked else "30 days"


def test_each_approach_gets_its_best_style_with_equal_effort():
    pipeline = Pipeline(FakeGenerator(reply), WordRetriever(), examples=EXAMPLES)
    choice = choose_variant(pipeline, QUESTIONS, APPROACHES)
    assert {a.name: a.prompt for a in choice.approaches} == {
        "prompt": "few-shot",
        "rag": "zero-shot",
    }
    assert {(r.approach, r.style) for r in choice.results} == {
        (a, s) for a in ("prompt", "rag") for s in ("zero-shot", "few-shot")
    }
    assert {r.scored for r in choice.results} == {2}
    assert sorted(r.correct for r in choice.results) == [0, 0, 2, 2]
    assert (choice.questions, choice.left_out, choice.generations) == (2, 1, 8)
    assert choice.seconds > 0


def test_ties_go_to_the_plainest():
    pipeline = Pipeline(FakeGenerator({"?": "wrong"}), WordRetriever(), examples=EXAMPLES)
    choice = choose_variant(pipeline, QUESTIONS, APPROACHES)
    assert {a.prompt for a in choice.approaches} == {"zero-shot"}


def test_styles_can_be_named():
    pipeline = Pipeline(FakeGenerator(prompt_family="chat"), WordRetriever())
    choice = choose_variant(pipeline, QUESTIONS, APPROACHES, styles=["step-by-step"])
    assert [r.style for r in choice.results] == ["step-by-step"] * 2


def test_without_usable_questions():
    pipeline = Pipeline(FakeGenerator(), WordRetriever(), examples=EXAMPLES)
    with pytest.raises(UsageError, match="questions check"):
        choose_variant(pipeline, QUESTIONS[2:], APPROACHES)
