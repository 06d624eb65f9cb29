"""What a table is: text cells, and which answers a number in them counts."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["answers", "questions", "facts", "clusters", "citations", "files", "texts"]
"""What a number counts. A fact is one question or all wordings of one; a text is given words
whose loss was measured."""
Measure = Literal["run", "forgetting", "curve"]
"""What was measured: the run, or something beside it whose answers are kept apart."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What is behind a number, named by the marks it carries (`evaluation.marks`).

    `part` of `whole`: something is in the whole when it has every mark of `whole`, and in the part
    when it also has every mark of `part`. A question has its own marks and those of the answer
    that `approach` gave to it; a fact or cluster is there when one of its members is.
    """

    approach: str
    """Empty: whoever answered."""
    whole: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    unit: Unit = "answers"
    measure: Measure = "run"


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column names and rows of cells; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """A cell that counts something is `said.Said`: it knows its rows."""
    note: str = ""
