"""The core of the decision: who is excluded, who is good enough, who wins a tie."""

from dataclasses import dataclass, field

from assistant.decision.exclusions import base_name, exclusions
from assistant.decision.records import Standing, Verdict
from assistant.decision.situation import Situation
from assistant.evaluation.contrasts import (
    PLANNED,
    Outcomes,
    contrast,
    planned_contrasts,
    with_adjusted,
)
from assistant.evaluation.records import ApproachSummary, Contrast, RunSummary
from assistant.evaluation.value import values_of
from assistant.scoring.clusters import Clusters
from assistant.scoring.distributions import t_quantile
from assistant.scoring.statistics import Interval, wilson

ORDER = ("prompt", "rag", "finetuned", "hybrid")
"""Simplest first: ties go to the earlier one."""
FIRM_ALPHA = 0.01
"""A win at 5 % decides, but one in twenty such wins is chance: only below 1 % is it called firm.

The same holds of target and limit: they are met, or missed, firmly when the one-sided 99 %
bounds say so."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A summary with what is needed to compare any two of its approaches."""

    summary: RunSummary
    outcomes: Outcomes
    """Right answers."""
    clusters: Clusters
    wrong: Outcomes
    """Confidently wrong answers."""
    adapter_failed: str = ""
    """Why adapters are out after the forgetting gate; empty when they are not."""
    compared: dict[tuple[str, str, float, float], Contrast] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Contrasts made so far: looking for flips asks for the same ones again and again."""

    def compare(self, challenger: str, incumbent: str, s: Situation) -> Contrast:
        """The planned contrast where it is one (Holm-adjusted), else one that pays for four."""
        margin, wrong_costs = s.difference, s.wrong_costs
        key = challenger, incumbent, margin, wrong_costs
        if key not in self.compared and margin == self.summary.margin:
            for c in self.planned(wrong_costs):
                self.compared[c.first, c.second, margin, wrong_costs] = c
        if key not in self.compared:
            raw = contrast(
                self.values(wrong_costs), challenger, incumbent, self.clusters, margin,
                wrong_costs=wrong_costs,
            )  # fmt: skip
            self.compared[key] = with_adjusted(raw, min(1.0, raw.p * len(PLANNED)), margin)
        return self.compared[key]

    def planned(self, wrong_costs: float) -> tuple[Contrast, ...]:
        """The planned contrasts in value; without a cost of wrong answers, those of the summary."""
        if not wrong_costs:
            return self.summary.contrasts
        values, margin = self.values(wrong_costs), self.summary.margin
        return tuple(planned_contrasts(values, self.clusters, margin, wrong_costs=wrong_costs))

    def values(self, wrong_costs: float) -> Outcomes:
        """What each answer is worth; see `assistant.evaluation.value`."""
        return values_of(self.outcomes, self.wrong, wrong_costs) if wrong_costs else self.outcomes


@dataclass(frozen=True, slots=True)
class Choice:
    """What the core decided."""

    verdict: Verdict
    candidate: str
    excluded: tuple[tuple[str, str], ...]
    acceptable: tuple[str, ...]
    simplest: str
    """The simplest acceptable approach, empty when none is."""
    standings: tuple[Standing, ...]
    settled: bool
    """The chosen one's intervals are clear of target and limit, or all fail clearly."""


def candidates(summary: RunSummary) -> list[ApproachSummary]:
    """Approaches that may be chosen, simplest first; oracle and whole only explain."""
    chosen = [a for a in summary.approaches if base_name(a.name) in ORDER and a.n]
    return sorted(chosen, key=lambda a: (ORDER.index(base_name(a.name)), a.different_model))


def meets(a: ApproachSummary, s: Situation) -> bool:
    """Whether the estimates meet the target and the limit of confidently wrong.

    Where the situation needs a format or tone and the questions measure one, those tasks have to
    meet the target on their own: a good average must not hide them.
    """
    form = a.behaviour.share
    return (
        a.share.estimate >= s.correct
        and a.confidently_wrong_share.estimate <= s.confidently_wrong
        and (not s.format_or_tone or form is None or form >= s.correct)
    )


def clearly_meets(a: ApproachSummary, s: Situation) -> bool:
    """Whether the whole intervals do."""
    return a.share.low >= s.correct and a.confidently_wrong_share.high <= s.confidently_wrong


def clearly_fails(a: ApproachSummary, s: Situation) -> bool:
    """Whether the interval rules out that it meets target or limit."""
    form = a.behaviour.share
    bad_form = s.format_or_tone and form is not None and wilson(form, a.behaviour.whole)[1]
    return (
        a.share.high < s.correct
        or a.confidently_wrong_share.low > s.confidently_wrong
        or (bad_form is not False and bad_form < s.correct)
    )


def _firm_bounds(share: Interval) -> tuple[float, float]:
    """One-sided 99 % bounds, never inside the interval that is shown."""
    if share.clusters < 2:
        return 0.0, 1.0
    quantile = t_quantile(1 - FIRM_ALPHA, share.clusters - 1)
    low, high = wilson(share.estimate, share.effective_n, quantile)
    return min(low, share.low), max(high, share.high)


def _firmly_meets(a: ApproachSummary, s: Situation) -> bool:
    return (
        clearly_meets(a, s)
        and _firm_bounds(a.share)[0] >= s.correct
        and _firm_bounds(a.confidently_wrong_share)[1] <= s.confidently_wrong
    )


def _firmly_fails(a: ApproachSummary, s: Situation) -> bool:
    return clearly_fails(a, s) and (
        _firm_bounds(a.share)[1] < s.correct
        or _firm_bounds(a.confidently_wrong_share)[0] > s.confidently_wrong
    )


def choose(evidence: Evidence, s: Situation) -> Choice:
    """Pick by the rules of the gates; see `recommend`."""
    approaches = candidates(evidence.summary)
    excluded = exclusions(approaches, s)
    if evidence.adapter_failed:
        excluded += [
            (a.name, evidence.adapter_failed) for a in approaches
            if a.adapter and a.name not in dict(excluded)
        ]  # fmt: skip
    left = [a for a in approaches if a.name not in dict(excluded)]
    if evidence.summary.evidence == "none" or not approaches:
        return Choice(Verdict.UNCLEAR, "", tuple(excluded), (), "", (), False)
    acceptable = [a for a in left if meets(a, s)]
    if not acceptable:
        hopeless = all(clearly_fails(a, s) for a in left)
        verdict = Verdict.NONE if hopeless else Verdict.UNCLEAR
        settled = hopeless and all(_firmly_fails(a, s) for a in left)
        return Choice(verdict, "", tuple(excluded), (), "", (), settled)
    current, standings = acceptable[0], []
    for challenger in acceptable[1:]:
        result = evidence.compare(challenger.name, current.name, s)
        standings.append(Standing(challenger.name, current.name, result))
        if beats(result, s.difference):
            current = challenger
    settled = _firmly_meets(current, s) and all(
        x.contrast.standing != "undecided"
        and (x.contrast.standing != "better" or _firmly_better(x.contrast, s.difference))
        for x in standings
    )
    # A simpler approach that fails only by a hair might be good enough after all.
    simpler = [a for a in left[: left.index(current)] if a not in acceptable]
    settled = settled and all(
        _firmly_fails(a, s)
        or _firmly_better(evidence.compare(current.name, a.name, s), s.difference)
        for a in simpler
    )
    return Choice(
        Verdict(base_name(current.name)), current.name, tuple(excluded),
        tuple(a.name for a in acceptable), acceptable[0].name, tuple(standings), settled,
    )  # fmt: skip


def beats(c: Contrast, margin: float) -> bool:
    """Whether the first is shown to be better, and by what matters.

    With many questions a difference of a few points is told from zero; it still is a tie, and
    ties go to the simpler.
    """
    return c.standing == "better" and c.difference.estimate >= margin


def _firmly_better(c: Contrast, margin: float) -> bool:
    """The whole interval lies beyond what matters, and chance is ruled out at 1 %."""
    return beats(c, margin) and c.p_adjusted < FIRM_ALPHA and c.difference.low >= margin
