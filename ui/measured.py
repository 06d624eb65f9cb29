"""What the newest run says: the verdict, then every approach with counts and intervals."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ui.escape import escape, escape_block
from ui.words import count, share

if TYPE_CHECKING:
    from assistant.decision.recommend import GateResult, Recommendation
    from assistant.evaluation.summary import ApproachSummary, RunSummary
    from assistant.overview import RunInfo
    from assistant.workspace import Workspace

NOT_MEASURED = "not measured"


def draw_measured(workspace: "Workspace") -> None:
    """The newest run by default; older ones by choice."""
    runs = workspace.runs()
    if not runs:
        _draw_none(workspace.corpus_name)
        return
    by_id = {run.id: run for run in runs}
    chosen = st.selectbox(
        "Run", list(by_id), format_func=lambda run_id: _run_label(by_id[run_id]), key="run"
    )
    if chosen is None:
        return
    recommendation = workspace.recommendation(chosen)
    _draw_verdict(recommendation)
    st.header("Every approach on the same questions", anchor=False)
    _draw_table(workspace.summary(chosen))
    _draw_gates(recommendation.gates)


def _draw_none(corpus: str) -> None:
    st.info("Nothing has been measured yet, so there is no verdict.", icon=":material/info:")
    st.markdown("This scores every question of the corpus with every approach that is available:")
    st.code(f"assistant score --corpus {corpus}", language=None, wrap_lines=True)


def _run_label(run: "RunInfo") -> str:
    state = "" if run.finished else ", unfinished"
    return f"{run.created} · {count(run.questions, 'question')}{state} · {run.id}"


def _draw_verdict(recommendation: "Recommendation") -> None:
    st.header(f"Verdict: {escape(recommendation.verdict)}", anchor=False)
    st.markdown(escape_block(recommendation.sentence))
    st.markdown(f"Certainty: **{escape(recommendation.certainty)}**")
    if recommendation.reasons:
        st.markdown("\n".join(f"- {escape(reason)}" for reason in recommendation.reasons))
    if recommendation.flips:
        with st.expander("What would change the verdict"):
            st.markdown("\n".join(f"- {escape(flip)}" for flip in recommendation.flips))


def _draw_table(summary: "RunSummary") -> None:
    rows = [_cells(approach) for approach in summary.approaches]
    st.table({name: [row[name] for row in rows] for name in rows[0]}, hide_index=True)


def _cells(row: "ApproachSummary") -> dict[str, str]:
    return {"Approach": row.approach, "Correct": share(row.correct, row.n)}


def _draw_gates(gates: Sequence["GateResult"]) -> None:
    st.header("How the verdict was reached", anchor=False)
    for gate in gates:
        icon = ":material/check:" if gate.passed else ":material/close:"
        st.markdown(f"{icon} **{escape(gate.question)}** {escape(str(gate.value))}")
