"""The scores of a run: every approach with counts and intervals, the comparisons, each question."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from assistant.decision.value_tables import value_note
from assistant.decision.words import percent
from ui.cached import numbers
from ui.escape import escape
from ui.intervals import draw_intervals
from ui.matrix import draw_matrix
from ui.runs import choose_run
from ui.tables import approach_rows, contrast_rows, draw_table
from ui.words import count, model_name

if TYPE_CHECKING:
    from assistant.decision.records import Recommendation
    from assistant.evaluation.records import RunSummary
    from assistant.workspace import Workspace


def draw_scores(workspace: "Workspace", labels: Mapping[str, str]) -> None:
    """The chosen run in numbers.

    Args:
        workspace: where the runs are.
        labels: approach name -> label.
    """
    chosen = choose_run(workspace)
    if chosen is None:
        return
    summary, recommendation = numbers(workspace, chosen)
    _draw_approaches(summary, recommendation, labels)
    _draw_contrasts(summary, recommendation, labels)
    draw_matrix(workspace, summary, labels)


def _draw_approaches(
    summary: "RunSummary", recommendation: "Recommendation", labels: Mapping[str, str]
) -> None:
    st.header("Every approach on the same questions", anchor=False)
    st.caption(_evidence(summary))
    draw_intervals(summary, labels)
    values = recommendation.values
    rows = approach_rows(summary, labels, values)
    draw_table(rows, "Every approach with counts and intervals")
    notes = [escape(value_note(recommendation.wrong_costs))] if values else []
    if summary.oracle is not None:
        notes.append(
            "Oracle is given the right passages: what the model could do with perfect search. Its "
            "count here includes unanswerable questions; the verdict's first gate leaves them out."
            if summary.unanswerable
            else "Oracle is given the right passages: what the model could do with perfect search."
        )
    if summary.header.fact_coverage:
        notes.append(f"Behind every fine-tuned number: {escape(summary.header.fact_coverage)}.")
    if summary.blame is not None:
        notes.append(
            f"Where RAG is wrong: {count(summary.blame.retrieval, 'time')} the search missed the "
            f"passage, {count(summary.blame.reader, 'time')} the model misread the right one, "
            f"{count(summary.blame.unknown, 'time')} nobody knows."
        )
    if any(a.latency is not None for a in summary.approaches):
        notes.append("Times come from a separate, warm pass, one question at a time.")
    for note in notes:
        st.caption(note)


def _evidence(summary: "RunSummary") -> str:
    parts = [
        f"{summary.headline:,} of {count(summary.questions, 'question')} compared, from "
        f"{count(summary.clusters, 'cluster')} of documents; evidence: {escape(summary.evidence)}."
    ]
    left_out = [f"{n} ({escape(reason)})" for reason, n in summary.left_out.items() if n]
    if left_out:
        parts.append(f"Left out: {', '.join(left_out)}.")
    if summary.detectable is not None:
        parts.append(
            f"This many questions can show differences of {percent(summary.detectable)} or more."
        )
    model = escape(model_name(summary.header.model))
    return " ".join([*parts, f"Measured with model {model}; another model, another verdict."])


def _draw_contrasts(
    summary: "RunSummary", recommendation: "Recommendation", labels: Mapping[str, str]
) -> None:
    if not summary.contrasts:
        return
    st.header("Compared in pairs", anchor=False)
    st.caption(
        f"Each question counts for both. A difference matters from {percent(summary.margin)} on; "
        "the p values are corrected for the number of comparisons."
    )
    draw_table(contrast_rows(summary.contrasts, labels), "Differences between approaches")
    if recommendation.value_contrasts:
        st.caption("The same in value, which decides here; points are value per 100 questions.")
        draw_table(contrast_rows(recommendation.value_contrasts, labels), "Differences in value")
