"""What a finder returns, and how overlapping finds are settled."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A value in a text: `text[start:end]`."""

    start: int
    end: int
    kind: str
    """number, date, code, email, name or definition."""


def without_overlaps(found: Iterable[Found]) -> list[Found]:
    """In text order; of two overlapping finds the longer stays, of equal ones the earlier given."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: f.start - f.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)
