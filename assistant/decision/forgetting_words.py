"""The forgetting check in words, each number opening the answers or texts it counts."""

from assistant.decision.said import Said, joined, opening, say
from assistant.decision.tables import Measure, Rows
from assistant.evaluation.forgetting_result import (
    ADAPTER,
    BASE,
    ForgettingResult,
    LossResult,
    PartResult,
)
from assistant.evaluation.records import Count
from assistant.scoring.statistics import Interval

FORGETTING: Measure = "forgetting"
"""The measurement its rows belong to."""


def forgetting_words(result: ForgettingResult) -> Said:
    """Every part in one clause, as gate 5 says it."""
    return joined("; ", (*map(_part, result.parts), *map(_loss, result.losses)))


def _part(p: PartResult) -> Said:
    kind = f"part:{p.name}"
    before, after = _count(BASE, kind, p.before), _count(ADAPTER, kind, p.after)
    if not p.measurable:
        return say(f"{p.name}: not measurable, base scores ", before)
    differing = Rows(ADAPTER, (kind, "counted"), (f"differs:{BASE}",), "questions", FORGETTING)
    change = opening(f"{_change(p.difference)} points", differing)
    return say(f"{p.name}: ", before, " before, ", after, " after (", change, ")")


def _loss(x: LossResult) -> Said:
    before, after = _mean(BASE, x, x.before), _mean(ADAPTER, x, x.after)
    if not x.measurable:
        return say(f"loss on {x.name}: not measurable, the base has ",
                   _mean(BASE, x, x.before, digits=1), " nats a token")  # fmt: skip
    change = opening(f"{_change(x.change)} %", _texts(ADAPTER, x))
    return say(f"loss on {x.name} ", before, " before, ", after, " after (", change, ")")


def _count(who: str, kind: str, count: Count) -> str:
    rows = Rows(who, (kind, "counted"), ("correct",), "answers", FORGETTING)
    return opening(str(count), rows) if count.whole else str(count)


def _mean(who: str, x: LossResult, value: float, digits: int = 2) -> Said:
    return opening(f"{value:.{digits}f}", _texts(who, x))


def _texts(who: str, x: LossResult) -> Rows:
    return Rows(who, (f"part:{x.part}", "loss"), (), "texts", FORGETTING)


def _change(change: Interval) -> str:
    return f"{change.estimate * 100:+.0f} ± {(change.high - change.low) / 2 * 100:.0f}"
