"""Every table of a report, in the order a reader needs them."""

from collections.abc import Sequence

from assistant.decision import opened, table
from assistant.decision.costs import CostLine, Crossover
from assistant.decision.practitioners import practitioner_table
from assistant.decision.records import Recommendation
from assistant.decision.situation import NAMES, Situation
from assistant.decision.staleness_table import staleness_tables
from assistant.decision.tables import Table
from assistant.decision.value_tables import value_table
from assistant.decision.words import money
from assistant.evaluation.records import RunSummary


def gate_table(recommendation: Recommendation) -> Table:
    """Each gate's question, value, threshold and branch."""
    rows = tuple(
        (f"{g.number} {g.name}", g.question, g.value, g.threshold, g.branch)
        for g in recommendation.gates
    )
    return Table("Gates", ("gate", "question", "value", "threshold", "branch"), rows)


def cost_table(recommendation: Recommendation, currency: str, as_of: str) -> Table:
    """Monthly cost lines."""
    rows = tuple(_cost_row(line) for line in recommendation.costs)
    columns = ("approach", "once", "hosting a month", "refreshes a month", "per 1,000 answers",
               "a month", "per correct answer")  # fmt: skip
    said = recommendation.situation.said("volume_per_month")
    note = f"Prices as of {as_of}; {said} questions a month. Tokens are measured, prices are not."
    return Table(f"Monthly cost in {currency}", columns, rows, note)


def _cost_row(line: CostLine) -> tuple[str, ...]:
    return (
        line.name,
        money(line.upfront),
        money(line.hosting),
        money(line.refresh),
        opened.priced(line.name, line.per_answer * 1000),
        opened.priced(line.name, line.monthly),
        opened.priced(line.name, line.per_correct),
    )


def crossover_table(recommendation: Recommendation) -> Table:
    """Where any two cost lines meet."""
    meeting = [c for c in recommendation.crossovers if c.low is not None]
    apart = [c for c in recommendation.crossovers if c.low is None]
    columns = ("cheaper below", "cheaper above", "meet at questions a month",
               "over prices x0.5 to x2", "scenarios where they never meet")  # fmt: skip
    note = "; ".join(f"{c.cheaper_below} and {c.cheaper_above}" for c in apart)
    if note:
        note = f"At no volume, at half or double prices, do the lines meet of: {note}."
    rows = tuple(_crossover_row(c) for c in meeting)
    return Table("Crossovers", columns, rows or (("none", "", "", "", "100 %"),), note)


def _crossover_row(c: Crossover) -> tuple[str, ...]:
    spread = f"{c.low:,.0f} to {c.high:,.0f}" if c.low is not None and c.high is not None else ""
    return (
        c.cheaper_below,
        c.cheaper_above,
        f"{c.at:,.0f}" if c.at is not None else "not at list prices",
        spread,
        f"{c.share_without * 100:.0f} %",
    )


def situation_table(situation: Situation) -> Table:
    """Everything the verdict supposes about the user; what nobody said is marked."""
    rows = tuple((name.replace("_", " "), situation.said(name)) for name in NAMES)
    note = "What is assumed can be said in situation.toml; `assistant init` writes a template."
    return Table("Your situation", ("what", "value"), rows, note)


def all_tables(
    summary: RunSummary, recommendation: Recommendation, currency: str, as_of: str
) -> Sequence[Table]:
    """Every table of the report, in order; those without rows are left out."""
    tables = [
        gate_table(recommendation),
        table.outcome_table(summary, recommendation.values, recommendation.wrong_costs),
        table.wrong_table(summary), table.contrast_table(summary), value_table(recommendation),
        practitioner_table(summary, recommendation, currency),
        cost_table(recommendation, currency, as_of), crossover_table(recommendation),
        table.behaviour_table(summary), table.retrieval_table(summary),
        table.blame_table(summary), table.strata_table(summary), table.kinds_table(summary),
        table.latency_table(summary), *staleness_tables(summary), table.question_table(summary),
        situation_table(recommendation.situation),
    ]  # fmt: skip
    return [t for t in tables if t.rows]
