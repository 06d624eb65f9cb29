"""What a question set can decide, and what to correct in it first."""

import shlex
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from ui.escape import escape, sentence
from ui.words import count, share

if TYPE_CHECKING:
    from assistant.evaluation.question_check import FindingGroup, QuestionCheck
    from assistant.journeys.questions import QuestionSet
    from assistant.overview import Status
    from assistant.workspace import Workspace

MOST_GROUPS, MOST_IDS, MOST_PROPOSALS = 5, 5, 2
_SIGNS = {
    "error": ":red[:material/error: **Error**]",
    "warning": ":orange[:material/warning: **Warning**]",
    "note": ":material/info: **Note**",
}


def draw_check(workspace: "Workspace", status: "Status", chosen: "QuestionSet") -> None:
    """The findings of `assistant questions check`, in short."""
    found: QuestionCheck = _checked(
        workspace, str(workspace.home), workspace.corpus_name, status.index or "", chosen.stamp,
        chosen,
    )  # fmt: skip
    st.header("What this set can decide", anchor=False)
    st.markdown(f"{escape(sentence(found.line))}.")
    st.caption(
        "A cluster is the questions that rest on the same documents; they are not independent. "
        f"Unanswerable: {share(found.unanswerable, found.questions)}, which measures declining."
    )
    groups = found.groups
    if not groups:
        st.markdown(":material/check_circle: Nothing to correct was found.")
        return
    st.header("To look at", anchor=False)
    if found.errors:
        st.caption(f"{count(found.errors, 'error')} to correct before a score means anything.")
    for _, same in groupby(groups, key=lambda group: (group.severity, group.kind)):
        _draw_kind(list(same))
    st.caption(
        "What the documents do not say any more is decided under *Needs review*. On a terminal, "
        "with every finding:"
    )
    file = f" {shlex.quote(str(chosen.file))}" if chosen.file else ""
    st.code(
        f"assistant questions check{file} --corpus {workspace.corpus_name}",
        language=None,
        wrap_lines=True,
    )


@st.cache_resource(  # type: ignore[untyped-decorator]
    show_spinner="Checking the questions against the documents", max_entries=8
)
def _checked(
    _workspace: "Workspace",
    home: str,
    corpus: str,
    index: str,
    stamp: str,
    _chosen: "QuestionSet",
) -> "QuestionCheck":
    return _workspace.pages.check(_chosen.file)


def _draw_kind(groups: "Sequence[FindingGroup]") -> None:
    first = groups[0]
    number = sum(len(group.question_ids) for group in groups)
    with st.container(border=True, gap="xsmall"):
        many = f" ({count(number, 'question')})" if number else ""
        st.markdown(f"{_SIGNS[first.severity]} · {escape(first.kind)}{many}")
        for group in groups[:MOST_GROUPS]:
            ids = ", ".join(group.question_ids[:MOST_IDS])
            ids += ", ..." if len(group.question_ids) > MOST_IDS else ""
            where = f" · :small[{escape(ids)}]" if ids else ""
            st.markdown(f"{escape(sentence(group.message))}{where}")
        if len(groups) > MOST_GROUPS:
            st.caption(f"and {len(groups) - MOST_GROUPS:,} more like these")
        proposals = dict.fromkeys(p for group in groups for p in group.proposals)
        for proposal in list(proposals)[:MOST_PROPOSALS]:
            st.caption(f"Try: {escape(proposal)}")
