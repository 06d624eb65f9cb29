import pytest

from assistant.evaluation.grades import make_grade, save_grade
from assistant.schema import Approach, Outcome, Question
from tests.evaluation.helpers import UNTRAINED, right, wrong
from tests.journeys.helpers import TopicEmbedder, add_run, opened, workspace

TOPICS = ("pumps", "routers", "leave")


def questions(n=60):
    return [
        Question(f"q{i}", f"How many days does case {i} take for {TOPICS[i % 3]}?",
                 (f"{i + 10} days",), sources=(f"doc{i % 20}.md",))
        for i in range(n)
    ]  # fmt: skip


def by_topic(question, approach):
    """`rag` is right about pumps only; `prompt` on every other question whatever its topic."""
    number = int(question.id[1:])
    good = number % 3 == 0 if approach == "rag" else (number * 7 // 3) % 2 == 0
    return right(question) if good else wrong(question)


@pytest.fixture
def desk(tmp_path):
    found = workspace(tmp_path)
    found.parts.__dict__["embedder"] = TopicEmbedder()
    add_run(found, "run-1", questions(), by_topic, UNTRAINED[:2])
    return found


def test_without_a_run_nothing_is_said(tmp_path):
    assert workspace(tmp_path).record_for("How long?", "rag") is None


def test_similar_questions_speak_only_where_they_forecast(desk):
    easy = desk.record_for("How long must one wait for pumps?", "rag")
    assert (easy.correct, easy.scored, easy.run) == (20, 60, "run-1")
    assert easy.expected > 0.6
    assert easy.text.startswith("right on 20 of 60 of your questions; like this one: about ")
    hard = desk.record_for("How long must one wait for leave?", "rag")
    assert hard.expected < 0.2
    plain = desk.record_for("How long must one wait for pumps?", "prompt")
    assert plain.expected is None
    assert plain.text == f"right on {plain.correct} of 60 of your questions"


def test_a_scored_question_is_not_forecast(desk):
    assert desk.record_for(questions()[0].question, "rag").expected is None


def test_vectors_are_made_once_and_kept(desk):
    desk.record_for("Any pumps?", "rag")
    calls = desk.parts.embedder.calls
    desk.record_for("More pumps?", "rag")
    assert desk.parts.embedder.calls == calls + 1
    again = opened(desk.home)
    again.parts.__dict__["embedder"] = TopicEmbedder()
    again.record_for("Any pumps?", "rag")
    assert again.parts.embedder.calls == 1


def test_a_grade_changes_the_record(desk):
    assert desk.record_for("Any pumps?", "rag").correct == 20
    path = desk.parts.runs_root / "run-1"
    save_grade(path, make_grade(questions()[1], "999 days", Outcome.CORRECT))
    assert desk.record_for("Any pumps?", "rag").correct == 21


def test_without_an_embedder_the_record_remains(desk):
    from assistant.errors import ModelMissing

    class Broken(TopicEmbedder):
        def embed_query(self, text):
            raise ModelMissing("no weights", "install them")

    desk.parts.__dict__["embedder"] = Broken()
    assert desk.record_for("Any pumps?", "rag").text == "right on 20 of 60 of your questions"


def test_another_base_model_than_then_is_said_and_nothing_is_expected(desk):
    desk.parts._generators["embedded"].fingerprint = "f2"
    free = desk.record_for("How long must one wait for pumps?", "rag")
    assert free.text == "right on 20 of 60 of your questions when another base model answered"
    assert free.expected is None
    assert desk.record("rag").text == free.text


def test_another_adapter_than_then_is_said_of_the_approaches_that_use_it(desk):
    arms = (Approach("rag", "rag", "retrieved"), Approach("hybrid", "rag", "retrieved", "then"))
    add_run(desk, "run-2", questions(), by_topic, arms)
    assert desk.record("rag").changed == ""
    assert desk.record("hybrid").text.endswith("of your questions when another adapter answered")
