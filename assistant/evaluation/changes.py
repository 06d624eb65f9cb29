"""What became of the sentence a reference rested on: records, and a run's memory of them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.evaluation.anchors import statement
from assistant.evaluation.codec import question_from_data, question_to_data
from assistant.evaluation.counts import StaleShares
from assistant.evaluation.jsonl import append_lines, read_lines
from assistant.schema import Question

REVIEWS, BEFORE = "reviews.jsonl", "before.jsonl"
"""In a run folder: questions that needed review when it was scored; changed ones as they were."""


class ChangeKind(StrEnum):
    """What became of a sentence."""

    GONE = "its document is gone"
    VANISHED = "its sentence vanished"
    CHANGED = "its sentence changed and does not state the reference"
    REWORDED = "its sentence was reworded and still states the reference"
    ANSWERED = "unanswerable so far, but a new sentence looks like an answer"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence then and now."""

    kind: ChangeKind
    document: str
    old: str
    """The sentence the reference rested on; empty for a new one."""
    new: str
    """The nearest sentence now; empty when there is none."""
    old_passage: str = ""
    new_passage: str = ""

    @property
    def reworded(self) -> bool:
        """Whether the reference still stands in it."""
        return self.kind is ChangeKind.REWORDED


@dataclass(frozen=True, slots=True)
class Review:
    """A question whose reference belongs to an older text."""

    question_id: str
    question_key: str
    snapshot: str
    """The documents the reference belongs to."""
    changes: tuple[Change, ...]

    @property
    def fingerprint(self) -> str:
        """Of what the documents say now: a decision holds until they say something else."""
        return statement(" ".join(f"{c.document} {c.kind.name} {c.new}" for c in self.changes))

    @property
    def still_stated(self) -> bool:
        """Whether every sentence was only reworded."""
        return all(c.reworded for c in self.changes)


@dataclass(frozen=True, slots=True)
class RunStaleness:
    """What a run knows about the age of its references."""

    reviews: tuple[Review, ...] = ()
    before: tuple[Question, ...] = ()
    """Questions of the run with the key they had before their answer changed."""


@dataclass(frozen=True, slots=True)
class StalenessSummary:
    """Staleness of a run in numbers."""

    waiting: tuple[Review, ...] = ()
    """Questions that need review; they are not scored."""
    decided: Mapping[str, str] = field(default_factory=dict)
    """Question id -> keep, edit or drop, decided after the run; the report follows that."""
    changed: int = 0
    """Questions whose answer changed, with the old and the new key known."""
    shares: Mapping[str, StaleShares] = field(default_factory=dict)
    """Approach -> who tells the old fact, the new one, neither."""
    behind: str = ""
    """How far the adapter is behind the index, for example `12 changed chunks behind`."""

    @property
    def line(self) -> str:
        """One line for a terminal; empty when nothing waits."""
        if not self.waiting:
            return ""
        stated = sum(r.still_stated for r in self.waiting)
        one = len(self.waiting) == 1
        text = (
            f"{len(self.waiting)} question{'' if one else 's'} need{'s' if one else ''} review: "
            f"{'its' if one else 'their'} sentence changed since the references were written"
        )
        if stated:
            text += f" ({stated} only reworded, the reference still stands in the text)"
        return text + "; `assistant questions review`"


def save_staleness(folder: Path, found: RunStaleness) -> None:
    """Leave it beside a run's answers; files only for what there is."""
    for name, rows in (
        (REVIEWS, [asdict(r) for r in found.reviews]),
        (BEFORE, [question_to_data(q) for q in found.before]),
    ):
        (folder / name).unlink(missing_ok=True)
        if rows:
            append_lines(folder / name, rows)


def read_staleness(folder: Path) -> RunStaleness:
    """What `save_staleness` left; empty for a run without it."""
    reviews = (
        Review(**{**data, "changes": tuple(_changes(data["changes"]))})
        for data in read_lines(folder / REVIEWS)
    )
    before = (question_from_data(data) for data in read_lines(folder / BEFORE))
    return RunStaleness(tuple(reviews), tuple(before))


def _changes(rows: Iterable[dict[str, Any]]) -> Iterable[Change]:
    for row in rows:
        yield Change(**{**row, "kind": ChangeKind(row["kind"])})
