"""The report of a run to take away: one page to share, or data."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from assistant.decision.report import Report
    from assistant.workspace import Workspace

FACES = {
    # name: (file ending, media type, what it is good for)
    "HTML": ("html", "text/html", "One page that opens anywhere, with charts and every answer."),
    "Markdown": ("md", "text/markdown", "For a wiki or a pull request."),
    "CSV": ("csv", "text/csv", "One line an answer, for a spreadsheet."),
    "JSON": ("json", "application/json", "Everything, for a program."),
}


def draw_downloads(workspace: "Workspace", run: str) -> None:
    """A button a face; the file is only made when it is asked for."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("**Download the report**")
        for name, (ending, media, use) in FACES.items():
            st.download_button(
                name,
                partial(made, workspace, run, name),
                file_name=f"report-{run}.{ending}",
                mime=media,
                key=f"download-{name}",
                icon=":material/download:",
                help=use,
                on_click="ignore",
            )


def made(workspace: "Workspace", run: str, face: str) -> str:
    """The report of `run` as text of one of `FACES`."""
    from assistant.decision.html_report import to_html
    from assistant.decision.report import to_csv, to_json, to_markdown

    faces: dict[str, Callable[[Report], str]] = {
        "HTML": to_html,
        "Markdown": to_markdown,
        "CSV": to_csv,
        "JSON": to_json,
    }
    return faces[face](workspace.report(run))
