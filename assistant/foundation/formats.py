"""The texts the embedded language model is trained on and must be prompted with.

Everything that talks to the embedded model (prompts, pair synthesis, training, evaluation) uses
these strings, because a small model only knows the wordings it has seen. The chat template puts a
conversation into the same form, so that callers who only know chat messages need not know them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

REFUSAL = "I don't know."
"""The one sentence for "the passages (or my memory) do not say"."""

QUESTION = "Question: {question}"
"""A question without passages (closed book)."""

PASSAGE = "[{number}] {heading}\n{text}"
"""One passage of a question; ``heading`` is ``title > section > ...``, numbers start at 1."""

ASK = "Ask about: {value}\n\n{heading}\n{text}"
"""Asks for a question whose answer is ``value``; ``text`` marks it with :func:`mark`."""

REWORD = "Reword: {question}"
"""Asks for the same question in other words."""

RESTORE = "Restore: {text}"
"""Used in training only: a damaged sentence in, the whole sentence out (teaches English)."""

RECITE = "Recite: {start}"
"""Used in training only, before a passage: how a line goes on that begins so (teaches copying)."""

HEADING_SEPARATOR = " > "
EXAMPLE_ANSWER = "\nAnswer: {answer}\n\n"
"""What follows an earlier user turn (a worked example) in a conversation."""

MARK_OPEN, MARK_CLOSE = "«", "»"

MAX_POSITIONS = 1024
"""Longest input in tokens, with the two special tokens."""

MAX_NEW_TOKENS = 48
"""Longest answer in tokens."""

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ message['content'] }}"
    "{% elif message['role'] == 'assistant' %}"
    "{{ '\\nAnswer: ' + message['content'] + '\\n\\n' }}"
    "{% endif %}{% endfor %}"
)
"""Jinja template of the tokenizer: system turns dropped, the last user turn as it is."""


@dataclass(frozen=True)
class Passage:
    """A text with the path of titles that leads to it (``Handbook > Leave > Parents``)."""

    heading: str
    text: str


def closed_book(question: str) -> str:
    """The user turn of a question without passages."""
    return QUESTION.format(question=question)


def with_passages(question: str, passages: Sequence[Passage]) -> str:
    """The user turn of a question with numbered passages.

    Args:
        question: One question.
        passages: Zero or more passages; with none this is :func:`closed_book`.

    Returns:
        The question, a blank line and the passages, separated by blank lines.
    """
    blocks = [closed_book(question)]
    for number, passage in enumerate(passages, start=1):
        blocks.append(PASSAGE.format(number=number, heading=passage.heading, text=passage.text))
    return "\n\n".join(blocks)


def mark(text: str, start: int, end: int) -> str:
    """Put the marks around ``text[start:end]``.

    Raises:
        ValueError: If the span is empty or lies outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}:{end} is not inside a text of {len(text)} characters")
    return text[:start] + MARK_OPEN + text[start:end] + MARK_CLOSE + text[end:]


def ask(heading: str, text: str, start: int, end: int) -> str:
    """The user turn that asks for a question about ``text[start:end]``.

    Raises:
        ValueError: If the span is empty or lies outside the text.
    """
    return ASK.format(value=text[start:end], heading=heading, text=mark(text, start, end))


def reword(question: str) -> str:
    """The user turn that asks for another wording of a question."""
    return REWORD.format(question=question)


def conversation(examples: Sequence[tuple[str, str]], last: str) -> str:
    """Render worked examples and the last user turn exactly as the chat template does."""
    shown = "".join(user + EXAMPLE_ANSWER.format(answer=answer) for user, answer in examples)
    return shown + last
