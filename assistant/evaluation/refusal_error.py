"""How well refusals are told from answers, on lines labelled by hand.

Half the wrong numbers of an abstention score come from here: a refusal that is not recognised
counts as an incorrect answer, an answer taken for a refusal as an abstention. The lines of
`refusal_lines.jsonl` are development: the patterns were mended on them, also on those that were
held out once. Held-out lines, written by somebody else and not looked at, are rows with
`"split": "held-out"` in any `refusal_*.jsonl` of this folder; where there are none the figures
are those of development, and say so.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.evaluation.packaged import packaged
from assistant.scoring.abstention import is_refusal
from assistant.scoring.statistics import wilson


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """One answer and whether it declines."""

    text: str
    declines: bool
    style: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class RefusalError:
    """Precision and recall of the detector."""

    found: int
    """Refusals recognised."""
    missed: int
    mistaken: int
    """Answers taken for refusals."""
    lines: int
    held_out: bool = True
    """Whether the lines are ones the patterns were not mended on."""

    @property
    def precision(self) -> tuple[float, float, float]:
        """Share of recognised refusals that are refusals: estimate, low, high (95 % Wilson)."""
        return _share(self.found, self.found + self.mistaken)

    @property
    def recall(self) -> tuple[float, float, float]:
        """Share of refusals that are recognised: estimate, low, high (95 % Wilson)."""
        return _share(self.found, self.found + self.missed)

    def __str__(self) -> str:
        told = [
            f"{name} {x * 100:.0f} % ({low * 100:.0f} to {high * 100:.0f})"
            for name, (x, low, high) in (("precision", self.precision), ("recall", self.recall))
        ]
        which = "held-out lines" if self.held_out else "lines the patterns were mended on"
        return f"refusals: {', '.join(told)} on {self.lines} {which}"


def _share(part: int, whole: int) -> tuple[float, float, float]:
    low, high = wilson(part / whole, whole) if whole else (0.0, 1.0)
    return (part / whole if whole else float("nan")), low, high


@lru_cache(maxsize=1)
def refusal_lines() -> tuple[RefusalLine, ...]:
    """The lines that ship with the package."""
    return tuple(line for text in packaged("refusal_") for line in read_lines(text))


def read_lines(text: str) -> tuple[RefusalLine, ...]:
    """Labelled lines from JSON lines."""
    rows = [json.loads(line) for line in text.splitlines()]
    return tuple(
        RefusalLine(r["text"], r["declines"], r["style"], r["split"] == "held-out") for r in rows
    )


def measure(lines: Sequence[RefusalLine]) -> RefusalError:
    """The detector on some lines."""
    said = [(line.declines, is_refusal(line.text)) for line in lines]
    return RefusalError(
        found=said.count((True, True)), missed=said.count((True, False)),
        mistaken=said.count((False, True)), lines=len(lines),
        held_out=all(line.held_out for line in lines),
    )  # fmt: skip


@lru_cache(maxsize=1)
def refusal_error() -> RefusalError:
    """The detector on the held-out lines, without any on the others."""
    lines = refusal_lines()
    return measure([line for line in lines if line.held_out] or lines)
