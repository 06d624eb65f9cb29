"""Which run is looked at: the newest by default, the same one on every page that shows runs."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.missing import draw_command
from ui.words import count, when

if TYPE_CHECKING:
    from assistant.overview import RunInfo
    from assistant.workspace import Workspace


def choose_run(workspace: "Workspace") -> str | None:
    """Draw the choice of runs, or how to make the first one.

    Returns:
        The id of a run; None when there is none.
    """
    runs = workspace.runs()
    if not runs:
        _draw_none(workspace)
        return None
    by_id = {run.id: run for run in runs}
    kept = f"chosen-run-{workspace.corpus_name}"  # a widget forgets while its page is closed
    before = st.session_state.get(kept)
    chosen: str | None = st.selectbox(
        "Run",
        list(by_id),
        index=list(by_id).index(before) if before in by_id else 0,
        format_func=lambda run_id: _run_label(by_id[run_id]),
        key=f"run-{workspace.corpus_name}",
    )
    st.session_state[kept] = chosen
    return chosen


def _draw_none(workspace: "Workspace") -> None:
    st.info("Nothing has been measured yet, so there is no verdict.", icon=":material/info:")
    if not workspace.questions():
        st.markdown(
            "This corpus has no questions with references to measure with. The page *Questions* "
            "proposes some from the documents, for you to accept, edit or reject; so does:"
        )
        st.code(f"assistant questions draft --corpus {workspace.corpus_name}", language=None)
        return
    st.markdown("This scores the questions of the corpus with every approach that is available:")
    draw_command(f"assistant score --corpus {workspace.corpus_name}", workspace, key="start-score")


def _run_label(run: "RunInfo") -> str:
    state = "" if run.finished else ", unfinished"
    return f"{when(run.created)} · {count(run.questions, 'question')}{state} · {run.id}"
