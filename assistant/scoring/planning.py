"""How many questions does it take? Before a run, and after one that left things undecided.

Sample size of a paired comparison of shares: Connor 1987 (Biometrics 43), with the number of
questions inflated by the design effect 1 + (m - 1) rho of clusters of m questions.
"""

import math
from dataclasses import dataclass

from assistant.scoring.distributions import normal_quantile

ALPHA = 0.05
POWER = 0.80
CAP = 5_000
"""Above this many questions we say "more than"; nobody writes them."""
TYPICAL_DISCORDANCE = 0.3
"""Share of questions on which two approaches differ, assumed before a run."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Questions needed in total, and whether that number is capped."""

    questions: int
    capped: bool


def design_effect(questions: float, clusters: int, correlation: float) -> float:
    """1 + (mean cluster size - 1) x within-cluster correlation, never below 1."""
    if clusters <= 0:
        return 1.0
    return max(1.0, 1 + (questions / clusters - 1) * correlation)


def questions_needed(
    margin: float,
    discordance: float,
    *,
    effect: float = 1.0,
    contrasts: int = 1,
    looks: int = 1,
) -> Needed:
    """Questions for 80 % power to see a difference of `margin` (0..1).

    Args:
        margin: smallest difference that matters.
        discordance: share of questions where exactly one of the two is right.
        effect: design effect of clustering.
        contrasts: planned comparisons sharing the 5 % (Bonferroni: Holm's worst case).
        looks: how often the data is looked at; each look takes its part of the 5 %.
    """
    if not 0 < margin <= 1:
        raise ValueError(f"margin must lie in (0, 1], got {margin}")
    share = min(1.0, max(discordance, margin))
    n = effect * _base(margin, share, ALPHA / max(1, contrasts) / max(1, looks))
    return Needed(min(CAP, math.ceil(n)), math.ceil(n) > CAP)


def detectable_difference(
    questions: int,
    clusters: int,
    *,
    discordance: float = TYPICAL_DISCORDANCE,
    correlation: float = 0.1,
    contrasts: int = 1,
) -> float | None:
    """Smallest difference (0..1) seen with 80 % power; None when not even 1.0 would be."""
    if questions <= 0 or clusters < 2:
        return None
    available = questions / design_effect(questions, clusters, correlation)
    alpha = ALPHA / max(1, contrasts)

    def enough(difference: float) -> bool:
        return _base(difference, min(1.0, max(discordance, difference)), alpha) <= available

    if not enough(1.0):
        return None
    low, high = 1e-4, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _base(difference: float, discordance: float, alpha: float) -> float:
    z_alpha, z_power = normal_quantile(1 - alpha / 2), normal_quantile(POWER)
    spread = math.sqrt(max(0.0, discordance - difference**2))
    return (z_alpha * math.sqrt(discordance) + z_power * spread) ** 2 / difference**2
