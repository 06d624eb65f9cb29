"""Approaches inside LangChain."""

import pytest
from langchain_core.runnables import RunnableLambda, RunnableParallel

from assistant.answering.approaches import standard_approaches
from assistant.answering.pipeline import Pipeline
from assistant.answering.runnables import as_runnables
from assistant.schema import Question
from tests.answering.corpus import WordRetriever
from tests.fakes import FakeGenerator


@pytest.fixture
def generator():
    return FakeGenerator({"E-104": "the lamp is weak", "?": "one two"})


@pytest.fixture
def runnables(generator):
    pipeline = Pipeline(generator, WordRetriever())
    return as_runnables(pipeline, list(standard_approaches("v1").values()))


def test_text_or_question_in_answer_out(runnables):
    answer = runnables["rag"].invoke("What does error E-104 mean?")
    assert (answer.approach, answer.text) == ("rag", "the lamp is weak")
    assert answer.passages
    assert runnables["finetuned"].invoke(Question("mine", "Why?")).question_id == "mine"


def test_composition(runnables):
    chain = runnables["rag"] | RunnableLambda(lambda answer: answer.text.upper())
    assert chain.invoke("What does error E-104 mean?") == "THE LAMP IS WEAK"
    both = RunnableParallel({n: runnables[n] for n in ("prompt", "hybrid")})
    found = both.invoke("What does error E-104 mean?")
    assert {n: a.approach for n, a in found.items()} == {"prompt": "prompt", "hybrid": "hybrid"}
    assert found["hybrid"].adapter == "v1"


def test_batch_is_one_batch(runnables, generator):
    answers = runnables["prompt"].batch(["Why?", "What does error E-104 mean?"])
    assert [a.text for a in answers] == ["one two", "the lamp is weak"]
    assert [a.question_id for a in answers] == ["q1", "q2"]
    assert len(generator.calls) == 1
    assert runnables["prompt"].batch([]) == []


def test_stream_grows_and_ends_complete(runnables):
    answers = list(runnables["rag"].stream("What does error E-104 mean?"))
    assert [a.text for a in answers[:-1]] == ["the", "the lamp", "the lamp is", "the lamp is weak"]
    assert answers[-1].finish == "stop"
    assert answers[-1].passages


def test_failures_are_in_the_answer():
    runnable = as_runnables(Pipeline(FakeGenerator()), [standard_approaches(None)["rag"]])["rag"]
    assert "assistant reindex" in runnable.invoke("Why?").error
