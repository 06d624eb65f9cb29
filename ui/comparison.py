"""One question with its cards: while they are written, and when they are finished."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import IndexMissing
from assistant.schema import Hit
from ui.answers import cells, draw_answers
from ui.asking import ask_next
from ui.cached import prices, record, record_for
from ui.cards import draw_heading, draw_text
from ui.escape import escape
from ui.history import Entry, History
from ui.live import Live
from ui.missing import draw_missing, draw_ready
from ui.problems import draw_error
from ui.voting import draw_blind, draw_vote_bar, hidden, letters

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from assistant.answering.side_by_side import Comparison
    from assistant.overview import ApproachState
    from assistant.workspace import Workspace

LOOK_EVERY = 0.1
HITS = 20
WORTH_SAYING = 1.0


def draw_entry(
    workspace: "Workspace",
    states: Sequence["ApproachState"],
    history: History,
    behind: int | None = None,
) -> None:
    """A finished question: reference, cards, vote, sources; blind until voted when asked so."""
    entry = history.current
    assert entry is not None
    with _draw_question(entry.request.text):
        st.button(
            "Ask again",
            key="again",
            type="tertiary",
            icon=":material/refresh:",
            help="Ask the same question with the choices at the side as they are now.",
            on_click=ask_next,
            args=(entry.request.text,),
        )
    if entry.error is not None:
        draw_error(entry.error)
    comparison = entry.comparison
    if comparison is None:
        return
    labels = {s.name: s.label for s in states}
    if hidden(history, entry):
        draw_blind(entry)
        draw_vote_bar(workspace, history, entry, labels)
        return
    question = comparison.question
    answered = {a.approach for a in comparison.answers}
    draw_answers(
        question,
        [s for s in states if s.name in answered or not s.available],
        comparison.answers,
        comparison.scores,
        hits=entry.hits,
        record=lambda name: (
            record(workspace, name)
            if question.scorable
            else record_for(workspace, question.question, name)
        ),
        missing=lambda state: draw_missing(state, workspace),
        prices=prices(workspace),
        behind=behind,
        footer=lambda: _draw_footer(workspace, history, entry, labels),
    )


def _draw_footer(
    workspace: "Workspace", history: History, entry: Entry, labels: dict[str, str]
) -> None:
    assert entry.comparison is not None
    draw_vote_bar(workspace, history, entry, labels)
    st.caption(time_line(entry.comparison))


def time_line(comparison: "Comparison") -> str:
    """How long it took together, and how much of that was no answering at all."""
    line = f"Answered together in {comparison.seconds:.1f} s"
    spoken = [a.seconds for a in comparison.answers if a.seconds is not None]
    # Rows of one batch overlap, so the sum is the most that answering can have taken.
    waited = comparison.seconds - sum(spoken)
    if len(spoken) == len(comparison.answers) and waited >= WORTH_SAYING:
        line += f", at least {waited:.0f} s of it loading the model, waiting and searching"
    return f"{line}; no share of it belongs to one approach."


def draw_overview(workspace: "Workspace", states: Sequence["ApproachState"]) -> None:
    """Every approach before anything was asked: ready, or what is missing."""
    st.header("Four ways to answer", anchor=False)
    for state, cell in zip(states, cells(len(states)), strict=True):
        with cell:
            if state.available:
                draw_ready(state, workspace)
            else:
                draw_missing(state, workspace)
    st.caption(
        "A question goes to all of them at once, with the same model and the same limit on answer "
        "length. What differs is only what the model may read and whether it was trained."
    )


def draw_live(workspace: "Workspace", states: Sequence["ApproachState"], live: Live) -> Entry:
    """Draw the cards while they grow; returns when the last one has ended."""
    with _draw_question(live.request.text):
        st.button("Stop all", icon=":material/stop_circle:", key="stop", on_click=live.stop)
    status = st.empty()
    shown = [s for s in states if s.name in live.request.approaches or not s.available]
    places: dict[str, DeltaGenerator] = {}
    if live.request.blind:
        titles = letters(live.request)
        for name, cell in zip(titles, cells(len(titles)), strict=True):
            with cell:
                st.subheader(titles[name], anchor=False)
                places[name] = st.empty()
        shown = []
    for state, cell in zip(shown, cells(len(shown)) if shown else [], strict=True):
        with cell:
            if state.name in live.request.approaches:
                places[state.name] = _draw_growing(state, live)
            else:
                draw_missing(state, workspace)
    _follow(live, places, status)
    return _finished(workspace, live)


def _draw_question(text: str) -> "DeltaGenerator":
    row = st.container(horizontal=True, horizontal_alignment="distribute")
    row.header(escape(text), anchor=False)
    return row


def _draw_growing(state: "ApproachState", live: Live) -> "DeltaGenerator":
    draw_heading(state.name, state.label, state.one_line)
    place = st.empty()
    st.button(
        f"Stop {state.label}",
        key=f"stop-{state.name}",
        type="tertiary",
        icon=":material/stop_circle:",
        help=f"Stop {state.label}; the others go on.",
        disabled=state.name in live.stopped,
        on_click=live.stop,
        args=(state.name,),
    )
    return place


def _follow(live: Live, places: "dict[str, DeltaGenerator]", status: "DeltaGenerator") -> None:
    drawn: dict[str, str] = {}
    while True:
        done = live.wait(LOOK_EVERY)
        for name, place in places.items():
            text = live.texts.get(name, "")
            if drawn.get(name) != text:
                drawn[name] = text
                with place.container():
                    draw_text(text) if text else st.caption("waiting for the first word")
        if done:
            return
        # Also what lets a click in: a script is only interrupted while it draws.
        began = any(live.texts.values())
        words = (
            "Answering together" if began else "Getting ready; the first question loads the model"
        )
        status.markdown(f":material/hourglass_top: {words}, {live.elapsed:.0f} s")


def _finished(workspace: "Workspace", live: Live) -> Entry:
    hits: tuple[Hit, ...] = ()
    comparison = live.comparison
    if comparison is not None and any(a.passages for a in comparison.answers):
        try:
            hits = tuple(workspace.search(live.request.text, k=HITS))
        except IndexMissing:  # removed while we answered: the fused score is still shown
            hits = ()
    return Entry(live.request, comparison, hits, live.error)
