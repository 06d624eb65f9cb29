"""Drafts that were accepted, and the way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.escape import escape
from ui.words import count

if TYPE_CHECKING:
    from assistant.journeys.drafting import DraftDesk
    from assistant.schema import Question

PAGE = 20
_SHOWN = "draft-accepted-shown"
Back = Callable[..., None]
"""Called with the arguments given and the id of the question."""


def draw_last(question: "Question", back: Back, arguments: tuple[Any, ...]) -> None:
    """The question accepted last, to be taken back at once."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(f"Accepted last: {escape(question.question)}", width="content")
        st.button("Take back", key="draft-back-last", icon=":material/undo:", type="tertiary",
                  help="Its line leaves the file, and the proposal is open again.",
                  shortcut="u", on_click=back, args=(*arguments, question.id))  # fmt: skip


def draw_accepted(desk: "DraftDesk", back: Back, arguments: tuple[Any, ...]) -> None:
    """Every accepted draft of the file, newest first; nothing when there is none."""
    questions = desk.accepted()
    if not questions:
        return
    with st.expander("Accepted drafts", icon=":material/checklist:", key="draft-accepted"):
        st.caption(
            f"{count(len(questions), 'draft')} in {escape(str(desk.file))}. What you take back may "
            "be proposed again; questions of your own are not listed."
        )
        shown = st.session_state.get(_SHOWN, PAGE)
        for question in questions[:shown]:
            _draw_one(question, back, arguments)
        if len(questions) > shown:
            more = min(PAGE, len(questions) - shown)
            st.button(f"Show {more} more", key="draft-accepted-more", on_click=_show_more)


def _draw_one(question: "Question", back: Back, arguments: tuple[Any, ...]) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        answer = " / ".join(question.references) if question.answerable else "to be declined"
        st.markdown(f"{escape(question.question)} :small[{escape(answer)}]", width="stretch")
        st.button("Take back", key=f"draft-back-{question.id}", icon=":material/undo:",
                  on_click=back, args=(*arguments, question.id))  # fmt: skip


def _show_more() -> None:
    st.session_state[_SHOWN] = st.session_state.get(_SHOWN, PAGE) + PAGE
