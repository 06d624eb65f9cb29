"""Numbers of runs, read again at most every half minute: scoring a run takes seconds.

Runs do not change once finished, but a person may grade answers meanwhile.
"""

from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.decision.costs import Prices
    from assistant.decision.records import Recommendation
    from assistant.evaluation.records import RunSummary
    from assistant.evaluation.scored import ScoredAnswer
    from assistant.overview import Record
    from assistant.workspace import Workspace

FRESH_SECONDS = 30


def record(workspace: "Workspace", approach: str) -> "Record | None":
    """How often `approach` was right in the newest run; None without one."""
    found: Record | None = _record(workspace, str(workspace.home), workspace.corpus_name, approach)
    return found


def record_for(workspace: "Workspace", question: str, approach: str) -> "Record | None":
    """The same for a free question, with an expectation where similar questions allow one."""
    found: Record | None = _record_for(
        workspace, str(workspace.home), workspace.corpus_name, question, approach
    )
    return found


def numbers(workspace: "Workspace", run_id: str) -> "tuple[RunSummary, Recommendation]":
    """Summary and verdict of a run."""
    found: tuple[RunSummary, Recommendation] = _numbers(
        workspace, str(workspace.home), workspace.corpus_name, run_id
    )
    return found


def scored(workspace: "Workspace", run_id: str) -> "tuple[ScoredAnswer, ...]":
    """Every scored answer of a run."""
    found: tuple[ScoredAnswer, ...] = _scored(
        workspace, str(workspace.home), workspace.corpus_name, run_id
    )
    return found


def prices(workspace: "Workspace") -> "Prices | None":
    """The price table; None when it has mistakes, which the verdict's page will say."""
    try:
        return workspace.pages.prices()
    except AssistantError:
        return None


def forget() -> None:
    """Numbers are read again: a person has just graded an answer."""
    _record.clear()
    _record_for.clear()
    _numbers.clear()
    _scored.clear()


@st.cache_resource(  # type: ignore[untyped-decorator]
    show_spinner=False, ttl=FRESH_SECONDS, max_entries=64
)
def _record(_workspace: "Workspace", home: str, corpus: str, approach: str) -> "Record | None":
    return _workspace.record(approach)


@st.cache_resource(  # type: ignore[untyped-decorator]
    show_spinner="Reading the run", ttl=FRESH_SECONDS, max_entries=16
)
def _numbers(
    _workspace: "Workspace", home: str, corpus: str, run_id: str
) -> "tuple[RunSummary, Recommendation]":
    return _workspace.summary(run_id), _workspace.recommendation(run_id)


@st.cache_resource(  # type: ignore[untyped-decorator]
    show_spinner="Reading the answers", ttl=FRESH_SECONDS, max_entries=8
)
def _scored(
    _workspace: "Workspace", home: str, corpus: str, run_id: str
) -> "tuple[ScoredAnswer, ...]":
    return _workspace.report(run_id).scored


@st.cache_resource(  # type: ignore[untyped-decorator]
    show_spinner=False, ttl=FRESH_SECONDS, max_entries=128
)
def _record_for(
    _workspace: "Workspace", home: str, corpus: str, question: str, approach: str
) -> "Record | None":
    return _workspace.record_for(question, approach)
