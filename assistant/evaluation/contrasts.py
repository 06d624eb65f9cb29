"""The four planned contrasts, and any other pair of approaches on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.evaluation.records import Contrast
from assistant.scoring.clusters import Clusters
from assistant.scoring.planning import questions_needed
from assistant.scoring.statistics import (
    difference_interval,
    effective_n,
    holm,
    mcnemar_exact,
    sign_flip_test,
)

PLANNED = (("rag", "prompt"), ("finetuned", "prompt"), ("rag", "finetuned"), ("hybrid", "rag"))
MINIMUM_CLUSTERS = 6
"""Below this no difference can be told: six clusters that all agree give p = 0.03."""
INDICATIVE_CLUSTERS = 10
ALPHA = 0.05
NO_VERDICT = "no verdict"

Outcomes = Mapping[str, Mapping[str, float]]
"""Approach -> question id -> 1.0 correct, 0.0 otherwise."""


def planned_contrasts(outcomes: Outcomes, clusters: Clusters, margin: float) -> list[Contrast]:
    """The planned contrasts whose approaches both ran, Holm-adjusted over those."""
    pairs = [(a, b) for a, b in PLANNED if a in outcomes and b in outcomes]
    return adjusted([contrast(outcomes, a, b, clusters, margin) for a, b in pairs], margin)


def adjusted(contrasts: Sequence[Contrast], margin: float) -> list[Contrast]:
    """The same contrasts with p adjusted by Holm over all of them, and standings to match."""
    p_values = holm([c.p for c in contrasts])
    return [with_adjusted(c, p, margin) for c, p in zip(contrasts, p_values, strict=True)]


def with_adjusted(c: Contrast, p_adjusted: float, margin: float) -> Contrast:
    """A contrast with another adjusted p, the standing that follows, and what would settle it."""
    standing = _standing(replace(c, p_adjusted=p_adjusted), margin)
    needed = c.needed if standing in ("undecided", NO_VERDICT) else None
    return replace(c, p_adjusted=p_adjusted, standing=standing, needed=needed)


def contrast(
    outcomes: Outcomes, first: str, second: str, clusters: Clusters, margin: float
) -> Contrast:
    """One paired comparison, p not adjusted.

    Questions that only one of the two answered are left out.
    """
    a, b = outcomes[first], outcomes[second]
    differences = {q: a[q] - b[q] for q in a if q in b}
    wins = sum(d > 0 for d in differences.values())
    losses = sum(d < 0 for d in differences.values())
    values = clusters.averaged(differences)
    interval = difference_interval(values)
    flip = sign_flip_test(values)
    test, p = flip.name, flip.p
    if len(differences) and all(len(c) == 1 for c in values) and len(values) == len(differences):
        test, p = "exact McNemar", mcnemar_exact(wins, losses)
    result = Contrast(first, second, interval, p, p, test, wins, losses, "", None)
    standing = _standing(result, margin)
    needed = None
    if differences:  # also where p alone decides: the adjustment may still undo that
        n = len(differences)
        # Discordance is a share; its effective n tells how much the clusters repeat themselves.
        differing = clusters.averaged({q: float(d != 0) for q, d in differences.items()})
        effect = max(1.0, sum(len(c) for c in differing) / max(1.0, effective_n(differing)))
        needed = questions_needed(
            margin, (wins + losses) / n, effect=effect, contrasts=len(PLANNED)
        )
    return replace(result, standing=standing, needed=needed)


def _standing(c: Contrast, margin: float) -> str:
    if c.difference.clusters < MINIMUM_CLUSTERS:
        return NO_VERDICT
    if -margin < c.difference.low and c.difference.high < margin:
        return f"as good within {margin * 100:g}"
    if c.p_adjusted < ALPHA and c.difference.estimate != 0:
        return "better" if c.difference.estimate > 0 else "worse"
    return "undecided"
