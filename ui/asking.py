"""The question box, the known questions, and what to show before anything was asked."""

from collections.abc import Sequence

import streamlit as st

from assistant.schema import Question, split_source
from ui.escape import escape
from ui.words import count

MOST_CHARACTERS = 2000
SUGGESTIONS = 4
SHORT = 140
_BOX = "question"
_CHOSEN = "known_question"
_ASK_NEXT = "ask_next"


def draw_question_box(questions: Sequence[Question]) -> str | None:
    """Draw the box and the picker that fills it.

    Returns:
        A question to answer now, at most `MOST_CHARACTERS` long; None when nothing was asked.
    """
    box, picker = st.columns([3, 2], vertical_alignment="center") if questions else (st, None)
    typed = box.chat_input("Ask a question about the documents", key=_BOX)
    if picker is not None:
        by_id = {q.id: q for q in questions}
        picker.selectbox(
            "Known questions",
            list(by_id),
            index=None,
            key=_CHOSEN,
            format_func=lambda question_id: by_id[question_id].question,
            placeholder=f"Pick one of {count(len(by_id), 'known question')}",
            help="Questions with a reference answer. Their answers are scored; "
            "answers to your own questions are shown without a score.",
            label_visibility="collapsed",
            on_change=_fill_box,
            args=(by_id,),
        )
    asked = typed or st.session_state.pop(_ASK_NEXT, None)
    return _checked(asked) if asked else None


def draw_first_use(questions: Sequence[Question]) -> None:
    """What to do on an empty page: a few questions to click."""
    if not questions:
        st.info(
            "This corpus has no question file yet. Ask anything; answers are shown side by side "
            "with their sources, but nothing can be scored without references.",
            icon=":material/info:",
        )
        return
    st.header("Try one of these", anchor=False)
    for column, question in zip(
        _cells(min(len(questions), SUGGESTIONS)), suggestions(questions), strict=False
    ):
        column.button(
            escape(question.question),
            key=f"suggestion-{question.id}",
            on_click=ask_next,
            args=(question.question,),
            width="stretch",
            wrap=True,
        )


def suggestions(questions: Sequence[Question], most: int = SUGGESTIONS) -> list[Question]:
    """Short questions of different kinds on different documents, one of them unanswerable."""
    short = [q for q in questions if len(q.question) <= SHORT]
    unanswerable = next((q for q in short if not q.answerable), None)
    room = most - 1 if unanswerable else most
    kept: list[Question] = []
    for question in short:
        new = all(question.kind != k.kind and _document(question) != _document(k) for k in kept)
        if question.answerable and new and len(kept) < room:
            kept.append(question)
    return [*kept, unanswerable] if unanswerable else kept


def _document(question: Question) -> str:
    return split_source(question.sources[0])[0] if question.sources else question.id


def fill_box(text: str) -> None:
    """Put `text` into the box, ready to be changed and sent. Before the box is drawn only."""
    st.session_state[_BOX] = text


def _cells(number: int) -> list[st.delta_generator.DeltaGenerator]:
    grid = st.grid(2, min_column_width=280, gap="small")
    return [grid.cell() for _ in range(number)]


def _fill_box(by_id: dict[str, Question]) -> None:
    chosen = st.session_state[_CHOSEN]
    if chosen is not None:
        fill_box(by_id[chosen].question)


def ask_next(text: str) -> None:
    """Ask `text` when the page is drawn next: for the buttons' callbacks."""
    st.session_state[_ASK_NEXT] = text


def _checked(text: str) -> str | None:
    text = text.strip()
    if not text:
        st.warning("The question is empty. Type one, or pick a known question.")
        return None
    if len(text) > MOST_CHARACTERS:
        st.warning(
            f"The question has {len(text):,} characters; the most is {MOST_CHARACTERS:,}. "
            "Nothing was asked. Shorten it and send it again.",
            icon=":material/content_cut:",
        )
        with st.expander("Your question, to copy and shorten"):
            st.code(text, language=None, wrap_lines=True)
        return None
    return text
