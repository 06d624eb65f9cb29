"""The verdict of a run: what to use, how sure that is, gate by gate, and a report to keep."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.cached import numbers
from ui.downloads import draw_downloads
from ui.forgetting import draw_forgetting
from ui.runs import choose_run
from ui.verdict import draw_gates, draw_verdict

if TYPE_CHECKING:
    from assistant.workspace import Workspace


def draw_measured(workspace: "Workspace") -> None:
    """The newest run by default; older ones by choice."""
    chosen = choose_run(workspace)
    if chosen is None:
        return
    _, recommendation = numbers(workspace, chosen)
    draw_verdict(recommendation)
    draw_gates(recommendation)
    draw_forgetting(workspace, chosen)
    draw_downloads(workspace, chosen)
    with st.expander("The same in the terminal", icon=":material/terminal:"):
        place = f" --corpus {workspace.corpus_name}"
        st.code(f"assistant recommend {chosen}{place} -o report.html", language=None)
