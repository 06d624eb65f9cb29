"""Where a reference stands in a document: the sentences that hold it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.schema import Question
from assistant.scoring.asked import prepare_question
from assistant.scoring.polarity import polarity_key
from assistant.scoring.text import find_phrase, prepare

_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?]?")
MOST_CHARACTERS = 400_000
"""Longer documents are read up to here."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or line of a document."""

    text: str
    start: int


def sentences(text: str) -> Iterator[Sentence]:
    """Sentences and lines (table rows, list items), with offsets; blank ones left out."""
    for match in _SENTENCE.finditer(text[:MOST_CHARACTERS]):
        if re.search(r"\w", match[0]):
            stripped = match[0].strip()
            yield Sentence(stripped, match.start() + match[0].index(stripped))


def checkable_phrases(question: Question) -> tuple[str, ...]:
    """The texts of a key that should stand in a document: not yes/no, not JSON, not labels."""
    if not question.answerable or any(c.type == "one_of" for c in question.checks):
        return ()
    texts = question.must or question.references
    return tuple(
        t for t in texts
        if polarity_key(t) is None and not t.lstrip().startswith(("{", "["))
    )  # fmt: skip


def sentences_with(question: Question, phrase: str, text: str) -> list[Sentence]:
    """Sentences of `text` that hold `phrase`, values compared by meaning."""
    asked = prepare_question(question)
    wanted = prepare(phrase, context=asked.context, codes=asked.codes).content
    if not wanted:
        return []
    needle = [t for t in wanted if not t.value]
    found = []
    for sentence in sentences(text):
        folded = sentence.text.casefold()
        # Cheap first: a phrase with words needs its longest word somewhere in the sentence.
        if needle and max((t.word for t in needle), key=len)[:4] not in _plain(folded):
            continue
        stream = prepare(sentence.text, codes=asked.codes).content
        if find_phrase(wanted, stream, asked.context):
            found.append(sentence)
    return found


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", ""))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
