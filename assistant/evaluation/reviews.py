"""What people decided about questions whose text changed: keep, edit, drop.

Decisions are kept beside the index, oldest first, and are laid over the question file wherever it
is read; the file itself stays as its author wrote it until a reviewed copy is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant.errors import UsageError
from assistant.evaluation.changes import Review
from assistant.evaluation.codec import key_hash
from assistant.evaluation.jsonl import append_lines, read_lines, repair
from assistant.schema import Question

Decision = Literal["keep", "edit", "drop", "undo"]


@dataclass(frozen=True, slots=True)
class NewKey:
    """The key of an edited question. All empty and answerable: not allowed."""

    references: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    answerable: bool = True
    """False: the fact was withdrawn, nobody can know it any more."""


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What a person decided about a question under review."""

    question_id: str
    question_key: str
    """Of the question as it stood then, edits before included."""
    decision: Decision
    key: NewKey = NewKey()
    """For `edit`."""
    change: str = ""
    """`Review.fingerprint`: another change asks again."""
    created: str = ""


def decide(
    review: Review | None, question: Question, decision: Decision, key: NewKey | None = None
) -> ReviewDecision:
    """A person's decision, dated now.

    Args:
        review: None for `undo`, and for an edit that no change asked for.
        question: as it stands now.
        decision: what to do.
        key: for `edit`.

    Raises:
        UsageError: `edit` without a new key.
    """
    if decision == "edit" and (
        key is None or (key.answerable and not (key.references or key.must))
    ):
        raise UsageError(
            "editing a question needs its new reference",
            f"--edit {question.id} --reference TEXT   (or --unanswerable when nobody can know it)",
        )
    return ReviewDecision(
        question.id,
        key_hash(question),
        decision,
        key or NewKey(),
        review.fingerprint if review else "",
        datetime.now(UTC).isoformat(timespec="seconds"),
    )


def apply_decisions(
    questions: Sequence[Question], decisions: Sequence[ReviewDecision]
) -> list[Question]:
    """The question set after review: new keys in, dropped questions out.

    Decisions are taken in order, each for the key it was made about, so that an edit can be edited
    again; `undo` goes back to the question file.
    """
    by_id: dict[str, list[ReviewDecision]] = {}
    for decision in decisions:
        by_id.setdefault(decision.question_id, []).append(decision)
    after = (_apply(q, by_id.get(q.id, ())) for q in questions)
    return [q for q in after if q is not None]


def _apply(original: Question, decisions: Iterable[ReviewDecision]) -> Question | None:
    question: Question | None = original
    for one in decisions:
        if one.decision == "undo":
            question = original
        elif question is None or key_hash(question) != one.question_key:
            continue
        elif one.decision == "drop":
            question = None
        elif one.decision == "edit":
            question = edited(question, one.key)
    return question


def edited(question: Question, key: NewKey) -> Question:
    """A question with another key. Format checks stay; they say how to answer, not what."""
    if not key.answerable:
        return replace(question, references=(), must=(), answerable=False)
    return replace(question, references=key.references, must=key.must, answerable=True)


def settled(review: Review, decisions: Iterable[ReviewDecision]) -> ReviewDecision | None:
    """The latest decision about exactly this change, unless it was undone."""
    found = None
    for one in decisions:
        if one.question_id != review.question_id:
            continue
        if one.decision == "undo":
            found = None
        elif one.question_key == review.question_key and one.change == review.fingerprint:
            found = one
    return found


def save_decisions(path: Path, decisions: Sequence[ReviewDecision]) -> None:
    """Append decisions, durably."""
    path.parent.mkdir(parents=True, exist_ok=True)
    repair(path)
    append_lines(path, [asdict(one) for one in decisions])


def read_decisions(path: Path) -> list[ReviewDecision]:
    """All decisions of a file, oldest first; none when it does not exist."""
    found = []
    for data in read_lines(path):
        key = data["key"]
        new = NewKey(tuple(key["references"]), tuple(key["must"]), bool(key["answerable"]))
        found.append(ReviewDecision(**{**data, "key": new}))
    return found
