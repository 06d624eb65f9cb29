"""Tables of a run: counts first, then shares; what nobody measured says so."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.decision.opened import valued
from assistant.decision.words import NOT_MEASURED, counted, p_value, percent, seconds
from ui.escape import escape

if TYPE_CHECKING:
    from assistant.evaluation.records import ApproachSummary, Contrast, RunSummary
    from assistant.scoring.statistics import Interval

Row = Mapping[str, str]


def draw_table(rows: Sequence[Row], what: str) -> None:
    """A plain table, readable by screen readers; its cells are markdown, so escaped before.

    Args:
        rows: column title -> cell, the same columns in each.
        what: one line for those who cannot see it.
    """
    if rows:
        columns = {title: [row[title] for row in rows] for title in rows[0]}
        st.table(columns, border="horizontal", hide_index=True, alt=what)


def approach_rows(
    summary: "RunSummary", labels: Mapping[str, str], values: "Mapping[str, Interval]"
) -> list[Row]:
    """One row an approach, in the order of the run.

    Args:
        summary: the run.
        labels: approach name -> label.
        values: candidate -> mean value of an answer, where a wrong one has a cost; else empty.
    """
    return [_approach_row(a, labels, values) for a in summary.approaches]


def contrast_rows(contrasts: "Sequence[Contrast]", labels: Mapping[str, str]) -> list[Row]:
    """One row a planned comparison."""
    return [_contrast_row(c, labels) for c in contrasts]


def _approach_row(
    row: "ApproachSummary", labels: Mapping[str, str], values: "Mapping[str, Interval]"
) -> Row:
    latency = row.latency
    value = {"Value per 100": valued(row, values)} if values else {}
    return {
        "Approach": f"**{escape(labels.get(row.name, row.label))}**"
        + (" different model" if row.different_model else ""),
        "Correct": counted(row.correct),
        "95 % interval": _range(row.share) if row.correct.whole else NOT_MEASURED,
        "Confidently wrong": counted(row.confidently_wrong),
        **value,
        "Abstained": str(row.abstained),
        "Not scored": str(row.unscored),
        "Median time": seconds(latency.p50 if latency else None),
        "95 % within": seconds(latency.p95 if latency else None),
    }


def _contrast_row(row: "Contrast", labels: Mapping[str, str]) -> Row:
    needed = row.needed
    more = "" if needed is None else f"{'over ' if needed.capped else ''}{needed.questions:,}"
    return {
        "Comparison": f"{_name(row.first, labels)} against {_name(row.second, labels)}",
        "Difference": f"{_points(row.difference.estimate)} points",
        "95 % interval": f"{_points(row.difference.low)} to {_points(row.difference.high)}",
        "Won, lost": f"{row.wins}, {row.losses}",
        "p": escape(p_value(row.p_adjusted)),
        "Standing": f"**{escape(row.standing)}**",
        "Questions needed": more or "enough",
    }


def _name(approach: str, labels: Mapping[str, str]) -> str:
    return escape(labels.get(approach, approach))


def _range(interval: "Interval") -> str:
    return f"{percent(interval.low)} to {percent(interval.high)}"


def _points(share: float) -> str:
    return f"{100 * share:+.0f}".replace("-", "\N{MINUS SIGN}")
