"""One pipeline for all approaches: what the model sees, what the answer records, what may fail."""

import pytest

from assistant.answering.approaches import candidate, standard_approaches
from assistant.answering.pipeline import Pipeline
from assistant.errors import ModelError, UsageError
from assistant.schema import Approach, Pair, Question
from tests.answering.corpus import CHUNKS, NoIndex, WordRetriever
from tests.fakes import FakeGenerator

LAMP = Question("q1", "What does error E-104 mean?", ("lamp is weak",), sources=("lamp.md#Errors",))
BACK = Question("q2", "Within how many days in Europe?", ("30 days",), sources=("returns.md",))
ALL = list(standard_approaches("v1").values())


@pytest.fixture
def retriever():
    return WordRetriever()


def pipeline(generator=None, retriever=None, **options):
    return Pipeline(generator or FakeGenerator(), retriever, **options)


def by_name(answers):
    return {a.approach: a for a in answers}


def test_every_cell_in_order_and_one_batch(retriever):
    generator = FakeGenerator()
    answers = pipeline(generator, retriever).answer([LAMP, BACK], ALL)
    assert [[(a.question_id, a.approach) for a in row] for row in answers] == [
        [(q.id, a.name) for a in ALL] for q in (LAMP, BACK)
    ]
    (batch,) = generator.calls
    assert len(batch) == 12
    assert [r.adapter for r in batch[:6]] == [None, None, "v1", "v1", None, None]


def test_what_each_approach_sees(retriever):
    found = by_name(pipeline(retriever=retriever, k=2).answer([LAMP], ALL)[0])
    assert found["prompt"].messages[0].content == "Question: What does error E-104 mean?"
    assert found["prompt"].messages == found["finetuned"].messages
    assert found["rag"].messages == found["hybrid"].messages
    assert [p.chunk.id for p in found["rag"].passages] == ["lamp.md-0", "lamp.md-1"]
    assert [p.chunk.id for p in found["oracle"].passages] == ["lamp.md-0", "lamp.md-1"]
    assert [p.chunk for p in found["whole"].passages] == CHUNKS
    assert found["prompt"].text.startswith("base:")
    assert found["finetuned"].text.startswith("v1:")


def test_the_record_says_where_it_came_from(retriever):
    found = by_name(pipeline(retriever=retriever).answer([LAMP], ALL)[0])
    rag = found["rag"]
    assert (rag.model, rag.adapter, rag.index) == ("fake", None, "index-1")
    assert found["hybrid"].adapter == "v1"
    assert len({a.prompt_hash for a in found.values()}) == 1
    assert rag.prompt_tokens > found["prompt"].prompt_tokens > 0
    assert rag.seconds is not None
    assert rag.finish == "stop"


def test_nearest_passages_for_approaches_without(retriever):
    found = by_name(pipeline(retriever=retriever, k=3).answer([LAMP], ALL)[0])
    assert found["prompt"].nearest == found["rag"].passages
    assert found["prompt"].passages == found["prompt"].citations == ()
    assert found["rag"].nearest == ()
    assert found["prompt"].index == "index-1"
    bare = by_name(pipeline(retriever=retriever).answer([LAMP], ALL, nearest=False)[0])
    assert bare["prompt"].nearest == ()
    assert bare["prompt"].index is None
    assert bare["prompt"].text == found["prompt"].text


@pytest.mark.parametrize("retriever", [None, NoIndex()])
def test_without_an_index_closed_book_still_answers(retriever):
    found = by_name(pipeline(retriever=retriever).answer([LAMP], ALL)[0])
    for name in ("prompt", "finetuned"):
        assert found[name].text
        assert not found[name].error
    for name in ("rag", "hybrid", "oracle", "whole"):
        assert "assistant reindex" in found[name].error
        assert (found[name].finish, found[name].text) == ("error", "")


def test_passages_that_do_not_fit_are_dropped_whole_and_counted(retriever):
    generator = FakeGenerator(context_tokens=50)
    found = by_name(pipeline(generator, retriever, k=6).answer([LAMP], ALL)[0])
    for name in ("rag", "whole"):
        answer = found[name]
        assert answer.dropped_passages == len(CHUNKS) - len(answer.passages) > 0
        assert 0 < answer.prompt_tokens <= 50
        for passage in answer.passages:
            assert passage.chunk.text in answer.messages[-1].content
    assert found["whole"].passages[0].chunk == CHUNKS[0]


def test_a_question_too_long_is_an_error_of_its_own(retriever):
    generator = FakeGenerator(context_tokens=50)
    long = Question("long", "why " * 60)
    answers = pipeline(generator, retriever).answer([long, LAMP], ALL[:2])
    assert [a.finish for a in answers[0]] == ["error", "error"]
    assert [a.finish for a in answers[1]] == ["stop", "stop"]


def test_a_question_whose_preparation_breaks_stops_nobody(retriever):
    real = retriever.search

    def search(query, k=5):
        if "E-104" in query:
            raise ZeroDivisionError("odd")
        return real(query, k)

    retriever.search = search
    answers = pipeline(retriever=retriever).answer([LAMP, BACK], ALL[1:2])
    assert "ZeroDivisionError" in answers[0][0].error
    assert answers[1][0].finish == "stop"


def test_a_row_that_fails_and_a_model_that_fails(retriever):
    found = pipeline(FakeGenerator(fail_on="E-104"), retriever).answer([LAMP, BACK], ALL[:1])
    assert found[0][0].error == "the fake row failed"
    assert found[0][0].seconds is None
    assert found[1][0].finish == "stop"
    broken = pipeline(FakeGenerator(broken=True), retriever).answer([LAMP], ALL)
    assert {a.error for a in broken[0]} == {str(ModelError("the fake model is broken", "mend it"))}


def test_candidates_run_on_their_own_model(retriever):
    other = FakeGenerator(model="other", prompt_family="chat")
    approaches = [*ALL[:2], candidate("rag", "other"), candidate("rag", "unknown")]
    base = FakeGenerator()
    found = by_name(
        pipeline(base, retriever, candidates={"other": other}).answer([LAMP], approaches)[0]
    )
    assert found["rag@other"].model == "other"
    assert found["rag@other"].messages[0].role == "system"
    assert found["rag"].messages[0].role == "user"
    assert len(base.calls) == len(other.calls) == 1
    assert "not set up" in found["rag@unknown"].error
    assert "candidates" in found["rag@unknown"].error


def test_the_family_can_be_set(retriever):
    chat = pipeline(FakeGenerator(), retriever, answers_family="chat")
    assert chat.template_for(ALL[0]).family == "chat"
    with pytest.raises(UsageError):
        chat.template_for(Approach("x", "no-such-style"))


def test_reasoning_is_shown_and_only_its_answer_scored(retriever):
    generator = FakeGenerator(lambda row: "The first passage says it.\nAnswer: 30 days [1]",
                              prompt_family="chat")  # fmt: skip
    approach = standard_approaches(None, style="step-by-step")["rag"]
    ((answer,),) = pipeline(generator, retriever).answer([BACK], [approach])
    assert answer.text == "30 days"
    assert answer.written == "The first passage says it.\nAnswer: 30 days [1]"
    assert [(c.number, c.supported) for c in answer.citations] == [(1, True)]


def test_citation_marks_are_not_scored_but_kept(retriever):
    generator = FakeGenerator({"E-104": "the lamp is weak [1]"})
    ((rag, prompt),) = pipeline(generator, retriever).answer([LAMP], [ALL[1], ALL[0]])
    assert (rag.text, rag.written) == ("the lamp is weak", "the lamp is weak [1]")
    assert rag.citations[0].supported
    assert (prompt.text, prompt.written) == ("the lamp is weak [1]", "")


def test_streaming_names_question_and_approach(retriever):
    seen = {}
    answers = pipeline(FakeGenerator({"?": "one two three"}), retriever).answer(
        [LAMP, BACK], ALL[:2], on_text=lambda q, a, t: seen.setdefault((q, a), []).append(t)
    )
    assert set(seen) == {(q, a.name) for q in (0, 1) for a in ALL[:2]}
    assert seen[1, "rag"] == ["one", "one two", "one two three"]
    assert answers[1][1].text == "one two three"


def test_one_approach_can_be_cancelled(retriever):
    generator = FakeGenerator({"?": "one two three"})
    ((prompt, rag),) = pipeline(generator, retriever).answer(
        [LAMP], ALL[:2], cancelled=lambda q, name: name == "rag"
    )
    assert (prompt.finish, rag.finish) == ("stop", "cancelled")


def test_worked_examples_change_prompt_and_hash(retriever):
    few = standard_approaches(None, style="few-shot")["prompt"]
    pairs = [Pair("p", "How many lids?", "two")]
    with_one = pipeline(retriever=retriever, examples=pairs).answer([LAMP], [few])[0][0]
    without = pipeline(retriever=retriever).answer([LAMP], [few])[0][0]
    assert len(with_one.messages) == 3
    assert with_one.prompt_hash != without.prompt_hash
    zero = pipeline(retriever=retriever, examples=pairs).answer([LAMP], ALL[:1])[0][0]
    assert len(zero.messages) == 1


def test_passages_of_two_index_versions_never_mix(retriever):
    real, calls = retriever.search, []

    def search(query, k=5):
        calls.append(query)
        if len(calls) == 1:
            retriever.version = "index-2"  # a reindex in another process
        return real(query, k)

    retriever.search = search
    answers = pipeline(retriever=retriever).answer([LAMP, BACK], ALL[1:2])
    assert {row[0].index for row in answers} == {"index-2"}
    assert len(calls) == 4


def test_nothing_asked():
    assert pipeline().answer([], ALL) == []
    assert pipeline().answer([LAMP], []) == [[]]
