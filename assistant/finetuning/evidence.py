"""A fact together with the text it was found in, which is what questions are made from."""

import re
from dataclasses import dataclass

from assistant.finetuning.text import plain
from assistant.finetuning.wording.marked import Marked
from assistant.schema import Chunk, Fact

_ENTITY = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z][\w]*(?:-\w+)*(?![\w-])")
_QUOTES = re.compile(r"[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a chunk is about, for questions that would not stand alone."""

    name: str
    entity: bool
    """True for a product-like code (`GW-31`), false for a document title (`Travel policy`)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact and where its wording comes from: a sentence or a (subject, attribute) cell."""

    fact: Fact
    topic: Topic
    title: str
    heading: str
    """The innermost heading, empty when there is none besides the title."""
    names: frozenset[str] = frozenset()
    """Words of the whole collection that keep their capital letter."""
    marked: Marked | None = None
    """The sentence, cut at the value; None for cells."""
    attribute: str = ""
    """For cells: the column name or key, without its unit."""
    unit: str = ""
    """For cells: the unit in the column's name (`List price (EUR)`)."""
    noun: str = ""
    """For cells: what the row subject is (`kit`, `code`), from the first column's name."""
    unique: bool = False
    """For cells: the value stands once in its column, so it can be asked backwards."""
    antecedent: str = ""
    """For sentences: what a leading `it` stands for, from the sentence before."""
    person: bool = False
    """For names: probably a person's."""

    @property
    def answer(self) -> str:
        """The value on one line, with its column's unit when it is a bare number."""
        value = plain(self.fact.value)
        bare = re.fullmatch(r"[±+−-]?[\d., ]+(?:(?:to|-|–)\s?[\d., ]+)?", value)
        return f"{value} {self.unit}" if self.unit and bare else value


def topic_of(chunk: Chunk) -> Topic:
    """The one code in the title or innermost headings, else the title without its subtitle."""
    path = [*reversed(chunk.heading_path), chunk.title]
    for text in path:
        codes = sorted({match[0] for match in _ENTITY.finditer(text)}, key=text.find)
        if len(codes) == 1 and any(c.isupper() for c in codes[0]):
            return Topic(codes[0], entity=True)
    title = _QUOTES.sub("", plain(chunk.title or (path[0] if path else "")))
    return Topic(re.split(r"\s[-–|]\s|: ", title)[0].strip() or title, entity=False)


def heading_of(chunk: Chunk) -> str:
    """The innermost heading when it says more than the title."""
    heading = chunk.heading_path[-1] if chunk.heading_path else ""
    return "" if heading == chunk.title else plain(heading)
