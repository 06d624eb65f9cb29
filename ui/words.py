"""Every word and symbol the page uses for a state, in one place, and the help behind them."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assistant.schema import Outcome
from ui.problems import errors_shown

PRODUCT = "RAG or fine-tune?"
ONE_LINER = (
    "One folder of documents, one language model, four ways to answer. "
    "Ask, compare side by side, and let your own questions decide."
)
ICONS = {
    "prompt": ":material/chat_bubble:",
    "rag": ":material/menu_book:",
    "finetuned": ":material/model_training:",
    "hybrid": ":material/join:",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """How an outcome is said: a word, a symbol and, only then, a colour."""

    label: str
    icon: str
    color: str
    rule: str


OUTCOMES = {
    Outcome.CORRECT: Badge(
        "Correct",
        ":material/check_circle:",
        "green",
        "The answer contains the reference, and every number, date, code and negation agrees with "
        "it. On a question no document answers, declining is correct.",
    ),
    Outcome.INCORRECT: Badge(
        "Incorrect",
        ":material/cancel:",
        "red",
        "The answer misses the reference or asserts a number, date, code or negation that "
        "conflicts with it.",
    ),
    Outcome.ABSTAINED: Badge(
        "Abstained",
        ":material/do_not_disturb_on:",
        "orange",
        "The model declined although the documents hold an answer: not correct, but not "
        "misleading either.",
    ),
}
NO_REFERENCE = "Not scored: no reference for this question"

# What a reader may wonder about -> the section of the guide that explains it.
TOPICS = {
    "The four approaches": "Approach cards",
    "Correct, incorrect, abstained": "Outcome badges",
    "Sources and scores": "Sources",
    "Nearest passages": "Nearest passages (not used by the model)",
    "Right on 31 of 40": "Overall record",
    "Fact coverage": "Fact coverage",
    "Changed chunks behind": "Chunks behind",
    "Verdict words": "Verdict words",
    "Undecided": "Undecided",
    "Counts before percentages": "Counts before percentages",
}


def draw_help(explain: Callable[[str], str]) -> None:
    """Let the reader pick a word and read what the guide says about it.

    Args:
        explain: a section title of the guide -> its text, in markdown written by us.
    """
    with st.expander("What do these words mean?", icon=":material/help:"):
        topic = st.selectbox("Explain", list(TOPICS), index=None, placeholder="Pick a word")
        if topic is not None:
            with errors_shown():
                st.markdown(explain(TOPICS[topic]))


def count(number: int, one: str, many: str = "") -> str:
    """`1 question`, `40 questions`, `1,930 facts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """`31 of 40`, the percentage left to whoever has room for it."""
    return f"{part:,} of {whole:,}"


def duration(minutes: float) -> str:
    """`about 7 minutes`, `under a minute`."""
    return "under a minute" if minutes < 1 else f"about {count(round(minutes), 'minute')}"
