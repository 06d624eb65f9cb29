import dataclasses

import pytest

from assistant.errors import UsageError
from assistant.evaluation.grades import (
    GradeBook,
    agreement,
    make_grade,
    normal_answer,
    sample_for_grading,
    save_grade,
)
from assistant.evaluation.scored import score_run
from assistant.evaluation.summary import summarise
from assistant.schema import Outcome
from tests.evaluation.helpers import by_share, facts, make_run

QUESTIONS = facts(12, unanswerable=2)
SAY = by_share(prompt=0.0, rag=0.5, finetuned=0.0, hybrid=1.0, oracle=1.0)


def test_a_grade_wins_everywhere_and_survives_a_re_run(tmp_path):
    first = make_run(tmp_path / "one", QUESTIONS, SAY)
    grade = make_grade(QUESTIONS[0], "  999 DAYS. ", Outcome.CORRECT, note="old reference")
    save_grade(first.path, grade)
    for folder in (first, make_run(tmp_path / "two", QUESTIONS, SAY, id="run-2")):
        rows = [
            r for r in score_run(folder) if r.question.id == "q0" and r.answer.text == "999 days"
        ]
        assert {r.answer.approach for r in rows} >= {"prompt", "finetuned"}
        assert all(r.score.correct and r.score.graded for r in rows)
        assert all("old reference" in r.score.explanation for r in rows)
        assert all(r.rule.outcome is Outcome.INCORRECT for r in rows)
        assert summarise(folder).graded == len(rows)


def test_a_changed_key_ends_a_grade():
    book = GradeBook([make_grade(QUESTIONS[0], "ten", Outcome.CORRECT)])
    assert book.find(QUESTIONS[0], "Ten.")
    assert book.find(dataclasses.replace(QUESTIONS[0], kind="other"), "ten")
    assert not book.find(dataclasses.replace(QUESTIONS[0], references=("11 days",)), "ten")
    assert not book.find(QUESTIONS[0], "eleven")


def test_the_latest_grade_counts(tmp_path):
    run = make_run(tmp_path / "r", QUESTIONS, SAY)
    early = dataclasses.replace(
        make_grade(QUESTIONS[0], "x", Outcome.CORRECT), created="2026-01-01"
    )
    late = dataclasses.replace(
        make_grade(QUESTIONS[0], "x", Outcome.INCORRECT), created="2026-01-02"
    )
    for grade in (late, early):
        save_grade(run.path, grade)
    assert GradeBook.around(run.path).find(QUESTIONS[0], "x").outcome is Outcome.INCORRECT
    assert len(GradeBook.around(run.path)) == 1


def test_sample_hides_the_approach_and_shows_each_answer_once(tmp_path):
    rows = score_run(make_run(tmp_path / "r", QUESTIONS, SAY))
    items = [(r.question, r.answer.text) for r in rows]
    sample = sample_for_grading(items, GradeBook(), 100, seed=1)
    assert len(sample) == len({(i.question.id, normal_answer(i.answer)) for i in sample})
    assert {f.name for f in dataclasses.fields(sample[0])} == {"question", "answer"}
    assert sample_for_grading(items, GradeBook(), 5, seed=1) == sample_for_grading(
        items, GradeBook(), 5, seed=1
    )
    done = GradeBook([make_grade(i.question, i.answer, Outcome.CORRECT) for i in sample[:4]])
    assert len(sample_for_grading(items, done, 100)) == len(sample) - 4


def test_agreement_counts_distinct_answers_once(tmp_path):
    rows = score_run(make_run(tmp_path / "r", QUESTIONS, SAY))
    book = GradeBook()
    for i, r in enumerate(rows):
        if r.question.answerable:
            flipped = Outcome.CORRECT if i % 7 == 0 else r.rule.outcome
            book.add(make_grade(r.question, r.answer.text, flipped))
    kappa = agreement([(r.question, r.answer.text, r.rule) for r in rows], book)
    assert kappa.n == len({(r.question.id, r.answer.text) for r in rows if r.question.answerable})
    assert kappa.low < kappa.kappa < kappa.high


def test_unanswerable_cannot_be_abstained():
    with pytest.raises(UsageError, match="correct"):
        make_grade(QUESTIONS[-1], "no idea", Outcome.ABSTAINED)


def test_normal_answer_keeps_values():
    assert normal_answer(" V2.1  is It. ") == "v2.1 is it"
    assert normal_answer("v21") != normal_answer("v2.1")
