"""Monthly cost lines, their crossover, and how sure one can be of it.

    cost(volume) = hosting per month + refreshes x (compute + people hours x rate)
                   + volume x cost per answer

Cost per answer is tokens x price: tokens are measured, prices are an editable, dated table.
Seconds on this machine are never priced.
"""

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from importlib.resources import files
from pathlib import Path

from assistant.decision.exclusions import MINUTES_PER_EXAMPLE, USUAL_EXAMPLES
from assistant.decision.situation import Situation
from assistant.errors import UsageError
from assistant.evaluation.records import ApproachSummary

DAYS_PER_MONTH = 365.25 / 12
FACTORS = (0.5, 1.0, 2.0)
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("input_per_million",),
    ("output_per_million",),
    ("base_hosting_month", "adapter_hosting_month", "index_hosting_month"),
    ("training_gpu_hour", "indexing_gpu_hour"),
)


@dataclass(frozen=True, slots=True)
class Prices:
    """The price table, in one currency."""

    as_of: str
    currency: str
    source: str
    input_per_million: float
    output_per_million: float
    base_hosting_month: float
    adapter_hosting_month: float
    index_hosting_month: float
    training_gpu_hour: float
    training_hours_per_refresh: float
    indexing_gpu_hour: float
    indexing_hours_per_refresh: float
    indexing_hours_first: float = 0.25
    """GPU hours for the first index of everything; may be left out of a file of one's own."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """Monthly cost of one candidate as a straight line over volume."""

    name: str
    hosting: float
    refresh: float
    """Per month: refreshes x (compute + people)."""
    per_answer: float
    volume: float
    correct_share: float | None
    upfront: float = 0.0
    """Once: building what is not there yet, and the people's part of it."""

    @property
    def fixed(self) -> float:
        """What a month costs without a single question."""
        return self.hosting + self.refresh

    @property
    def monthly(self) -> float:
        """At the situation's volume."""
        return self.fixed + self.volume * self.per_answer

    @property
    def per_correct(self) -> float | None:
        """Monthly cost over correct answers; None when none are correct."""
        if not self.correct_share or not self.volume:
            return None
        return self.monthly / (self.volume * self.correct_share)


@dataclass(frozen=True, slots=True)
class Crossover:
    """The volume above which `cheaper_above` costs less than `cheaper_below`."""

    cheaper_below: str
    cheaper_above: str
    at: float | None
    """Questions a month at list prices; None: the lines do not meet."""
    low: float | None
    high: float | None
    """Range over all prices x0.5 to x2, among the scenarios where the lines meet."""
    share_without: float
    """Share of those scenarios without a crossover."""


def answer_cost(prices: Prices, prompt_tokens: int, completion_tokens: int) -> float:
    """What one answer's tokens cost at list price, in the table's currency."""
    return (
        prompt_tokens * prices.input_per_million + completion_tokens * prices.output_per_million
    ) / 1e6


def load_prices(path: Path | None = None) -> Prices:
    """The packaged price table, or a user's own.

    Raises:
        UsageError: the file is missing fields, has unknown ones, or negative prices.
    """
    if path is not None and path.exists():
        text, name = path.read_text(encoding="utf-8"), path.name
    else:
        text = files("assistant.decision").joinpath("prices.toml").read_text(encoding="utf-8")
        name = "prices.toml"
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not valid TOML: {error}", cure=f"correct {name}") from error
    return _prices(data, name)


def _prices(data: Mapping[str, object], name: str) -> Prices:
    wanted = {f.name: f.type for f in fields(Prices)}
    mistakes = [f"{key} is not known" for key in sorted(set(data) - set(wanted))]
    optional = {f.name for f in fields(Prices) if f.default is not MISSING}
    mistakes += [f"{key} is missing" for key in sorted(set(wanted) - set(data) - optional)]
    for key, value in data.items():
        if key in ("as_of", "currency", "source"):
            if not isinstance(value, str):
                mistakes.append(f"{key} must be a text")
        elif isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            mistakes.append(f"{key} = {value!r} must be 0 or more")
    if mistakes:
        raise UsageError(f"{name}: " + "; ".join(mistakes), cure=f"correct {name}, or delete it")
    return Prices(**data)  # type: ignore[arg-type]


def cost_line(approach: ApproachSummary, situation: Situation, prices: Prices) -> CostLine | None:
    """The cost line of an approach; None where its tokens were not measured."""
    if approach.prompt_tokens is None or approach.completion_tokens is None:
        return None
    retrieves = approach.recall_at_k is not None or approach.name.split("@")[0] in ("rag", "hybrid")
    trained = approach.adapter is not None
    hosting = prices.adapter_hosting_month if trained else prices.base_hosting_month
    hosting += prices.index_hosting_month if retrieves else 0.0
    compute = prices.training_gpu_hour * prices.training_hours_per_refresh if trained else 0.0
    compute += prices.indexing_gpu_hour * prices.indexing_hours_per_refresh if retrieves else 0.0
    # Checking the result takes people for a new adapter; a new index is tested by its own run.
    people = situation.people_hours_per_refresh * situation.people_rate if trained else 0.0
    refreshes = DAYS_PER_MONTH / max(situation.refresh_days, 1 / 24)
    per_answer = (
        approach.prompt_tokens * prices.input_per_million
        + approach.completion_tokens * prices.output_per_million
    ) / 1e6
    share = approach.share.estimate if approach.n else None
    return CostLine(
        approach.name, hosting, refreshes * (compute + people), per_answer,
        situation.volume_per_month, share,
        _upfront(situation, prices, retrieves=retrieves, trained=trained),
    )  # fmt: skip


def _upfront(s: Situation, prices: Prices, *, retrieves: bool, trained: bool) -> float:
    """Building once at list prices, and people's hours: checking, and examples still to write."""
    total = prices.indexing_gpu_hour * prices.indexing_hours_first if retrieves else 0.0
    if trained:
        total += prices.training_gpu_hour * prices.training_hours_per_refresh
        total += s.people_hours_per_refresh * s.people_rate
        if s.format_or_tone:  # facts come from the documents; a style has to be shown by people
            missing = max(0, USUAL_EXAMPLES - (s.examples_available or 0))
            total += missing * MINUTES_PER_EXAMPLE / 60 * s.people_rate
    return total


def meeting_point(first: CostLine, second: CostLine) -> float | None:
    """The positive volume where two lines cross; None when they do not."""
    slope = first.per_answer - second.per_answer
    if abs(slope) < 1e-15:
        return None
    volume = (second.fixed - first.fixed) / slope
    return volume if volume > 0 else None


def crossover(
    first: ApproachSummary, second: ApproachSummary, situation: Situation, prices: Prices
) -> Crossover | None:
    """Where two candidates' lines meet, over prices (and people's rate) from half to double."""
    a, b = cost_line(first, situation, prices), cost_line(second, situation, prices)
    if a is None or b is None:
        return None
    points = []
    for scenario, people in _scenarios(prices, situation):
        x, y = cost_line(first, people, scenario), cost_line(second, people, scenario)
        points.append(meeting_point(x, y) if x and y else None)
    met = sorted(p for p in points if p is not None)
    at = meeting_point(a, b)
    # Above the meeting point the flatter line is the cheaper one.
    below, above = (first, second) if a.per_answer > b.per_answer else (second, first)
    return Crossover(
        below.name, above.name, at,
        met[0] if met else None, met[-1] if met else None,
        1 - len(met) / len(points),
    )  # fmt: skip


def _scenarios(prices: Prices, situation: Situation) -> Sequence[tuple[Prices, Situation]]:
    found = []
    for factors in itertools.product(FACTORS, repeat=len(_GROUPS) + 1):
        changed: dict[str, float] = {}
        for group, factor in zip(_GROUPS, factors, strict=False):
            changed |= {name: getattr(prices, name) * factor for name in group}
        people = replace(situation, people_rate=situation.people_rate * factors[-1])
        found.append((replace(prices, **changed), people))  # type: ignore[arg-type]
    return found
