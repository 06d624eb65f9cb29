"""95 % intervals for the abilities in the model card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random


@dataclass(frozen=True)
class Ability:
    """One measured ability: a mean over ``n`` items with its 95 % interval."""

    name: str
    value: float
    low: float
    high: float
    n: int

    def line(self) -> str:
        """A row of the card's table."""
        if 0 < self.value < 0.0005:  # a numerical difference, no share
            return f"| {self.name} | {self.value:.1e} | | {self.n} |"
        return f"| {self.name} | {self.value:.3f} | {self.low:.3f} to {self.high:.3f} | {self.n} |"


def share(name: str, hits: Sequence[bool]) -> Ability:
    """A proportion with the Wilson (1927) score interval."""
    n, z = len(hits), 1.959964
    p = sum(hits) / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Ability(name, p, max(0.0, middle - half), min(1.0, middle + half), n)


def mean(name: str, scores: Sequence[float], rounds: int = 1000) -> Ability:
    """A mean with the percentile bootstrap interval (Efron 1979), seeded."""
    rng, n = Random(0), len(scores)
    means = sorted(sum(rng.choices(scores, k=n)) / n for _ in range(rounds))
    return Ability(name, sum(scores) / n, means[int(0.025 * rounds)], means[int(0.975 * rounds)], n)
