"""Every word and symbol the page uses for a state, in one place, and the help behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

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

# What a reader may wonder about -> page and section of the guide that explain it.
TOPICS = {
    "The four approaches": ("reading-the-screens", "Approach cards"),
    "Correct, incorrect, abstained": ("reading-the-screens", "Outcome badges"),
    "Confidently wrong": ("evaluation", "Confidently wrong"),
    "Sources and their scores": ("reading-the-screens", "Sources"),
    "Nearest passages": ("reading-the-screens", "Nearest passages (not used by the model)"),
    "Right on 31 of 40": ("reading-the-screens", "Overall record"),
    "Fact coverage": ("reading-the-screens", "Fact coverage"),
    "Changed chunks behind": ("reading-the-screens", "Chunks behind"),
    "Verdict words": ("reading-the-screens", "Verdict words"),
    "Undecided": ("reading-the-screens", "Undecided"),
    "Oracle and model adequacy": ("evaluation", "Model adequacy"),
    "Counts before percentages": ("reading-the-screens", "Counts before percentages"),
}


def draw_help(page: Callable[[str], str]) -> None:
    """Let the reader pick a word and read what the guide says about it.

    Args:
        page: name of a page of the guide -> its markdown, written by us; empty without one.
    """
    with st.expander("What do these words mean?", icon=":material/help:"):
        topic = st.selectbox("Explain", list(TOPICS), index=None, placeholder="Pick a word")
        if topic is not None:
            with errors_shown():
                name, heading = TOPICS[topic]
                st.markdown(section(page(name), heading) or "The guide is not installed here.")


def section(page: str, heading: str) -> str:
    """What stands under `## heading` in a page of markdown; empty when nothing does."""
    kept: list[str] = []
    inside = False
    for line in page.splitlines():
        if line.startswith("## "):
            inside = line.removeprefix("## ").strip() == heading
        elif inside:
            kept.append(line)
    return "\n".join(kept).strip()


def count(number: int, one: str, many: str = "") -> str:
    """`1 question`, `40 questions`, `1,930 facts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """`31 of 40`, the percentage left to whoever has room for it."""
    return f"{part:,} of {whole:,}"


def duration(minutes: float) -> str:
    """`about 7 minutes`, `under a minute`."""
    return "under a minute" if minutes < 1 else f"about {count(round(minutes), 'minute')}"


def when(iso: str) -> str:
    """`2026-11-21T03:24:35+00:00` -> `21 Nov 2026, 03:24 UTC`; anything else as it is."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    zone = f" {moment.tzname()}" if moment.tzinfo else ""
    return f"{moment:%d %b %Y, %H:%M}{zone}".lstrip("0")


def model_name(model: str) -> str:
    """A folder by its own name; hub ids and `provider:name` as they are."""
    return Path(model).name if Path(model).is_absolute() else model
