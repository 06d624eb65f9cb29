"""Finished answers to one question side by side, with the reference above and sources below."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.schema import Answer, Hit, Question, Score
from ui.cards import draw_answer
from ui.escape import escape
from ui.sources import draw_sources, source_rows, values_to_mark

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from assistant.decision.costs import Prices
    from assistant.overview import ApproachState, Record

NARROWEST_CARD = 230


def draw_answers(
    question: Question,
    states: "Sequence[ApproachState]",
    answers: Sequence[Answer],
    scores: Sequence[Score | None],
    *,
    hits: Sequence[Hit] = (),
    record: "Callable[[str], Record | None]" = lambda name: None,
    missing: "Callable[[ApproachState], None] | None" = None,
    prices: "Prices | None" = None,
    behind: int | None = None,
    footer: Callable[[], None] = lambda: None,
) -> None:
    """Reference, one card an approach, sources.

    Args:
        question: what was asked.
        states: the approaches in order; those without an answer are drawn by `missing`.
        answers: of the approaches that answered.
        scores: of the answers, in their order; None where there is no reference.
        hits: the same search with every score, for the sources.
        record: approach -> its overall record.
        missing: draws the card of an approach that is not available.
        prices: for the cost of an answer; None leaves it out.
        behind: chunks that changed since the adapter in use was trained.
        footer: draws what stands under the cards.
    """
    draw_reference(question)
    rows = source_rows(answers, hits)
    numbers = {row.chunk.id: number for number, row in enumerate(rows, start=1)}
    answered = {a.approach: (a, s) for a, s in zip(answers, scores, strict=True)}
    for state, cell in zip(states, cells(len(states)), strict=True):
        with cell:
            if state.name in answered:
                answer, score = answered[state.name]
                draw_answer(state, answer, score, record(state.name), numbers, prices, behind)
            elif missing is not None:
                missing(state)
    footer()
    draw_sources(rows, {s.name: s.label for s in states}, values_to_mark(question, answers))


def draw_reference(question: Question) -> None:
    """What the answer should have been; nothing for a question without a key."""
    if not question.scorable:
        return
    if not question.answerable:
        st.markdown(":material/key: **No document answers this question.** Declining is right.")
        return
    values = question.references or question.must
    parts = []
    if values:
        parts.append(f":material/key: Reference: **{' / '.join(escape(v) for v in values)}**")
    if question.sources:
        parts.append(f":small[stands in {', '.join(escape(s) for s in question.sources)}]")
    st.markdown(" · ".join(parts))


def cells(number: int) -> "list[DeltaGenerator]":
    """Equal cards that wrap on narrow screens."""
    grid = st.grid(max(1, number), min_column_width=NARROWEST_CARD, border=True)
    return [grid.cell().container(gap="xsmall", height="stretch") for _ in range(number)]
