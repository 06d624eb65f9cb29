"""The comparison practitioners draw on a whiteboard, filled with measured values.

One row an aspect, one column a candidate. Seconds are of this machine and its model; money comes
from the price table. What nobody measured says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.decision import opened
from assistant.decision.choice import candidates
from assistant.decision.costs import CostLine
from assistant.decision.effort import Effort
from assistant.decision.exclusions import base_name
from assistant.decision.records import Recommendation
from assistant.decision.said import opening
from assistant.decision.tables import Rows, Table
from assistant.decision.words import (
    NOT_MEASURED,
    lasting,
    money,
    seconds,
)
from assistant.evaluation.records import ApproachSummary, RunSummary

NOTE = (
    "Seconds were taken on this machine with the model of this run; money is tokens and the price "
    "table, never these seconds. A changed document is one reindex, or pairs and training anew."
)


@dataclass(frozen=True, slots=True)
class _Column:
    """What a row may ask about one candidate."""

    approach: ApproachSummary
    line: CostLine | None
    effort: Effort
    summary: RunSummary

    @property
    def base(self) -> str:
        return base_name(self.approach.name)

    @property
    def retrieves(self) -> bool:
        return self.base in ("rag", "hybrid")

    @property
    def trained(self) -> bool:
        return self.approach.adapter is not None


def practitioner_table(
    summary: RunSummary, recommendation: Recommendation, currency: str = ""
) -> Table:
    """The table, transposed: aspects down, candidates across."""
    lines = {line.name: line for line in recommendation.costs}
    columns = [
        _Column(a, lines.get(a.name), recommendation.effort, summary) for a in candidates(summary)
    ]
    if not columns:
        return Table("Side by side", ("aspect",), ())
    rows = tuple((name, *(say(c) for c in columns)) for name, say in _rows(currency))
    return Table("Side by side", ("aspect", *(c.approach.label for c in columns)), rows, NOTE)


def _rows(currency: str) -> Sequence[tuple[str, Callable[[_Column], str]]]:
    unit = f", {currency}" if currency else ""
    return (
        ("correct", lambda c: opened.right_share(c.approach)),
        ("consistency: same outcome in all wordings", lambda c: opened.wordings(c.approach)),
        ("consistency of form: follows the format", lambda c: opened.form_kept(c.approach)),
        ("two-document accuracy", lambda c: opened.two_documents(c.approach)),
        ("latency p50 / p95", _latency),
        (f"upfront cost{unit}", lambda c: money(c.line.upfront if c.line else None)),
        ("set-up time here", _setup),
        ("data needed", _data),
        (f"cost per 1,000 answers{unit}",
         lambda c: _priced(c, c.line.per_answer * 1000 if c.line else None)),
        (f"cost per correct answer{unit}",
         lambda c: _priced(c, c.line.per_correct if c.line else None)),
        (f"upkeep a month{unit}", lambda c: money(c.line.refresh if c.line else None)),
        ("time to reflect one changed document", _flexibility),
        ("tied to the base model", _tied),
    )  # fmt: skip


def _priced(c: _Column, amount: float | None) -> str:
    return opened.priced(c.approach.name, amount)


def _latency(c: _Column) -> str:
    found = c.approach.latency
    if found is None:
        return NOT_MEASURED
    text = f"{seconds(found.p50)} / {seconds(found.p95)}"
    return opening(text, Rows(c.approach.name, ("timed",)))


def _setup(c: _Column) -> str:
    parts = []
    if c.retrieves:
        build = c.effort.build
        parts.append(
            f"index {lasting(build.seconds)} ({build.documents:,} documents)"
            if build
            else f"index {NOT_MEASURED}"
        )
    if c.trained:
        parts.append(_training(c.effort))
    return "; ".join(parts) or "nothing to build"


def _training(effort: Effort) -> str:
    work = effort.training
    if work is None:
        return f"training {NOT_MEASURED}"
    pairs = f"pairs {lasting(work.pair_seconds)}, " if work.pair_seconds is not None else ""
    tokens = f" ({work.tokens / 1000:,.0f} thousand tokens)" if work.tokens else ""
    return f"{pairs}training {lasting(work.seconds)}{tokens}"


def _data(c: _Column) -> str:
    parts = ["documents"] if c.retrieves else []
    if c.trained:
        work = c.effort.training
        made = f"{work.pairs:,} pairs made from them, " if work and work.pairs else ""
        parts.append(f"{made}{c.summary.header.fact_coverage or f'facts {NOT_MEASURED}'}")
    return "; ".join(parts) or "none"


def _flexibility(c: _Column) -> str:
    parts = []
    if c.retrieves:
        update = c.effort.update
        parts.append(
            f"{lasting(update.seconds)} (reindex of {update.touched:,} changed "
            f"{'document' if update.touched == 1 else 'documents'})"
            if update
            else f"reindex {NOT_MEASURED}"
        )
    if c.trained:
        work = c.effort.training
        parts.append(f"{lasting(work.total)} (retrain)" if work else f"retrain {NOT_MEASURED}")
        part = c.effort.delta
        if part:
            facts = "fact" if part.delta_facts == 1 else "facts"
            parts.append(f"{lasting(part.total)} (only the {part.delta_facts:,} changed {facts})")
    return "; ".join(parts) or "knows no documents"


def _tied(c: _Column) -> str:
    if not c.trained:
        return "no: any model can be put in its place"
    work = c.effort.training
    model = c.summary.header.model
    cost = f"a retrain of {lasting(work.total)}" if work else f"a retrain ({NOT_MEASURED})"
    return f"tied to {model}; swapping costs {cost}"
