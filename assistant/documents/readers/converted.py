"""The plain text a reader makes of one file, built block by block so that offsets are exact."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.schema import Section

MAX_HEADING_CHARS = 200
"""A longer "heading" is a paragraph somebody styled as one."""

TABLE_GROUP_CHARS = 560
"""A long table repeats its header row after this many characters, so that a row that ends up in
another chunk still says what its cells mean. About 180 word pieces."""

_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\u0085|\x0b|\x0c")


class Unreadable(Exception):
    """Raised by readers; the message is the reason shown to the user."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What a reader returns: the fields of `Document` that depend on the content."""

    text: str
    title: str = ""
    sections: tuple[Section, ...] = ()
    pages: tuple[int, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


def clean_text(text: str) -> str:
    r"""Composed Unicode with "\n" line ends, without control and invisible characters.

    Direction overrides, zero-width characters and soft hyphens are dropped because they make text
    that looks the same compare as different (and can hide instructions from a human reader).
    """
    text = _SPACES.sub(" ", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", _DROPPED.sub("", text))


def one_line(text: str) -> str:
    """The text with every run of whitespace as one space."""
    return " ".join(clean_text(text).split())


class TextBuilder:
    """Collects headings, blocks and page breaks and returns text with exact sections and pages.

    Sections lie one after the other and cover the text; each begins with its own heading line.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._stack: list[tuple[int, str]] = []
        self._starts: list[tuple[tuple[str, ...], int]] = []
        self._pages: list[int] = []
        self.first_heading = ""

    def heading(self, level: int, text: str) -> None:
        """Starts a section; level 1 is the outermost."""
        text = one_line(text)
        if not text:
            return
        if len(text) > MAX_HEADING_CHARS:
            self.block(text)
            return
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        self._stack.append((level, text))
        start = self._append(text)
        self._starts.append((tuple(heading for _, heading in self._stack), start))
        self.first_heading = self.first_heading or text

    def block(self, text: str) -> None:
        """Adds a paragraph, list or code block; empty ones are ignored."""
        text = clean_text(text).strip("\n").rstrip()
        if not text.strip():
            return
        start = self._append(text)
        if not self._starts:
            self._starts.append(((), start))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Adds a table as pipe rows, the first row being the header.

        Long tables are cut into groups of rows, each with the header row again.
        """
        lines = [row_line(row) for row in rows if any(cell.strip() for cell in row)]
        if not lines:
            return
        header, body = lines[0], lines[1:]
        group: list[str] = []
        size = 0
        for line in body:
            if group and size + len(line) > TABLE_GROUP_CHARS - len(header):
                self.block("\n".join([header, *group]))
                group, size = [], 0
            group.append(line)
            size += len(line) + 1
        self.block("\n".join([header, *group]))

    def page(self) -> None:
        """Starts a page; the next block is its first."""
        self._pages.append(-1)

    def build(self, title: str = "", metadata: Mapping[str, str] | None = None) -> Converted:
        """The finished text; `title` falls back to the first heading."""
        text = "".join(self._parts)
        ends = [*(start for _, start in self._starts[1:]), len(text)]
        sections = tuple(
            Section(path, start, end)
            for (path, start), end in zip(self._starts, ends, strict=False)
        )
        # A page without text begins where the text goes on (or at the end).
        pages = tuple(len(text) if start < 0 else start for start in self._pages)
        return Converted(
            text, one_line(title) or self.first_heading, sections, pages, dict(metadata or {})
        )

    def _append(self, text: str) -> int:
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        start = self._length
        self._pages = [start if page < 0 else page for page in self._pages]
        self._parts.append(text)
        self._length += len(text)
        return start


def row_line(cells: Iterable[str]) -> str:
    """One table row: `| a | b |`."""
    return "| " + " | ".join(one_line(cell).replace("|", "/") for cell in cells) + " |"
