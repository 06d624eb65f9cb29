"""`X is a Y ...`: what a thing is, for "What is X?" and the way back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.finetuning.text import word_set

_DEFINITION = re.compile(
    r"^(?P<term>(?:(?:The|A|An)\s)?[^\s,;:()]+(?:\s[^\s,;:().]+){0,4}?)"
    r"(?:\s\((?P<aside>[^()]{2,40})\))?"
    r"(?:,\s[^,]{3,40},)?\s(?P<verb>is|are|was|were)\s"
    r"(?P<what>(?:an?|one of the|the (?!same|only|first|other|following)[\w-]+"
    r" (?:of|for|that|from|which|between))\s[^.;]{8,160}?)"
    r"(?=[.;]|$|,\s(?:which|who|and|but|so)\b)"
)
_VAGUE = word_set(
    """it this that there these those they he she what which who one here each none all but and or
    nor so yet if when where while why how then thus hence suppose let note see your our my"""
)
_QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it is, as offsets into the sentence."""

    term: str
    verb: str
    start: int
    end: int


def find_definition(text: str) -> Iterator[Definition]:
    """At most one definition: the sentence starts with the term and says what it is.

    Terms that point elsewhere (`This is a ...`) and answers over 16 words are left out: they make
    questions that nobody can answer without the page, or answers too long to learn exactly.
    """
    match = _DEFINITION.match(text)
    if match is None or match["term"].split()[0].lower() in _VAGUE:
        return
    if sum(map(match["term"].count, _QUOTES)) % 2:
        return  # half a quotation
    if len(match["what"].split()) <= 16:
        yield Definition(match["term"], match["verb"], match.start("what"), match.end("what"))
