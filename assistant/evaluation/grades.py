"""People can overrule: a grade belongs to a question and an answer text, not to an approach.

Every approach that gave that answer gets the grade, in this run and in every later one, as long
as the question's wording and key are the same.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import UsageError
from assistant.evaluation.codec import key_hash
from assistant.evaluation.jsonl import append_lines, read_lines, repair
from assistant.schema import Outcome, Question, Score, WrongKind
from assistant.scoring.agreement import Kappa, cohen_kappa

FILE = "grades.jsonl"


@dataclass(frozen=True, slots=True)
class Grade:
    """One person's verdict on one answer to one question."""

    question_id: str
    question_key: str
    """`codec.key_hash` of the question when it was graded."""
    answer: str
    """Normalised, see `normal_answer`."""
    outcome: Outcome
    grader: str = ""
    note: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class GradingItem:
    """What a grader sees: never which approach said it, nor what the rule thinks."""

    question: Question
    answer: str


def normal_answer(text: str) -> str:
    """Casefolded, white space collapsed, end punctuation dropped; values stay as they are."""
    return re.sub(r"[\s.!]+$", "", " ".join(text.casefold().split()))


def make_grade(
    question: Question, answer_text: str, outcome: Outcome, *, grader: str = "", note: str = ""
) -> Grade:
    """A grade, dated now.

    Raises:
        UsageError: an unanswerable question cannot be abstained from: declining it is correct.
    """
    if outcome is Outcome.ABSTAINED and not question.answerable:
        raise UsageError(
            "declining an unanswerable question is correct, not abstained", cure="grade it correct"
        )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Grade(
        question.id, key_hash(question), normal_answer(answer_text), outcome, grader, note, now
    )


class GradeBook:
    """Grades of one or several runs; the latest of a question and answer counts."""

    def __init__(self, grades: Iterable[Grade] = ()) -> None:
        self._grades: dict[tuple[str, str, str], Grade] = {}
        for grade in sorted(grades, key=lambda g: g.created):
            self.add(grade)

    @classmethod
    def read(cls, folders: Iterable[Path]) -> "GradeBook":
        """Grades of run folders; folders without any are fine."""
        found = []
        for folder in folders:
            for data in read_lines(folder / FILE):
                found.append(Grade(**{**data, "outcome": Outcome(data["outcome"])}))
        return cls(found)

    @classmethod
    def around(cls, run: Path) -> "GradeBook":
        """Grades of a run and of all runs beside it, so that grades survive a re-run."""
        siblings = [p for p in sorted(run.parent.iterdir()) if p.is_dir()] if run.parent else []
        return cls.read(siblings)

    def add(self, grade: Grade) -> None:
        """Take a grade in; it replaces an earlier one of the same answer."""
        self._grades[grade.question_id, grade.question_key, grade.answer] = grade

    def find(self, question: Question, answer_text: str) -> Grade | None:
        """The grade of this answer, if a person gave one under the question's present key."""
        return self._grades.get((question.id, key_hash(question), normal_answer(answer_text)))

    def __len__(self) -> int:
        return len(self._grades)


def save_grade(run: Path, grade: Grade) -> None:
    """Append a grade to a run folder, durably."""
    repair(run / FILE)
    append_lines(run / FILE, [{**asdict(grade), "outcome": grade.outcome.value}])


def apply_grade(score: Score, grade: Grade | None, question: Question) -> Score:
    """The score with a person's grade on top, which wins."""
    if grade is None:
        return score
    said = score.outcome.value if score.outcome else "nothing"
    why = f"graded {grade.outcome.value} by a person (the rule says {said})"
    if grade.note:
        why += f": {grade.note}"
    kind = None
    if grade.outcome is Outcome.INCORRECT:
        kind = score.wrong_kind or (
            WrongKind.OTHER if question.answerable else WrongKind.UNANSWERABLE
        )
    return replace(score, outcome=grade.outcome, explanation=why, wrong_kind=kind, graded=True)


def sample_for_grading(
    items: Sequence[tuple[Question, str]], book: GradeBook, size: int, *, seed: int = 0
) -> list[GradingItem]:
    """Ungraded answers in random order, each distinct answer to a question once.

    Args:
        items: (question, answer text) of all approaches.
        book: what is graded already.
        size: how many to draw.
        seed: the same seed and answers give the same sample.
    """
    distinct: dict[tuple[str, str], GradingItem] = {}
    for question, text in items:
        if book.find(question, text) is None:
            distinct.setdefault((question.id, normal_answer(text)), GradingItem(question, text))
    pool = [distinct[key] for key in sorted(distinct)]
    return random.Random(seed).sample(pool, min(size, len(pool)))


def agreement(rated: Iterable[tuple[Question, str, Score]], book: GradeBook) -> Kappa:
    """Agreement of the rule and people over distinct graded answers.

    Args:
        rated: question, answer text and the rule's own score (before grades).
        book: the grades.
    """
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for question, text, score in rated:
        grade = book.find(question, text)
        if grade and score.outcome:
            key = question.id, normal_answer(text)
            pairs[key] = score.outcome.value, grade.outcome.value
    return cohen_kappa([a for a, _ in pairs.values()], [b for _, b in pairs.values()])
