"""Summary and verdict on the terminal, and the report as files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.console import note, out, table
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.decision.records import Recommendation
    from assistant.decision.report import Report
    from assistant.decision.tables import Table
    from assistant.evaluation.compare import RunComparison

FACES = (".html", ".md", ".json", ".csv", ".xml")


def print_table(drawn: "Table") -> None:
    """A report table on stdout."""
    table(drawn.columns, drawn.rows, title=drawn.title)
    if drawn.note:
        out(drawn.note)


def print_summary(report: "Report") -> None:
    """Every measured table of a run."""
    from assistant.decision import table
    from assistant.decision.staleness_table import shares_table
    from assistant.decision.value_tables import value_table

    summary, r = report.summary, report.recommendation
    for made in (
        table.outcome_table(summary, r.values, r.wrong_costs), table.wrong_table(summary),
        table.contrast_table(summary), value_table(r), table.behaviour_table(summary),
        table.retrieval_table(summary), table.blame_table(summary), table.strata_table(summary),
        shares_table(summary), table.question_table(summary),
    ):  # fmt: skip
        if made.rows:
            print_table(made)
    for line in (*summary.notes, summary.staleness.line):
        if line:
            note(line)
    out(f"run {summary.header.id}: {summary.headline} questions in {summary.clusters} clusters")


def print_upkeep(report: "Report") -> None:
    """What each candidate takes to set up, run and keep up to date."""
    from assistant.decision.all_tables import cost_table, crossover_table
    from assistant.decision.practitioners import practitioner_table

    r, prices = report.recommendation, report.prices
    for made in (
        practitioner_table(report.summary, r, prices.currency),
        cost_table(r, prices.currency, prices.as_of),
        crossover_table(r),
    ):
        if made.rows:
            print_table(made)


def print_recommendation(recommendation: "Recommendation") -> None:
    """The gates in order, then the sentence."""
    for gate in recommendation.gates:
        sign = {True: "✓", False: "✗", None: "·"}[gate.passed]
        out(f"{sign} gate {gate.number}, {gate.name}: {gate.question}")
        out(f"    {gate.value}" + (f"   [threshold: {gate.threshold}]" if gate.threshold else ""))
        out(f"    -> {gate.branch}")
    if recommendation.training is not None:
        out(f"\nIs training worth trying? {recommendation.training.worth_trying}. "
            f"{recommendation.training.sentence}")  # fmt: skip
        for reason in recommendation.training.reasons:
            out(f"  - {reason}")
    for title, lines in (
        ("Why", recommendation.reasons),
        ("What would change it", recommendation.flips),
        ("Not measured", recommendation.not_measured),
        ("Classic mistakes to look at", recommendation.guard_rails),
    ):
        if lines:
            out(f"\n{title}")
            for line in lines:
                out(f"  - {line}")
    out(f"\nVerdict: {recommendation.sentence}")
    out(f"Certainty: {recommendation.certainty.value}; holds for model {recommendation.model}")


def print_comparison(comparison: "RunComparison") -> None:
    """The second run against the first, and the answers that changed."""
    from assistant.decision.words import points

    rows = [
        [name, points(c.difference), f"{c.wins} / {c.losses}", c.standing]
        for name, c in comparison.differences.items()
    ]
    table(["approach", "second minus first", "better / worse", "standing"], rows)
    out(
        f"{comparison.paired} unchanged questions compared; {comparison.edited} edited, "
        f"{comparison.only_first} only in the first, {comparison.only_second} only in the second"
    )
    if comparison.differing_ids:
        out("what differs between the runs: " + ", ".join(comparison.differing_ids))
    for title, changed in (("worse", comparison.got_worse), ("better", comparison.got_better)):
        for one in changed:
            out(f"{title}: {one.question_id} {one.approach}: {one.before} -> {one.after}")
            out(f"    {one.answer_before!r} -> {one.answer_after!r}")


def check_outputs(outputs: tuple[Path, ...]) -> None:
    """Refuse an unknown kind of file before any work is done.

    Raises:
        UsageError: naming the kinds that can be written.
    """
    for path in outputs:
        if path.suffix not in FACES:
            raise UsageError(
                f"cannot write a report as {path.suffix or path.name!r}, expected "
                + ", ".join(FACES),
                "-o report.md",
            )


def write_outputs(report: "Report", outputs: tuple[Path, ...], *, target: float = 0.80) -> None:
    """Write the report in the form each file name asks for.

    Args:
        report: what to write.
        outputs: checked by `check_outputs`.
        target: share correct that is good enough, drawn into the charts.
    """
    from assistant.decision.html_report import to_html
    from assistant.decision.report import to_csv, to_json, to_junit, to_markdown

    faces: dict[str, Callable[[Report], str]] = {
        ".html": partial(to_html, target=target),
        ".md": to_markdown,
        ".json": to_json,
        ".csv": to_csv,
        ".xml": to_junit,
    }
    for path in outputs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(faces[path.suffix](report), encoding="utf-8")
        note(f"wrote {path}")
