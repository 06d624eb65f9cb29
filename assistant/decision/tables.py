"""What a table is: text cells, and which answers a cell counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rows:
    """The answers behind a number, named by the marks they carry (`evaluation.marks`).

    `part` of `whole`: an answer of `approach` is in the whole when it has every mark of `whole`,
    and in the part when it also has every mark of `part`.
    """

    approach: str
    whole: tuple[str, ...] = ()
    part: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column names and rows of cells; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    opens: Mapping[tuple[int, int], Rows] = field(default_factory=dict)
    """(row, column) -> the answers that cell counts."""
