"""What a situation rules out, whatever the scores say."""

from collections.abc import Iterator, Sequence

from assistant.decision.situation import Situation
from assistant.evaluation.records import ApproachSummary

LEAST_EXAMPLES = 50
USUAL_EXAMPLES = 500
"""What practitioners' articles name as a start for teaching a format or tone."""
MINUTES_PER_EXAMPLE = 4
HOURS_PER_DAY = 6


def base_name(name: str) -> str:
    """`rag@other-model` -> `rag`."""
    return name.split("@", 1)[0]


def exclusions(approaches: Sequence[ApproachSummary], s: Situation) -> list[tuple[str, str]]:
    """(approach, why) for each approach the situation rules out."""
    found = []
    for a in approaches:
        reasons = [*_by_kind(base_name(a.name), s), *_by_measurement(a, s)]
        if reasons:
            found.append((a.name, "; ".join(reasons)))
    return found


def _by_kind(base: str, s: Situation) -> Iterator[str]:
    trained = base in ("finetuned", "hybrid")
    if s.sources_required and base not in ("rag", "hybrid"):
        yield "answers must show their sources"
    if base == "finetuned" and s.refresh_days < s.retrain_days:
        yield (
            f"facts change every {s.refresh_days:g} days, retraining takes place every "
            f"{s.retrain_days:g}"
        )
    if trained:
        yield from _by_training(s)


def _by_training(s: Situation) -> Iterator[str]:
    if s.access_rights:
        yield "weights cannot keep documents from readers without access"
    if not s.can_serve_weights:
        yield "there is nowhere to serve an adapter"
    if not s.can_train:
        yield "there is nobody to train and check an adapter"
    if s.examples_available is None:
        return
    if s.examples_available < LEAST_EXAMPLES:
        yield f"{s.examples_available} reviewed examples, at least {LEAST_EXAMPLES}"
    if s.format_or_tone and s.deadline_days is not None:
        # The facts come from the documents; a house style has to be shown by people.
        missing = max(0, USUAL_EXAMPLES - s.examples_available)
        days = missing * MINUTES_PER_EXAMPLE / 60 / HOURS_PER_DAY
        if days > s.deadline_days:
            yield (
                f"writing {missing} more examples takes about {days:.0f} days at "
                f"{MINUTES_PER_EXAMPLE} minutes each, the deadline is in {s.deadline_days:g}"
            )


def _by_measurement(a: ApproachSummary, s: Situation) -> Iterator[str]:
    if s.latency_seconds is not None and a.latency and a.latency.p95 > s.latency_seconds:
        yield f"p95 {a.latency.p95:.1f} s, limit {s.latency_seconds:g} s"
    if not s.may_leave and a.different_model and ":" in a.name:
        yield "texts may not be sent to a model served by someone else"
