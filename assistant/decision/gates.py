"""The gates in order: each asks one question and says what value, which threshold, which branch."""

from collections.abc import Sequence

from assistant.decision import opened
from assistant.decision.choice import Choice, Evidence, candidates, meets
from assistant.decision.costs import CostLine, Crossover
from assistant.decision.records import GateResult, Verdict
from assistant.decision.said import Said, joined, say
from assistant.decision.situation import Situation
from assistant.decision.value_tables import compared_on
from assistant.decision.words import NOT_MEASURED, percent, rough
from assistant.evaluation.contrasts import INDICATIVE_CLUSTERS, MINIMUM_CLUSTERS
from assistant.evaluation.records import ApproachSummary, RunSummary

ORACLE_LIMIT = 0.70
"""Below this share correct with the gold passage, the model is the limit, not the method."""

HAVE_AN_ANSWER = "questions that have an answer"
"""What the limit of the model is counted on; tables count unanswerable questions too."""
FORGOT = "training made the model forget"
"""Why adapters are out when the forgetting check confirms a loss."""


def oracle_limits(summary: RunSummary) -> bool:
    """Whether even the right passage gives too few correct answers."""
    return summary.oracle is not None and summary.oracle.estimate < ORACLE_LIMIT


def evidence_gate(summary: RunSummary) -> GateResult:
    """Gate 0: is the evidence usable?"""
    oracle = (
        say(
            "with the right passage right on ",
            opened.oracle_count(summary),
            f" {HAVE_AN_ANSWER}: ",
            opened.with_right_passage(summary),
        )
        if summary.oracle
        else "with the right passage: not measured"
    )
    parts = [
        say(opened.compared_on(summary), " questions in ", opened.clusters(summary), " clusters"),
        *(
            say(opened.left_out(n, why), f" left out ({why})")
            for why, n in summary.left_out.items()
        ),
        say(opened.unreadable(summary), " unreadable files"),
        oracle,
    ]
    if summary.evidence == "indicative" and summary.clusters >= INDICATIVE_CLUSTERS:
        parts.append("some questions are drafts that nobody reviewed")
    value = joined("; ", parts)
    threshold = (
        f"at least {MINIMUM_CLUSTERS} clusters for any verdict on differences, "
        f"{INDICATIVE_CLUSTERS} for more than an indication; right on at least "
        f"{ORACLE_LIMIT * 100:.0f} % with the right passage"
    )
    if summary.evidence == "none":
        branch = "stop: not enough evidence"
    elif oracle_limits(summary):
        branch = "go on, as a practice verdict: the model, not the method, is the limit"
    elif summary.evidence == "indicative":
        branch = "go on; the verdict is indicative"
    else:
        branch = "go on"
    passed = summary.evidence != "none"
    return GateResult(0, "evidence", "Is the evidence usable?", value, threshold, branch, passed)


def prompting_gate(summary: RunSummary, s: Situation) -> GateResult:
    """Gate 1: does prompting already meet the target?"""
    prompt = summary.approach("prompt")
    threshold = (
        f"correct at least {percent(s.correct)}, confidently wrong at most "
        f"{percent(s.confidently_wrong)}{_assumed(s, 'correct', 'confidently_wrong')}"
    )
    question = "Does prompting already meet the target?"
    if prompt is None or not prompt.n:
        return GateResult(1, "prompting", question, "not measured", threshold,
                          "go on; a prompt-only baseline was not run", None)  # fmt: skip
    value = _right_and_wrong(prompt)
    enough = meets(prompt, s)
    branch = "prompting is enough unless something is clearly better" if enough else "go on"
    return GateResult(1, "prompting", question, value, threshold, branch, enough)


def exclusion_gate(choice: Choice, s: Situation) -> GateResult:
    """Gate 2: what does the situation rule out?"""
    names = ("refresh_days", "retrain_days", "sources_required", "access_rights",
             "latency_seconds", "can_serve_weights", "can_train", "examples_available",
             "deadline_days", "sensitive_data", "may_leave")  # fmt: skip
    threshold = ", ".join(f"{name.replace('_', ' ')}: {s.said(name)}" for name in names)
    # What training broke is gate 5's to say, not the situation's.
    ruled_out = [(name, why) for name, why in choice.excluded if why != FORGOT]
    value = "; ".join(f"{name}: {why}" for name, why in ruled_out) or "nothing is ruled out"
    branch = (
        "without " + ", ".join(name for name, _ in ruled_out)
        if ruled_out
        else "all approaches stay"
    )
    return GateResult(2, "situation", "What does your situation rule out?", value, threshold,
                      branch, True)  # fmt: skip


def target_gate(summary: RunSummary, choice: Choice, s: Situation) -> GateResult:
    """Gate 3: who meets the target and the limit of confidently wrong?"""
    out = dict(choice.excluded)
    left = [a for a in candidates(summary) if a.name not in out]
    value = joined("; ", (say(f"{a.name}: ", _right_and_wrong(a), _behaviour(a)) for a in left))
    threshold = (
        f"correct at least {percent(s.correct)}, wrong at most {percent(s.confidently_wrong)}"
    )
    if choice.acceptable:
        branch = "good enough: " + ", ".join(choice.acceptable)
    elif choice.verdict is Verdict.NONE:
        branch = "stop: none is good enough, and the intervals rule out that any is"
    else:
        branch = "stop: none meets the target, but the intervals do not rule it out"
    return GateResult(3, "target", "Who is good enough?", value or "not measured", threshold,
                      branch, bool(choice.acceptable))  # fmt: skip


def _right_and_wrong(a: ApproachSummary) -> Said:
    return say(
        "correct ", opened.right_share(a), ", confidently wrong ", opened.wrong_share(a)
    )  # fmt: skip


def _behaviour(a: ApproachSummary) -> str:
    if not a.behaviour.whole:
        return ""
    return say(
        ", follows the format ", opened.form_kept(a), ", format tasks right ", opened.tasks_right(a)
    )


def comparison_gate(choice: Choice, s: Situation) -> GateResult:
    """Gate 4: does anything beat the simplest that is good enough?"""
    question = "Does anything beat the simplest good-enough approach?"
    threshold = (
        f"a difference that matters: {s.difference * 100:g} points"
        f"{_assumed(s, 'difference')}; ties go to the simpler; {compared_on(s)}"
    )
    if not choice.acceptable:
        return GateResult(4, "comparison", question, "nothing to compare", threshold, "skipped",
                          None)  # fmt: skip
    told = []
    for standing in choice.standings:
        told.append(
            say(f"{standing.challenger} against {standing.incumbent}: ",
                f"{standing.contrast.standing}, ", opened.gained(standing.contrast))
        )  # fmt: skip
    value = joined("; ", told) or f"only {choice.simplest} is good enough"
    branch = f"{choice.candidate}"
    if choice.standings and choice.candidate == choice.simplest:
        branch += ", the simplest: nothing is shown to be better by a difference that matters"
    return GateResult(4, "comparison", question, value, threshold, branch, True)


def forgetting_gate(evidence: Evidence, measured: str, lost: bool | None) -> GateResult:
    """Gate 5: did the adapter make the model worse at what it could do?

    Args:
        evidence: the run.
        measured: the forgetting result in words, empty when there is none.
        lost: whether a loss above the threshold was measured; None: not measurable.
    """
    has_adapter = any(a.adapter for a in evidence.summary.approaches)
    question = "Did training make the model forget?"
    threshold = "no loss the interval confirms"
    if not has_adapter:
        return GateResult(5, "forgetting", question, "no adapter in this run", threshold, "skipped",
                          None)  # fmt: skip
    if not measured:
        return GateResult(5, "forgetting", question, "not measured", threshold,
                          "go on, with this left open", None)  # fmt: skip
    if lost is None:
        return GateResult(5, "forgetting", question, measured, threshold,
                          "go on: not measurable with this model", None)  # fmt: skip
    branch = "adapters are out" if lost else "go on"
    return GateResult(5, "forgetting", question, measured, threshold, branch, not lost)


def cost_gate(
    lines: Sequence[CostLine], crossing: Crossover | None, choice: Choice, s: Situation,
    currency: str,
) -> GateResult:  # fmt: skip
    """Gate 6: what does it cost a month, and where would another be cheaper?"""
    question = "What does it cost a month?"
    volume = f"{s.volume_per_month:,.0f} questions a month{_assumed(s, 'volume_per_month')}"
    told = joined("; ", (
        say(f"{line.name} ", opened.priced(line.name, line.monthly), f" {currency}")
        for line in lines
    ))  # fmt: skip
    chosen = next((line for line in lines if line.name == choice.candidate), None)
    if s.monthly_budget is None or chosen is None:
        threshold, passed = "no budget set", None
        branch = "stated, not decisive"
    else:
        threshold = f"budget {s.monthly_budget:,.0f} {currency}"
        passed = chosen.monthly <= s.monthly_budget
        branch = "within the budget" if passed else f"{chosen.name} is over the budget"
    if crossing is not None:
        branch += "; " + crossing_words(crossing, s)
    return GateResult(6, "cost", question, say(f"at {volume}: ", told or NOT_MEASURED), threshold,
                      branch, passed)  # fmt: skip


def crossing_words(c: Crossover, s: Situation) -> str:
    """Where the cheaper of two changes, in one clause."""
    if c.low is None or c.high is None:
        return (
            f"the cheaper of {c.cheaper_below} and {c.cheaper_above} is the same at every volume, "
            "at half to double prices too"
        )
    spread = f"{rough(c.low)} to {rough(c.high)}"
    if c.at is None:
        return (
            f"the cheaper of {c.cheaper_below} and {c.cheaper_above} is the same at every volume "
            f"at list prices; at half to double prices it changes at {spread} questions a month "
            f"in {(1 - c.share_without) * 100:.0f} % of the combinations tried"
        )
    never = (
        f", at no volume in {c.share_without * 100:.0f} % of the combinations tried"
        if c.share_without >= 0.005 else ""
    )  # fmt: skip
    mine = "the assumed" if "volume_per_month" in s.assumed else "your"
    side = "below" if s.volume_per_month < c.at else "above"
    return (
        f"{c.cheaper_above} becomes cheaper than {c.cheaper_below} above about {rough(c.at)} "
        f"questions a month ({spread} at half to double prices{never}); "
        f"{mine} {s.volume_per_month:,.0f} are {side} that"
    )


def _assumed(s: Situation, *names: str) -> str:
    return " (assumed)" if any(n in s.assumed for n in names) else ""
