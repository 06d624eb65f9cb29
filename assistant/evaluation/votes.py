"""Votes of readers: which of the answers on the screen they liked best.

A vote is a preference, not a grade: it never enters `correct` and changes no score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.evaluation.jsonl import append_lines, read_lines, repair
from assistant.schema import Answer, Question

FILE = "votes.jsonl"
TIE, NONE = "tie", "none"


@dataclass(frozen=True, slots=True)
class Voted:
    """One answer as it stood on the screen."""

    approach: str
    text: str
    model: str
    adapter: str | None
    index: str | None
    prompt_hash: str


@dataclass(frozen=True, slots=True)
class Vote:
    """One choice between the answers to one question."""

    question: str
    question_id: str
    """Id in the question file; empty for a free question."""
    choice: str
    """An approach, `tie` (equally good) or `none` (none is good)."""
    blind: bool
    """Whether the approaches were hidden until the vote."""
    answers: tuple[Voted, ...]
    """In the order they were shown."""
    created: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the votes on one approach."""

    approach: str
    shown: int
    """Votes on questions where it answered."""
    won: int
    tied: int
    rejected: int
    """Votes that no answer was good."""


def make_vote(
    question: Question, answers: Sequence[Answer], choice: str, *, blind: bool, known: bool
) -> Vote:
    """A vote, dated now.

    Args:
        question: what was asked.
        answers: in the order they were shown.
        choice: approach of one of the answers, `tie` or `none`.
        blind: whether the approaches were hidden.
        known: whether the question is one of the question file.

    Raises:
        ValueError: nothing that was shown has this name.
    """
    if choice not in {a.approach for a in answers} | {TIE, NONE}:
        raise ValueError(f"{choice!r} was not among the answers")
    shown = tuple(
        Voted(a.approach, a.text, a.model, a.adapter, a.index, a.prompt_hash) for a in answers
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Vote(question.question, question.id if known else "", choice, blind, shown, now)


def save_vote(folder: Path, vote: Vote) -> None:
    """Append a vote, durably."""
    folder.mkdir(parents=True, exist_ok=True)
    repair(folder / FILE)
    append_lines(folder / FILE, [asdict(vote)])


def read_votes(folder: Path) -> list[Vote]:
    """Every vote, oldest first; lines of another shape are left out."""
    votes = []
    for row in read_lines(folder / FILE):
        try:
            answers = tuple(Voted(**a) for a in row["answers"])
            votes.append(Vote(**{**row, "answers": answers}))
        except (KeyError, TypeError):
            continue
    return votes


def tally(votes: Iterable[Vote], *, blind: bool | None = None) -> Mapping[str, Tally]:
    """Counts by approach, over the latest vote on each question and set of answers.

    Args:
        votes: oldest first.
        blind: only votes given blind (True) or open (False); None for all.
    """
    latest = {(v.question, frozenset((a.approach, a.text) for a in v.answers)): v for v in votes}
    counted = [v for v in latest.values() if blind is None or v.blind is blind]
    names = dict.fromkeys(a.approach for v in counted for a in v.answers)
    found = {}
    for name in names:
        shown = [v for v in counted if any(a.approach == name for a in v.answers)]
        found[name] = Tally(
            approach=name,
            shown=len(shown),
            won=sum(v.choice == name for v in shown),
            tied=sum(v.choice == TIE for v in shown),
            rejected=sum(v.choice == NONE for v in shown),
        )
    return found
