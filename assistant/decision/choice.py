"""The core of the decision: who is excluded, who is good enough, who wins a tie."""

from dataclasses import dataclass, field

from assistant.decision.exclusions import base_name, exclusions
from assistant.decision.records import Standing, Verdict
from assistant.decision.situation import Situation
from assistant.evaluation.contrasts import PLANNED, Outcomes, contrast, with_adjusted
from assistant.evaluation.records import ApproachSummary, Contrast, RunSummary
from assistant.scoring.clusters import Clusters
from assistant.scoring.statistics import wilson

ORDER = ("prompt", "rag", "finetuned", "hybrid")
"""Simplest first: ties go to the earlier one."""
FIRM_ALPHA = 0.01
"""A win at 5 % decides, but one in twenty such wins is chance: only below 1 % is it called firm."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A summary with what is needed to compare any two of its approaches."""

    summary: RunSummary
    outcomes: Outcomes
    clusters: Clusters
    adapter_failed: str = ""
    """Why adapters are out after the forgetting gate; empty when they are not."""
    compared: dict[tuple[str, str, float], Contrast] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Contrasts made so far: looking for flips asks for the same ones again and again."""

    def compare(self, challenger: str, incumbent: str, margin: float) -> Contrast:
        """The planned contrast where it is one (Holm-adjusted), else one that pays for four."""
        for planned in self.summary.contrasts:
            same = (planned.first, planned.second) == (challenger, incumbent)
            if same and margin == self.summary.margin:
                return planned
        key = challenger, incumbent, margin
        if key not in self.compared:
            raw = contrast(self.outcomes, challenger, incumbent, self.clusters, margin)
            self.compared[key] = with_adjusted(raw, min(1.0, raw.p * len(PLANNED)), margin)
        return self.compared[key]


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
        return Choice(verdict, "", tuple(excluded), (), "", (), hopeless)
    current, standings = acceptable[0], []
    for challenger in acceptable[1:]:
        result = evidence.compare(challenger.name, current.name, s.difference)
        standings.append(Standing(challenger.name, current.name, result))
        if result.standing == "better":
            current = challenger
    settled = clearly_meets(current, s) and all(
        x.contrast.standing != "undecided"
        and (x.contrast.standing != "better" or _firmly_better(x.contrast))
        for x in standings
    )
    # A simpler approach that fails only by a hair might be good enough after all.
    simpler = [a for a in left[: left.index(current)] if a not in acceptable]
    settled = settled and all(
        clearly_fails(a, s) or _firmly_better(evidence.compare(current.name, a.name, s.difference))
        for a in simpler
    )
    return Choice(
        Verdict(base_name(current.name)), current.name, tuple(excluded),
        tuple(a.name for a in acceptable), acceptable[0].name, tuple(standings), settled,
    )  # fmt: skip


def _firmly_better(c: Contrast) -> bool:
    return c.standing == "better" and c.p_adjusted < FIRM_ALPHA
