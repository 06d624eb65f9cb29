"""One run as rows of text cells; every face (terminal, Markdown, CSV, HTML) draws these."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.decision.choice import candidates
from assistant.decision.costs import CostLine
from assistant.decision.records import Recommendation
from assistant.decision.words import (
    NOT_MEASURED,
    counted,
    number,
    p_value,
    percent,
    points,
    seconds,
    with_interval,
)
from assistant.evaluation.records import ApproachSummary, RunSummary


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column names and rows of cells; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def outcome_table(summary: RunSummary) -> Table:
    """Per approach: correct, abstained, confidently wrong."""
    rows = tuple(
        (
            a.label,
            counted(a.correct),
            f"{a.share.low * 100:.0f} to {a.share.high * 100:.0f} %" if a.n else NOT_MEASURED,
            str(a.abstained) if a.n else NOT_MEASURED,
            counted(a.confidently_wrong),
            str(a.unscored),
        )
        for a in summary.approaches
    )
    coverage = summary.header.fact_coverage
    note = f"Adapter: {coverage}." if coverage else ""
    columns = ("approach", "correct", "95 % interval", "abstained", "confidently wrong",
               "not scored")  # fmt: skip
    return Table("Outcomes", columns, rows, note)


def wrong_table(summary: RunSummary) -> Table:
    """Confidently wrong answers, split by kind."""
    kinds = sorted({k for a in summary.approaches for k in a.wrong_kinds})
    rows = tuple(
        (a.label, *(str(a.wrong_kinds.get(k, 0)) for k in kinds), _per_hundred(a))
        for a in summary.approaches
    )
    return Table("Confidently wrong, by kind", ("approach", *kinds, "per 100"), rows)


def _per_hundred(a: ApproachSummary) -> str:
    share = a.confidently_wrong.share
    return NOT_MEASURED if share is None else f"{share * 100:.0f}"


def contrast_table(summary: RunSummary) -> Table:
    """The planned contrasts."""
    rows = tuple(
        (
            f"{c.first} - {c.second}",
            points(c.difference),
            f"{c.wins} / {c.losses}",
            p_value(c.p_adjusted),
            c.standing,
            _needed(c.needed.questions, c.needed.capped) if c.needed else "",
        )
        for c in summary.contrasts
    )
    tests = ", ".join(sorted({c.test for c in summary.contrasts}))
    note = f"p by {tests}, Holm-adjusted over {len(rows)} planned contrasts." if rows else ""
    columns = ("contrast", "difference", "wins / losses", "p", "standing", "questions needed")
    return Table("Differences", columns, rows, note)


def _needed(questions: int, capped: bool) -> str:
    return f"{'more than' if capped else 'about'} {questions:,}"


def behaviour_table(summary: RunSummary) -> Table:
    """Format, declining, consistency, grounding."""
    rows = tuple(
        (
            a.label,
            counted(a.format_ok),
            counted(a.behaviour),
            counted(a.abstention.precision),
            counted(a.abstention.recall),
            counted(a.abstention.false_abstention),
            counted(a.paraphrases),
            f"{a.worst_kind}: {counted(a.kinds[a.worst_kind])}" if a.worst_kind else NOT_MEASURED,
        )
        for a in summary.approaches
    )
    columns = ("approach", "follows the format", "correct on format tasks", "declined rightly",
               "unanswerable declined", "answerable declined", "same outcome in all wordings",
               "worst kind")  # fmt: skip
    return Table("Behaviour", columns, rows)


def retrieval_table(summary: RunSummary) -> Table:
    """Retrieval, citations and values no passage has."""
    rows = tuple(
        (
            a.label,
            f"{percent(a.recall_at_k)} of {a.retrieval_n}" if a.retrieval_n else NOT_MEASURED,
            number(a.reciprocal_rank, digits=2),
            counted(a.citation_precision),
            counted(a.citation_coverage),
            counted(a.ungrounded),
            str(a.dropped_passages),
        )
        for a in summary.approaches
    )
    columns = ("approach", f"recall@{summary.header.passages}", "MRR", "citations that hold",
               "answers with a citation", "answers with a value no passage has",
               "passages dropped")  # fmt: skip
    return Table("Retrieval and grounding", columns, rows)


def strata_table(summary: RunSummary) -> Table:
    """Fine-tuned numbers by what was trained."""
    names = sorted({s for a in summary.approaches for s in a.strata})
    rows = tuple(
        (a.label, *(counted(a.strata[n]) if n in a.strata else NOT_MEASURED for n in names))
        for a in summary.approaches
        if a.strata
    )
    return Table("By what the adapter was trained on", ("approach", *names), rows,
                 summary.header.fact_coverage)  # fmt: skip


def kinds_table(summary: RunSummary) -> Table:
    """Correct answers by kind of question."""
    names = sorted({k for a in summary.approaches for k in a.kinds})
    rows = tuple(
        (name, *(counted(a.kinds[name]) if name in a.kinds else NOT_MEASURED
                 for a in summary.approaches))
        for name in names
    )  # fmt: skip
    return Table("By kind of question", ("kind", *(a.label for a in summary.approaches)), rows)


def latency_table(summary: RunSummary) -> Table:
    """The isolated, warm pass; tokens."""
    rows = tuple(
        (
            a.label,
            seconds(a.latency.p50 if a.latency else None),
            seconds(a.latency.p95 if a.latency else None),
            seconds(a.latency.first_token_p50 if a.latency else None),
            str(a.latency.n) if a.latency else "0",
            number(a.prompt_tokens),
            number(a.completion_tokens),
        )
        for a in summary.approaches
    )
    columns = ("approach", "p50", "p95", "first token p50", "answers timed", "prompt tokens",
               "answer tokens")  # fmt: skip
    note = "Each question alone on a warm model, on this machine; not what production would take."
    return Table("Time and tokens", columns, rows, note)


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
    columns = ("approach", "hosting", "refreshes", "per 1,000 answers", "a month",
               "per correct answer")  # fmt: skip
    return Table(f"Monthly cost in {currency}", columns, rows, f"Prices as of {as_of}.")


def _cost_row(line: CostLine) -> tuple[str, ...]:
    return (
        line.name,
        number(line.hosting, digits=2),
        number(line.refresh, digits=2),
        number(line.per_answer * 1000, digits=3),
        number(line.monthly, digits=2),
        number(line.per_correct, digits=4),
    )


def practitioner_table(summary: RunSummary, recommendation: Recommendation) -> Table:
    """The comparison practitioners draw, filled with measured values."""
    costs = {line.name: line for line in recommendation.costs}
    rows = []
    for a in candidates(summary):
        line = costs.get(a.name)
        rows.append((
            a.label,
            with_interval(a.share) if a.n else NOT_MEASURED,
            number(line.refresh if line else None, digits=2),
            number(line.per_answer * 1000 if line else None, digits=3),
            _harm(a, recommendation.wrong_costs),
            counted(a.paraphrases),
            counted(a.two_document),
            seconds(a.latency.p95 if a.latency else None),
            summary.header.fact_coverage or NOT_MEASURED if a.adapter else "none",
        ))  # fmt: skip
    columns = ("approach", "correct", "upkeep a month", "per 1,000 answers",
               f"harm per 100 (wrong {recommendation.wrong_costs:g}, declined 1)", "consistency",
               "two-document accuracy", "latency p95", "training data")  # fmt: skip
    return Table("Side by side", columns, tuple(rows))


def _harm(a: ApproachSummary, wrong_costs: float) -> str:
    """What mistakes cost per 100 questions: a declined one counts 1, a wrong one more."""
    if not a.n:
        return NOT_MEASURED
    return number((a.incorrect * wrong_costs + a.abstained) / a.n * 100)


def all_tables(
    summary: RunSummary, recommendation: Recommendation, currency: str, as_of: str
) -> Sequence[Table]:
    """Every table of the report, in order; those without rows are left out."""
    tables = [
        outcome_table(summary), wrong_table(summary), contrast_table(summary),
        gate_table(recommendation), practitioner_table(summary, recommendation),
        cost_table(recommendation, currency, as_of), behaviour_table(summary),
        retrieval_table(summary), strata_table(summary), kinds_table(summary),
        latency_table(summary),
    ]  # fmt: skip
    return [t for t in tables if t.rows]
