"""How well refusals are told from answers, on lines labelled by hand.

Half the wrong numbers of an abstention score come from here: a refusal that is not recognised
counts as an incorrect answer, an answer taken for a refusal as an abstention. The patterns were
written on the development lines only; the figures are those of the held-out ones.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

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
        return f"refusals: {', '.join(told)} on {self.lines} held-out lines"


def _share(part: int, whole: int) -> tuple[float, float, float]:
    low, high = wilson(part / whole, whole) if whole else (0.0, 1.0)
    return (part / whole if whole else float("nan")), low, high


@lru_cache(maxsize=1)
def refusal_lines() -> tuple[RefusalLine, ...]:
    """The lines that ship with the package."""
    text = files("assistant.evaluation").joinpath("refusal_lines.jsonl").read_text("utf-8")
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
    )  # fmt: skip


@lru_cache(maxsize=1)
def refusal_error() -> RefusalError:
    """The detector on the held-out lines."""
    return measure([line for line in refusal_lines() if line.held_out])
