"""Cohen's kappa with interval: how well the rule and a person agree beyond chance."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two raters on the same items."""

    kappa: float | None
    """None when it is undefined: nobody graded, or both used a single, same label throughout."""
    low: float | None
    high: float | None
    agreed: int
    n: int


def cohen_kappa(first: Sequence[str], second: Sequence[str]) -> Kappa:
    """Cohen's kappa with the large-sample 95 % interval of Fleiss, Cohen and Everitt (1969).

    Raises:
        ValueError: when the two do not rate the same number of items.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} ratings against {len(second)}; expected the same items")
    n = len(first)
    agreed = sum(a == b for a, b in zip(first, second, strict=True))
    if n == 0:
        return Kappa(None, None, None, 0, 0)
    cells = Counter(zip(first, second, strict=True))
    rows, columns = Counter(first), Counter(second)
    labels = sorted(set(rows) | set(columns))
    observed = agreed / n
    chance = sum(rows[x] * columns[x] for x in labels) / n**2
    if chance >= 1:
        return Kappa(None, None, None, agreed, n)
    kappa = (observed - chance) / (1 - chance)
    diagonal = sum(
        cells[x, x] / n * (1 - (rows[x] + columns[x]) / n * (1 - kappa)) ** 2 for x in labels
    )
    off = (1 - kappa) ** 2 * sum(
        cells[x, y] / n * ((columns[x] + rows[y]) / n) ** 2
        for x in labels for y in labels if x != y
    )  # fmt: skip
    variance = (diagonal + off - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    half = 1.959963984540054 * math.sqrt(max(0.0, variance))
    return Kappa(kappa, max(-1.0, kappa - half), min(1.0, kappa + half), agreed, n)
