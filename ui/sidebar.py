"""The side: which documents, whom to ask, and what is worth knowing but not all the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui.escape import escape
from ui.progress import draw_jobs
from ui.words import draw_help, when

if TYPE_CHECKING:
    from assistant.overview import ApproachState, Status
    from assistant.workspace import Workspace

MOST_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Choices:
    """How the next question is asked."""

    approaches: tuple[str, ...]
    passages: int | None
    """None: as the settings say."""
    blind: bool = False
    """Names stay hidden until the reader has voted."""


def draw_corpus_choice(names: Sequence[str], current: str) -> str:
    """Which documents; remembered in the address of the page."""
    options = [*names] if current in names else [current, *names]
    if len(options) == 1:
        return current
    chosen = st.selectbox("Documents", options, index=options.index(current), key="corpus")
    return chosen or current


def draw_choices(states: Sequence["ApproachState"]) -> Choices:
    """Which approaches answer, and how many passages they may read."""
    available = [s for s in states if s.available]
    labels = {s.name: s.label for s in available}
    chosen = st.pills(
        "Ask these approaches",
        list(labels),
        selection_mode="multi",
        default=list(labels),
        format_func=lambda name: labels[name],
        key=f"approaches-{'-'.join(labels)}",
        wrap=True,
    )
    passages = st.number_input(
        "Passages to read",
        min_value=1,
        max_value=MOST_PASSAGES,
        value=None,
        placeholder="as in the settings",
        help="How many passages RAG and Hybrid are given. Verdicts use the number in the settings.",
        key="passages",
    )
    blind = st.toggle(
        "Hide names until I vote",
        key="blind",
        help="Answers come shuffled as A, B, C, ... and you say which is best before you see "
        "who wrote it. Votes are kept apart from scores.",
    )
    order = tuple(name for name in labels if name in chosen)
    return Choices(order, int(passages) if passages is not None else None, blind)


def draw_details(workspace: "Workspace", status: "Status") -> None:
    """Versions, coverage, unreadable files, jobs, and the words explained."""
    with st.expander("What is built", icon=":material/inventory_2:"):
        st.markdown(f"**Index** {escape(status.index or 'none')}")
        if status.indexed_at:
            st.caption(f"made {escape(when(status.indexed_at))}")
        st.markdown(f"**Adapter** {escape(status.adapter or 'none')}")
        if status.fact_coverage:
            st.caption(escape(status.fact_coverage))
        st.markdown(f"**Model** {escape(status.model)}")
    if status.skipped:
        with st.expander(f"Skipped files ({len(status.skipped)})", icon=":material/warning:"):
            for skipped in status.skipped:
                st.markdown(f"**{escape(skipped.path)}**")
                st.caption(escape(skipped.reason))
    draw_jobs(workspace)
    draw_help(workspace.help)
