"""Numbers as people read them, the same in every report."""

from assistant.evaluation.records import Count
from assistant.scoring.planning import Needed
from assistant.scoring.statistics import Interval

NOT_MEASURED = "not measured"


def percent(share: float | None) -> str:
    """`78 %`; `not measured` for None."""
    return NOT_MEASURED if share is None else f"{share * 100:.0f} %"


def with_interval(interval: Interval) -> str:
    """`78 % (62 to 88)`."""
    if interval.n == 0:
        return NOT_MEASURED
    return (
        f"{interval.estimate * 100:.0f} % ({interval.low * 100:.0f} to {interval.high * 100:.0f})"
    )


def points(interval: Interval) -> str:
    """A difference: `+31 points (24 to 38)`."""
    if interval.n == 0:
        return NOT_MEASURED
    return (
        f"{interval.estimate * 100:+.0f} points "
        f"({interval.low * 100:+.0f} to {interval.high * 100:+.0f})"
    )


def counted(count: Count) -> str:
    """`31 of 40 (78 %)`."""
    return f"{count} ({percent(count.share)})" if count.whole else NOT_MEASURED


def number(value: float | None, unit: str = "", digits: int = 0) -> str:
    """`1,200 ms`; `not measured` for None."""
    if value is None:
        return NOT_MEASURED
    return f"{value:,.{digits}f}{f' {unit}' if unit else ''}"


def money(value: float | None) -> str:
    """`1,240`, `12.05`, `0.0532`, `0.000049`: small amounts keep two digits that tell something."""
    if value is None:
        return NOT_MEASURED
    digits = 0 if value >= 1000 else 2 if value >= 0.1 or value == 0 else 4 if value > 0.001 else 6
    return f"{value:,.{digits}f}"


def rough(value: float) -> str:
    """A large number in two digits that tell something: `740`, `26,000`, `6.2 million`."""
    value = float(f"{value:.2g}")
    if value < 1e6:
        return f"{value:,.0f}"
    return f"{value / 1e6:,.{0 if value >= 1e7 else 1}f} million"


def seconds(value: float | None) -> str:
    """`0.42 s`."""
    return NOT_MEASURED if value is None else f"{value:.2f} s"


def lasting(value: float | None) -> str:
    """`0.6 s`, `41 s`, `3.8 min`, `1.2 h`."""
    if value is None:
        return NOT_MEASURED
    if value < 10:
        return f"{value:.1f} s"
    if value < 120:
        return f"{value:.0f} s"
    return f"{value / 60:.1f} min" if value < 7200 else f"{value / 3600:.1f} h"


def needed_words(needed: Needed | None) -> str:
    """`about 310` questions; empty where nothing has to be settled."""
    return f"{'more than' if needed.capped else 'about'} {needed.questions:,}" if needed else ""


def p_value(p: float) -> str:
    """`< 0.001` or `0.034`."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def answers_not_stored(command: str) -> str:
    """Why the numbers of an older measurement open nothing, and what mends that."""
    return f"the answers were not stored when this was measured: measure again with `{command}`"
