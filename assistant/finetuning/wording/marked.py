"""A sentence cut at a value, and small helpers for finishing a question."""

import re
from dataclasses import dataclass

from assistant.finetuning.text import plain
from assistant.finetuning.wording.clauses import Clause

HOLE = "\uffff"
"""Stands for the value while a sentence is taken apart; occurs in no text (a noncharacter)."""
SUBCLAUSE = re.compile(
    r"\s*(?:[,;:](?=\s|$)|[–—(]|\s-\s"
    r"|\b(?:and|but|so|while|whereas|or|because|unless|which|who|after which)\b).*$",
    re.DOTALL,
)
"""From the first comma, dash, bracket or conjunction to the end."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in plain text, cut at the value: `before + value + after`."""

    before: str
    value: str
    after: str

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> "Marked":
        """Cuts a raw sentence at `text[start:end]` and cleans the three pieces."""
        before, after = plain(text[:start] + HOLE)[:-1], plain(HOLE + text[end:])[1:]
        return cls(before, plain(text[start:end]), after)

    @property
    def sentence(self) -> str:
        """The whole sentence again, in plain text."""
        return self.before + self.value + self.after


@dataclass(frozen=True, slots=True)
class Slot:
    """A value standing in the part of a clause behind its verb."""

    clause: Clause
    value: str
    preposition: str
    """The word that leads to the value: `within` 5 days; empty when the verb does."""
    hedge: str
    """`up to`, `at least`, `about` ... before the value, or empty."""
    core: str
    """What stands between verb and value."""
    after: str
    """What follows the value and belongs to it: a prepositional phrase, or empty."""


def inverted(opening: str, clause: Clause, *rest: str) -> str:
    """Question order: `How long` + `must` + subject + verb + rest."""
    return " ".join([opening, clause.auxiliary, clause.subject, clause.verb, *rest])


def finish(question: str) -> str:
    """Capital first letter, single spaces, one question mark."""
    question = re.sub(r"\b(?:its|their)\b", "the", question)
    question = re.sub(r"\s+([,.?])", r"\1", " ".join(question.split())).strip(" ,;:-–")
    return question[:1].upper() + question[1:] + "?"
