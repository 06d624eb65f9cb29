"""The session's earlier questions, newest first, each one click away from being shown again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ui.escape import escape
from ui.history import Entry, History
from ui.voting import hidden
from ui.words import OUTCOMES

if TYPE_CHECKING:
    from assistant.overview import ApproachState

LONGEST_ANSWER = 120


def draw_earlier(history: History, states: Sequence["ApproachState"]) -> None:
    """Everything but the entry that is drawn in full."""
    others = [
        (number, entry)
        for number, entry in reversed(list(enumerate(history.entries)))
        if entry is not history.current
    ]
    if not others:
        return
    st.header("Earlier in this session", anchor=False)
    labels = {s.name: s.label for s in states}
    for number, entry in others:
        with st.expander(escape(entry.request.text)):
            if hidden(history, entry):
                st.caption("Names stay hidden until you vote.")
            else:
                for line in _lines(entry, labels):
                    st.markdown(line)
            st.button("Show again", key=f"show-{number}", on_click=_show, args=(history, number))


def _lines(entry: Entry, labels: dict[str, str]) -> list[str]:
    if entry.comparison is None:
        return [escape(entry.error.message) if entry.error else ""]
    lines = []
    for answer, score in zip(entry.comparison.answers, entry.comparison.scores, strict=True):
        outcome = OUTCOMES.get(score.outcome) if score and score.outcome else None
        said = f"{outcome.icon} {outcome.label}: " if outcome else ""
        text = answer.error or answer.text.strip()
        short = text if len(text) <= LONGEST_ANSWER else text[:LONGEST_ANSWER] + "…"
        lines.append(
            f"**{escape(labels.get(answer.approach, answer.approach))}** {said}{escape(short)}"
        )
    return lines


def _show(history: History, number: int) -> None:
    history.shown = number
