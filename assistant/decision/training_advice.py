"""Without an adapter: is training worth trying at all?"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.decision import opened
from assistant.decision.choice import candidates, clearly_meets, meets
from assistant.decision.exclusions import exclusions
from assistant.decision.gates import HAVE_AN_ANSWER, oracle_limits
from assistant.decision.records import TrainingAdvice
from assistant.decision.said import say
from assistant.decision.situation import Situation
from assistant.decision.words import percent
from assistant.evaluation.records import ApproachSummary, RunSummary
from assistant.scoring.statistics import Interval

_STAND_IN_NAMES = ("finetuned", "hybrid")


MIN_TASKS = 5
"""Fewer tasks with a fixed format say nothing about what training would change."""


def advise_training(
    summary: RunSummary,
    s: Situation,
    *,
    minutes: float | None = None,
    curve: Sequence[str] = (),
) -> TrainingAdvice | None:
    """Advice from `prompt`, `rag` and `oracle` alone; None when an adapter is in the run.

    Args:
        summary: the run.
        s: the situation.
        minutes: how long training would take here; None is not mentioned.
        curve: what a learning curve of this corpus advises (`Curve.advice`), if one was measured.
    """
    if any(a.adapter for a in summary.approaches) or not candidates(summary):
        return None
    cost = f" It would take about {minutes:.0f} minutes here." if minutes else ""
    ruled_out = _ruled_out(summary, s)
    if len(ruled_out) == len(_STAND_IN_NAMES):
        return TrainingAdvice("no", "Training is not worth trying: your situation rules it out.",
                              (*ruled_out, *curve))  # fmt: skip
    if summary.evidence == "none":
        return TrainingAdvice(
            "later", "Write more questions first: with these, no gain could be shown.",
            (say(opened.headline(summary), " questions in ", opened.clusters(summary),
                 " clusters"),),
        )  # fmt: skip
    for_it = _reasons_for(summary, s)
    against = _reasons_against(summary, s)
    if for_it:
        return TrainingAdvice("yes", say("Training is worth trying: ", for_it[0], f".{cost}"),
                              (*for_it, *against, *ruled_out, *curve))  # fmt: skip
    if against:
        later = any("retriev" in reason for reason in against)
        word = "later" if later and not _satisfied(summary, s) else "no"
        lead = (
            "Something else comes first" if word == "later" else "Training is not worth trying now"
        )
        return TrainingAdvice(
            word, say(f"{lead}: ", against[0], "."), (*against, *ruled_out, *curve)
        )
    return TrainingAdvice(
        "yes",
        f"Training may help: none meets the target and nothing simpler is left.{cost}",
        (*ruled_out, *curve),
    )  # fmt: skip


def _satisfied(summary: RunSummary, s: Situation) -> bool:
    out = {name for name, _ in exclusions(candidates(summary), s)}
    return any(meets(a, s) for a in candidates(summary) if a.name not in out)


def _reasons_for(summary: RunSummary, s: Situation) -> list[str]:
    reasons: list[str] = []
    best = _best(summary)
    if best and best.behaviour.whole >= MIN_TASKS and (best.behaviour.share or 0) < s.correct:
        reasons.append(say(
            "on tasks with a fixed format or labels the best untrained approach is right on ",
            opened.tasks_right(best), ", and form is what training teaches best",
        ))  # fmt: skip
    if s.format_or_tone and not (best and best.behaviour.whole):
        reasons.append(
            "you need a format or tone, and this question set has no task that measures it"
        )
    if summary.oracle and summary.oracle.estimate < s.correct and not _satisfied(summary, s):
        reasons.append(say(
            "even with the right passage only ", opened.with_right_passage(summary),
            f" of the {HAVE_AN_ANSWER} are right: the model does not read well enough, so train it "
            "on questions with passages, or use a larger one",
        ))  # fmt: skip
    return reasons


def _reasons_against(summary: RunSummary, s: Situation) -> list[str]:
    reasons: list[str] = []
    out = {name for name, _ in exclusions(candidates(summary), s)}
    good = [a for a in candidates(summary) if meets(a, s) and a.name not in out]
    if good:
        sure = "clearly " if clearly_meets(good[0], s) else ""
        reasons.append(say(
            f"{good[0].name} {sure}meets the target already (", opened.right_share(good[0]), ")"
        ))  # fmt: skip
    rag = summary.approach("rag")
    if rag and rag.n and summary.oracle and not oracle_limits(summary):
        gap = summary.oracle.estimate - (rag.on_answerable.share or 0.0)
        if gap >= s.difference:
            reasons.append(say(
                "the right passage would add ", opened.missing_from_rag(gap),
                " over what is retrieved: better retrieval comes before training",
            ))  # fmt: skip
    if s.examples_available is not None and s.examples_available < 500:
        reasons.append(
            f"{s.examples_available} reviewed examples; practitioners name 500 to 1,000 as a start"
        )
    return reasons


def _best(summary: RunSummary) -> ApproachSummary | None:
    return max(candidates(summary), key=lambda a: a.share.estimate, default=None)


def _ruled_out(summary: RunSummary, s: Situation) -> list[str]:
    """What the situation says about approaches that do not exist yet."""
    empty = Interval(0.0, 0.0, 1.0, 0, 0, 0.0)
    model = candidates(summary)[0]
    return [
        f"{name}: {why}"
        for name in _STAND_IN_NAMES
        for _, why in exclusions(
            [replace(model, name=name, share=empty, latency=None, different_model=False)], s
        )
    ]


def headroom(summary: RunSummary) -> str:
    """How far apart prompting, retrieval and the right passage are, in one line."""
    parts = [
        f"{a.name} {percent(a.share.estimate)}"
        for a in summary.approaches
        if a.n and a.name in ("prompt", "rag", "oracle")
    ]
    return ", ".join(parts)
