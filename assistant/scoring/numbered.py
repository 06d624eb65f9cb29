"""Things told apart by a number: ward 7 and ward 8, line 9, gate 12."""

import re
from collections.abc import Sequence

from assistant.scoring.forms import plain_word
from assistant.scoring.text import Prepared, Token
from assistant.scoring.values import Value

_NUMBERED = re.compile(
    r"\b(?!(?:in|of|at|on|to|by|for|from|than|and|or|the|about|over|under|within|after|before|until|"
    r"till|since|between|most|least|is|are|was|were|has|have)\b)([A-Za-z]{2,})[ -]?(\d[\w.]*\w|\d)",
    re.IGNORECASE,
)


def numbered_twin(clause: str, key: Sequence[Token], question: Prepared) -> str:
    """Ward 8 where ward 7 was asked about; empty where the clause names no such twin."""
    asked = {m[1].casefold(): m[2] for m in _NUMBERED.finditer(question.text)}
    if not asked:
        return ""
    here = [(m[1].casefold(), m[2]) for m in _NUMBERED.finditer(clause)]
    words = {t.word for t in key}
    for word, number in here:
        other = asked.get(word)
        named = other is None or (word, other) in here or plain_word(word) in words
        if not named and other != number:
            return f"{word} {number}"
    return ""


def is_name_part(value: Value, text: str, question: Prepared) -> bool:
    """Whether a number is the 8 of "ward 8", where the question speaks of a ward 7."""
    word = re.search(r"([A-Za-z]{2,})[ -]$", text[max(0, value.start - 20) : value.start])
    asked = {m[1].casefold() for m in _NUMBERED.finditer(question.text)}
    return value.unit is None and word is not None and word[1].casefold() in asked
