"""Cards without an answer: an approach that cannot answer yet and why, or one not asked yet."""

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from ui.cached import record
from ui.cards import draw_heading, draw_record
from ui.escape import escape
from ui.progress import running
from ui.words import duration

if TYPE_CHECKING:
    from assistant.overview import ApproachState
    from assistant.workspace import Workspace

PROGRAM = "assistant"


def draw_missing(state: "ApproachState", workspace: "Workspace") -> None:
    """Draw the card of an approach that is not available."""
    draw_heading(state.name, state.label, state.one_line)
    st.markdown(f":material/hourglass_empty: Not available: {escape(state.reason)}")
    if not state.command:
        return
    cost = f" ({duration(state.minutes)} on this machine)" if state.minutes is not None else ""
    st.markdown(f":small[This would add it{cost}:]")
    draw_command(state.command, workspace, key=f"start-{state.name}")


def draw_command(command: str, workspace: "Workspace", key: str) -> None:
    """A command to copy, and a button that runs it as a job."""
    st.code(command, language=None, wrap_lines=True)
    if running(workspace, arguments(command)[0]):
        st.markdown(":small[:material/progress_activity: Running now; see Jobs at the side]")
        return
    st.button(
        "Start now",
        key=key,
        icon=":material/play_arrow:",
        help="Runs the command above as a job. You may close this page; the job goes on.",
        on_click=_start,
        args=(command, workspace.start_job),
    )


def draw_ready(state: "ApproachState", workspace: "Workspace") -> None:
    """Draw an approach before anything was asked."""
    draw_heading(state.name, state.label, state.one_line)
    st.markdown(":small[:material/check: Ready]")
    draw_record(record(workspace, state.name))


def arguments(command: str) -> list[str]:
    """`assistant finetune --minutes 8` -> `["finetune", "--minutes", "8"]`."""
    words = shlex.split(command)
    return words[1:] if words[:1] == [PROGRAM] else words


def _start(command: str, start: Callable[[list[str]], object]) -> None:
    # Kept for the next drawing: a callback runs before the page and has nowhere to draw.
    try:
        start(arguments(command))
    except Exception as error:
        st.session_state["job_error"] = error
