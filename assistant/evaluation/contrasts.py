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
"""Approach -> question id -> 1.0 correct, 0.0 otherwise; or another value of each answer."""


def planned_contrasts(
    outcomes: Outcomes, clusters: Clusters, margin: float, *, wrong_costs: float = 0.0
) -> list[Contrast]:
    """The planned contrasts whose approaches both ran, Holm-adjusted over those."""
    pairs = [(a, b) for a, b in PLANNED if a in outcomes and b in outcomes]
    found = [contrast(outcomes, a, b, clusters, margin, wrong_costs=wrong_costs) for a, b in pairs]
    return adjusted(found, margin)


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
    outcomes: Outcomes,
    first: str,
    second: str,
    clusters: Clusters,
    margin: float,
    *,
    wrong_costs: float = 0.0,
) -> Contrast:
    """One paired comparison, p not adjusted.

    Questions that only one of the two answered are left out.

    Args:
        outcomes: approach -> question -> 1.0 correct, 0.0 declined, -wrong_costs wrong.
        first: an approach.
        second: what it is compared with.
        clusters: of the questions.
        margin: smallest difference that matters.
        wrong_costs: see `assistant.evaluation.value`; 0 compares on `correct`.
    """
    most = 1.0 + wrong_costs  # right against wrong
    a, b = outcomes[first], outcomes[second]
    differences = {q: a[q] - b[q] for q in a if q in b}
    wins = sum(d > 0 for d in differences.values())
    losses = sum(d < 0 for d in differences.values())
    values = clusters.averaged(differences)
    interval = difference_interval(values, most=most)
    flip = sign_flip_test(values)
    test, p = flip.name, flip.p
    # McNemar's test counts questions, so each that differs has to weigh the same.
    alike = len({abs(d) for d in differences.values() if d}) <= 1
    singly = all(len(c) == 1 for c in values) and len(values) == len(differences)
    if differences and singly and alike:
        test, p = "exact McNemar", mcnemar_exact(wins, losses)
    result = Contrast(first, second, interval, p, p, test, wins, losses, "", None, wrong_costs)
    standing = _standing(result, margin)
    needed = None
    if differences:  # also where p alone decides: the adjustment may still undo that
        n = len(differences)
        # Discordance is a share; its effective n tells how much the clusters repeat themselves.
        differing = clusters.averaged({q: float(d != 0) for q, d in differences.items()})
        effect = max(1.0, sum(len(c) for c in differing) / max(1.0, effective_n(differing)))
        # On the scale where the largest difference is 1, the mean square is the discordance.
        square = sum((d / most) ** 2 for d in differences.values()) / n
        needed = questions_needed(margin / most, square, effect=effect, contrasts=len(PLANNED))
    return replace(result, standing=standing, needed=needed)


def _standing(c: Contrast, margin: float) -> str:
    if c.difference.clusters < MINIMUM_CLUSTERS:
        return NO_VERDICT
    if -margin < c.difference.low and c.difference.high < margin:
        return f"as good within {margin * 100:g}"
    told = c.p_adjusted < ALPHA and c.difference.estimate != 0
    if c.wrong_costs:
        # Rare wrong answers that cost much may be missing from the sample. The sign-flip test
        # cannot know them (up to 19 % false wins, simulated); the interval allows for one.
        told = told and not c.difference.low <= 0 <= c.difference.high
    if told:
        return "better" if c.difference.estimate > 0 else "worse"
    return "undecided"
