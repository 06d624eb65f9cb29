"""The classic mistakes, each checked against this run; and what the run cannot say."""

from collections.abc import Mapping, Sequence

from assistant.decision import opened
from assistant.decision.choice import meets
from assistant.decision.said import say
from assistant.decision.situation import Situation
from assistant.evaluation.records import Count, RunSummary
from assistant.evaluation.strata import Stratum
from assistant.evaluation.summary import TRAINED
from assistant.evaluation.trainings import Trainings

_MEMORY_GAP = 0.15
_ENOUGH = 5
"""Questions a stratum needs before its share is compared with another."""
START, COMFORTABLE = 500, 1000
"""Examples that practitioners' articles name for fine-tuning."""


def guard_rails(summary: RunSummary, s: Situation) -> tuple[str, ...]:
    """Warnings by the name of the mistake; empty when none applies."""
    told: list[str] = []
    trained = [a for a in summary.approaches if a.adapter]
    if trained and summary.approach("prompt") is None:
        told.append("tuning before prompting was tried: this run has no prompt-only baseline")
    prompt = summary.approach("prompt")
    if trained and prompt is not None and meets(prompt, s):
        told.append(say(
            "tuning where prompting is enough: prompt alone meets the target (",
            opened.right(prompt), ")",
        ))  # fmt: skip
    if trained and s.examples_available is not None and s.examples_available < COMFORTABLE:
        few = "too few examples" if s.examples_available < START else "few examples"
        told.append(
            f"{few}: {s.examples_available} are available; practitioners' articles "
            f"name {START} as a start and {COMFORTABLE:,} as comfortable"
        )
    if trained and all(not a.strata for a in trained):
        told.append(
            "no held-out evaluation: it is not known which questions resemble training pairs"
        )
    elif trained and all(set(a.strata) == {Stratum.SAME_WORDING.value} for a in trained):
        told.append("no held-out evaluation: every question was trained word for word")
    same = summary.left_out.get(TRAINED, 0)
    if same:
        told.append(say(
            "evaluating on training data: ", opened.left_out(same, TRAINED),
            " questions were trained word for word and left the headline",
        ))  # fmt: skip
    for a in trained:
        known, new = _strata(a.strata)
        if (
            min(known.whole, new.whole) >= _ENOUGH
            and (known.share or 0) - (new.share or 0) > _MEMORY_GAP
        ):
            told.append(say(
                f"overfitting: {a.name} is right on ",
                opened.trained(a, Stratum.SAME_WORDING.value),
                " questions trained with the same wording, but on ",
                opened.trained(a, Stratum.NEW_WORDING.value), " with a new wording",
            ))  # fmt: skip
    if summary.already_known.whole and (summary.already_known.share or 0) >= 0.7:
        told.append(say(
            "asking what the model knows already: it is right on ", opened.known(summary),
            " without any document, so neither method can show much gain",
        ))  # fmt: skip
    return tuple(told)


def _strata(strata: Mapping[str, Count]) -> tuple[Count, Count]:
    none = Count(0, 0)
    return (
        strata.get(Stratum.SAME_WORDING.value, none),
        strata.get(Stratum.NEW_WORDING.value, none),
    )


def not_measured(
    summary: RunSummary, forgetting: str, trainings: Sequence[Trainings] = ()
) -> tuple[str, ...]:
    """What a reader might expect and this run does not have."""
    told = []
    names = {a.name for a in summary.approaches}
    told += [f"{n} did not run" for n in ("prompt", "rag", "finetuned", "hybrid", "oracle")
             if n not in names]  # fmt: skip
    if not summary.unanswerable:
        told.append("declining: the questions hold no unanswerable one")
    if all(a.latency is None for a in summary.approaches):
        told.append("latency: no isolated timing pass")
    if all(not a.retrieval_n for a in summary.approaches):
        told.append("retrieval: no question names its source")
    if not any(a.paraphrases.whole for a in summary.approaches):
        told.append("consistency: no fact is asked in several wordings")
    if not any(a.format_ok.whole for a in summary.approaches):
        told.append("format: no question has a format check")
    if any(a.adapter for a in summary.approaches) and not forgetting:
        told.append("forgetting: not tested for this adapter")
    if any(a.adapter for a in summary.approaches) and not trainings:
        told.append(
            "spread between trainings: fine-tuned numbers are those of one adapter, and another "
            "training gives another (assistant finetune --seed 1, then assistant score again)"
        )
    if not summary.graded:
        told.append("agreement with people: no answer was graded by a person")
    return tuple(told)
