"""One run, many faces: Markdown, JSON, CSV, JUnit. Text of documents and models stays text."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from assistant.decision.all_tables import all_tables
from assistant.decision.behind import Behind, Known, look_behind
from assistant.decision.beside import Marked, mark_beside
from assistant.decision.costs import Prices, load_prices
from assistant.decision.curve_words import CURVE
from assistant.decision.learning_chart import curve_table
from assistant.decision.provenance import provenance_table
from assistant.decision.records import Recommendation
from assistant.decision.tables import Measure, Table
from assistant.evaluation.codec import json_data
from assistant.evaluation.learning_curve import Curve
from assistant.evaluation.records import RunSummary
from assistant.evaluation.scored import ScoredAnswer
from assistant.schema import Outcome

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")

NOTHING_ELSE = Known()
CURVE_COMMAND = "assistant finetune --curve"


@dataclass(frozen=True, slots=True)
class Report:
    """All a face needs; made without any model."""

    summary: RunSummary
    recommendation: Recommendation
    scored: tuple[ScoredAnswer, ...]
    prices: Prices
    rule_error: str
    """The rule's own error rate on answers graded by hand, in words."""
    behind: Behind
    """What every number opens."""
    curve: Curve | None = None
    """Whether more data or training time would pay, where that was measured."""
    curve_command: str = ""
    """Measures the curve again."""
    beside: Mapping[Measure, tuple[Marked, ...]] = field(default_factory=dict)
    """What the numbers of the forgetting check and of the curve open, where that was kept."""

    @property
    def tables(self) -> Sequence[Table]:
        """Every table, in order."""
        found = all_tables(
            self.summary, self.recommendation, self.prices.currency, self.prices.as_of
        )
        if self.curve is None:
            return found
        return [*found, curve_table(self.curve, "" if CURVE in self.beside else self.curve_command)]


def make_report(
    summary: RunSummary,
    recommendation: Recommendation,
    scored: Sequence[ScoredAnswer],
    *,
    prices: Prices | None = None,
    rule_error: str = "",
    known: Known = NOTHING_ELSE,
    curve: Curve | None = None,
    curve_command: str = CURVE_COMMAND,
) -> Report:
    """Put a report together.

    Args:
        summary: the run in numbers.
        recommendation: its verdict.
        scored: its answers.
        prices: what costs were made with; default: the packaged table.
        rule_error: the rule's error rate, in words.
        known: what is known about the run beside its answers.
        curve: the learning curve of the corpus, if one was measured.
        curve_command: measures it again.
    """
    return Report(
        summary, recommendation, tuple(scored), prices or load_prices(), rule_error,
        look_behind(summary, recommendation, scored, known), curve, curve_command,
        mark_beside(known.forgetting, curve, known.curve),
    )  # fmt: skip


def to_markdown(report: Report) -> str:
    """The report as Markdown."""
    r = report.recommendation
    parts = ["# RAG or fine-tune? The verdict", "", f"**{_cell(r.sentence)}**", ""]
    parts += [f"Certainty: {r.certainty.value}. Holds for model `{_cell(r.model)}`.", ""]
    if r.training:
        parts += [f"Is training worth trying? **{r.training.worth_trying}.** "
                  f"{_cell(r.training.sentence)}", ""]  # fmt: skip
    for title, items in (
        ("Why", r.reasons), ("What would change it", r.flips), ("Not measured", r.not_measured),
        ("Classic mistakes to look at", r.guard_rails),
    ):  # fmt: skip
        if items:
            parts += [f"## {title}", "", *(f"- {_cell(item)}" for item in items), ""]
    for table in report.tables:
        parts += [f"## {table.title}", "", table_markdown(table), ""]
    origin = provenance_table(report.summary, report.rule_error)
    parts += [f"## {origin.title}", "", table_markdown(origin), ""]
    return "\n".join(parts)


def table_markdown(table: Table) -> str:
    """A table as Markdown."""
    lines = [
        "| " + " | ".join(map(_cell, table.columns)) + " |",
        "|" + "---|" * len(table.columns),
        *("| " + " | ".join(map(_cell, row)) + " |" for row in table.rows),
    ]
    if table.note:
        lines += ["", _cell(table.note)]
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Text that cannot end a cell, start markup or carry HTML."""
    plain = _CONTROL.sub("", " ".join(text.split()))
    plain = plain.replace("\\", "\\\\").replace("&", "&amp;")
    plain = plain.replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([|`*_\[\]])", r"\\\1", plain)


def to_data(report: Report) -> dict[str, Any]:
    """The report as JSON data: summary, recommendation, and one entry an answer."""
    return {
        "verdict": report.recommendation.verdict.value,
        "sentence": report.recommendation.sentence,
        "recommendation": json_data(report.recommendation),
        "summary": json_data(report.summary),
        "prices": json_data(report.prices),
        "rule_error": report.rule_error,
        "answers": [answer_row(row) for row in report.scored],
    }


def to_json(report: Report) -> str:
    """The report as JSON text."""
    return json.dumps(to_data(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def answer_row(row: ScoredAnswer) -> dict[str, Any]:
    """One answer with its score, flat."""
    return {
        "question_id": row.question.id,
        "question": row.question.question,
        "kind": row.question.kind,
        "references": list(row.question.references),
        "approach": row.answer.approach,
        "answer": row.answer.text,
        "outcome": row.score.outcome.value if row.score.outcome else None,
        "explanation": row.score.explanation,
        "wrong_kind": row.score.wrong_kind.value if row.score.wrong_kind else None,
        "graded": row.score.graded,
        "sources": [p.chunk.source for p in row.answer.passages],
        "error": row.answer.error,
    }


def to_csv(report: Report) -> str:
    """One line an answer. Cells that a spreadsheet would run as a formula are quoted with '."""
    text = io.StringIO()
    rows = [answer_row(row) for row in report.scored]
    names = list(rows[0]) if rows else ["question_id"]
    writer = csv.DictWriter(text, fieldnames=names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _csv_cell(value) for name, value in row.items()})
    return text.getvalue()


def _csv_cell(value: Any) -> str:
    if isinstance(value, list):
        value = " | ".join(map(str, value))
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def to_junit(report: Report) -> str:
    """One suite an approach, one case a question: for continuous integration."""
    root = ElementTree.Element("testsuites", name=f"run {report.summary.header.id}")
    by_approach: dict[str, list[ScoredAnswer]] = {}
    for row in report.scored:
        by_approach.setdefault(row.answer.approach, []).append(row)
    for approach, rows in by_approach.items():
        failures = sum(r.score.outcome in (Outcome.INCORRECT, Outcome.ABSTAINED) for r in rows)
        skipped = sum(r.score.outcome is None and not r.answer.error for r in rows)
        errors = sum(bool(r.answer.error) for r in rows)
        suite = ElementTree.SubElement(
            root, "testsuite", name=_xml(approach), tests=str(len(rows)), failures=str(failures),
            errors=str(errors), skipped=str(skipped),
        )  # fmt: skip
        for row in rows:
            _case(suite, row)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ElementTree.Element, row: ScoredAnswer) -> None:
    name = _xml(f"{row.question.id}: {row.question.question}")
    case = ElementTree.SubElement(suite, "testcase", classname=_xml(row.answer.approach), name=name)
    message = _xml(row.score.explanation)
    if row.answer.error:
        ElementTree.SubElement(case, "error", message=_xml(row.answer.error))
    elif row.score.outcome is None:
        ElementTree.SubElement(case, "skipped", message=message)
    elif not row.score.correct:
        failure = ElementTree.SubElement(
            case, "failure", message=message, type=row.score.outcome.value
        )
        failure.text = _xml(f"answer: {row.answer.text}")


def _xml(text: str) -> str:
    """Text without the characters XML 1.0 forbids."""
    return _CONTROL.sub("", text)
