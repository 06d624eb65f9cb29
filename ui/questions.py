"""The question sets: what needs review, what a set can decide, and proposals from the documents."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.checking import draw_check
from ui.escape import clean
from ui.missing import draw_command
from ui.problems import errors_shown
from ui.proposing import draw_proposals
from ui.reviewing import draw_review

if TYPE_CHECKING:
    from assistant.journeys.questions import QuestionSet
    from assistant.overview import Status
    from assistant.workspace import Workspace

PARTS = ("Needs review", "Check", "Propose")


def draw_questions(workspace: "Workspace", status: "Status") -> None:
    """Choose a question set, then review it, check it, or add to it."""
    if status.index is None:
        st.info(
            "Nothing is indexed yet. Questions are checked against the index and proposed from "
            "it, so that comes first:",
            icon=":material/info:",
        )
        draw_command(
            f"assistant reindex --corpus {workspace.corpus_name}", workspace, key="start-reindex"
        )
        return
    chosen = _choose(workspace.pages.question_sets())
    tabs = st.tabs(PARTS, key="questions-part", on_change="rerun", bind="query-params")
    review, check, propose = tabs
    with review, errors_shown():
        if review.open:
            _draw_none(workspace) if chosen is None else draw_review(workspace, status, chosen)
    with check, errors_shown():
        if check.open:
            _draw_none(workspace) if chosen is None else draw_check(workspace, status, chosen)
    with propose, errors_shown():
        if propose.open:
            draw_proposals(workspace, status)


def _choose(sets: "tuple[QuestionSet, ...]") -> "QuestionSet | None":
    if len(sets) < 2:
        return sets[0] if sets else None
    names = [clean(one.name) for one in sets]
    chosen = st.selectbox("Question set", names, key="questions-set")
    return sets[names.index(chosen)]


def _draw_none(workspace: "Workspace") -> None:
    st.info("This corpus has no questions yet.", icon=":material/info:")
    st.markdown(
        "*Propose*, beside this, drafts some from the documents for you to accept, edit or "
        "reject; on the command line:"
    )
    st.code(f"assistant questions draft --corpus {workspace.corpus_name}", language=None)
    st.caption("Questions of your own are JSON lines or CSV in `questions/`, beside the documents.")
