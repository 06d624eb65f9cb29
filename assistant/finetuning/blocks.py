"""A chunk's text as blocks: sentences, list items, table rows, `key: value` lines.

Offsets are offsets into `Document.text`, so that every value found later can be shown in place.
Understands what the document converters write: Markdown headings, lists, pipe tables, plain lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.finetuning.text import plain, word_set
from assistant.schema import Chunk


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with its offsets into `Document.text`."""

    text: str
    start: int
    end: int

    def part(self, start: int, end: int) -> "Span":
        """The piece between two offsets counted from this span's own start."""
        return Span(self.text[start:end], self.start + start, self.start + end)

    def stripped(self, characters: str | None = None) -> "Span":
        """The same without white space (or the given characters) at its ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        right = len(self.text.rstrip(characters))
        return self.part(left, max(left, right))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list item. `lead` is the line that introduced the list (may be empty)."""

    span: Span
    item: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: column names and cells, equally many."""

    header: tuple[str, ...]
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A line `key: value`."""

    key: str
    value: Span


@dataclass(frozen=True, slots=True)
class Blocks:
    """What one chunk holds, and the table header that may continue in the next chunk."""

    sentences: tuple[Sentence, ...]
    rows: tuple[TableRow, ...]
    key_values: tuple[KeyValue, ...]
    open_table: tuple[str, ...] = ()


_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_SEPARATOR = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_KEY_VALUE = re.compile(
    r"\s*(?:[-*+•]\s+)?(?:\*\*)?([^\W\d][^:|.?!]{1,44}?)(?::\*\*|\*\*:|:)\s+(?=\S)"
)
_NOT_A_KEY = word_set(
    """note warning important tip caution example hint q a see http https new changed corrected
    fixed added removed improved known problem for in at if when with from to"""
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|approx|no|nos|dr|mr|mrs|ms|prof|vs|fig|art|st|inc|ltd|co|min|max|incl|tel|resp)"
    r"|(?-i:\b[A-Z]))\.$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?:[\"”’)*`]{0,3})(?=\s+[\"“‘(*`]{0,3}[A-Z0-9ÀÁ-ÝÞŁŠŽČŘĽ])")


def parse_blocks(chunk: Chunk, open_table: Sequence[str] = ()) -> Blocks:
    """Splits a chunk's text into blocks.

    Args:
        chunk: its `text` equals the document's text from `start` to `end`.
        open_table: column names of a table that was cut at the end of the previous chunk of the
            same document (`Blocks.open_table` of that chunk); used when this chunk starts with
            rows of the same width.
    """
    parser = _Parser(chunk, tuple(open_table))
    return parser.parse()


class _Parser:
    """One pass over the lines of a chunk."""

    def __init__(self, chunk: Chunk, header: tuple[str, ...]) -> None:
        self.chunk, self.header = chunk, header
        self.lines = list(_lines(chunk))
        self.sentences: list[Sentence] = []
        self.rows: list[TableRow] = []
        self.key_values: list[KeyValue] = []
        self.paragraph: list[Span] = []
        self.lead = ""

    def parse(self) -> Blocks:
        number = 0
        while number < len(self.lines):
            number = self._line(number)
        self._end_paragraph()
        return Blocks(tuple(self.sentences), tuple(self.rows), tuple(self.key_values), self.header)

    def _line(self, number: int) -> int:
        """Reads one line (a list item with its continuation); returns the number of the next."""
        line = self.lines[number]
        text = line.text
        if not text.strip():
            self.lead = self._end_paragraph() or self.lead
            following = self.lines[number + 1].text if number + 1 < len(self.lines) else ""
            self.header = self.header if "|" in following else ()
        elif text.lstrip().startswith("#") or set(text.strip()) <= {"-", "=", "*"}:
            self._end_paragraph()
            self.lead, self.header = "", ()
        elif text.count("|") >= 2 or (self.header and "|" in text):
            self.lead = self._end_paragraph()
            self.header = _table_line(line, self.lines, number, self.header, self.rows)
        elif match := _ITEM.match(text):
            return self._item(number, match.end())
        else:
            self.header = ()
            pair = None if self.paragraph else _key_value(line)
            if pair is not None:
                self.key_values.append(pair)
                self.lead = ""
            else:
                self.paragraph.append(line)
        return number + 1

    def _item(self, number: int, skip: int) -> int:
        self.lead = self._end_paragraph() or self.lead
        body, last = _continued(self.lines, number)
        if last == number and (pair := _key_value(self.lines[number])) is not None:
            self.key_values.append(pair)
        spans = split_sentences(body.part(skip, len(body.text)))
        self.sentences.extend(Sentence(span, True, self.lead) for span in spans)
        return last + 1

    def _end_paragraph(self) -> str:
        """Splits the lines gathered so far into sentences; returns one that introduces a list."""
        lead, lines = "", self.paragraph
        self.paragraph = []
        for start, end, short in _runs_of_short_lines(lines):
            if short:
                self.key_values.extend(_label_value_lines(lines[start:end]))
                continue
            first, last = lines[start].start, lines[end - 1].end
            text = self.chunk.text[first - self.chunk.start : last - self.chunk.start]
            found = split_sentences(Span(text, first, last))
            self.sentences.extend(Sentence(span) for span in found)
            lead = plain(found[-1].text) if found and text.rstrip().endswith(":") else ""
        return lead


def _runs_of_short_lines(lines: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Cuts a paragraph into prose and runs of short lines without a full stop.

    The text layer of a PDF has no table marks: cells and headings come as short lines on their own,
    and read together with the prose around them they would make nonsense sentences.
    """
    if len(lines) < 2:
        yield from ([(0, len(lines), False)] if lines else [])
        return
    short = [
        len(line.text.strip()) <= 48 and line.text.strip()[-1] not in ".:;,!?" for line in lines
    ]
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or short[number] != short[start]:
            yield start, number, short[start]
            start = number


def _label_value_lines(lines: Sequence[Span]) -> list[KeyValue]:
    """`Mass` / `2.3 kg` on alternating lines, as two-column tables come out of a PDF.

    Only when it is plain which lines are the labels: hardly any of them has a digit and at least
    half of the others do. Otherwise nothing: a table with more columns cannot be put together.
    """
    best: list[KeyValue] = []
    for offset in (0, 1):
        pairs = list(zip(lines[offset::2], lines[offset + 1 :: 2], strict=False))
        if len(pairs) < 3:
            continue
        labels = sum(_has_digit(label) for label, _ in pairs) / len(pairs)
        values = sum(_has_digit(value) for _, value in pairs) / len(pairs)
        if labels <= 0.15 and values >= 0.5 and len(pairs) > len(best):
            best = [KeyValue(plain(label.text), value.stripped()) for label, value in pairs]
    return best


def _has_digit(line: Span) -> bool:
    return any(character.isdigit() for character in line.text)


def split_sentences(span: Span) -> list[Span]:
    """Sentences of a paragraph; abbreviations, decimals and initials do not end one."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(span.text):
        if _ABBREVIATION.search(span.text[max(0, match.start() - 12) : match.start() + 1]):
            continue
        found.append(span.part(start, match.end()).stripped())
        start = match.end()
    found.append(span.part(start, len(span.text)).stripped())
    return [piece for piece in found if piece.text]


def _lines(chunk: Chunk) -> Iterator[Span]:
    position = 0
    for text in chunk.text.splitlines(keepends=True):
        body = text.rstrip("\r\n")
        yield Span(body, chunk.start + position, chunk.start + position + len(body))
        position += len(text)


def _continued(lines: Sequence[Span], number: int) -> tuple[Span, int]:
    """A list item with its wrapped lines, and the number of the last of them."""
    last, text = number, lines[number].text
    while last + 1 < len(lines):
        following = lines[last + 1].text
        goes_on = following[:1].islower() and text.rstrip()[-1:] not in ".:;!?"
        if not following.strip() or not (following[:1].isspace() or goes_on):
            break
        if _ITEM.match(following):
            break
        gap = lines[last + 1].start - lines[last].end
        text, last = text + " " * gap + following, last + 1
    return Span(text, lines[number].start, lines[last].end), last


def _cells(line: Span) -> tuple[Span, ...]:
    """The cells of one pipe-table line; outer pipes are optional."""
    cells, start, text = [], 0, line.text
    for match in re.finditer(r"(?<!\\)\||$", text):
        cells.append(line.part(start, match.start()).stripped())
        start = match.end()
    if cells and not cells[0].text and text.lstrip().startswith("|"):
        cells = cells[1:]
    if cells and not cells[-1].text and text.rstrip().endswith("|"):
        cells = cells[:-1]
    return tuple(cells)


def _table_line(
    line: Span,
    lines: Sequence[Span],
    number: int,
    header: tuple[str, ...],
    rows: list[TableRow],
) -> tuple[str, ...]:
    """Reads one line of a table; returns the header in force after it."""
    if _SEPARATOR.match(line.text.strip()):
        return header
    cells = _cells(line)
    starts = number + 1 < len(lines) and _SEPARATOR.match(lines[number + 1].text.strip())
    if starts or not header:
        return tuple(plain(cell.text) for cell in cells)
    if len(cells) == len(header):
        rows.append(TableRow(header, cells))
    return header


def _key_value(line: Span) -> KeyValue | None:
    match = _KEY_VALUE.match(line.text)
    if match is None:
        return None
    key, value = plain(match[1]), line.part(match.end(), len(line.text)).stripped(" \t*")
    ends_like_a_sentence = value.text.endswith((".", "!", "?", ":")) and len(value.text.split()) > 3
    if not value.text or len(value.text.split()) > 12 or ends_like_a_sentence:
        return None
    if len(key.split()) > 6 or key.split()[0].lower() in _NOT_A_KEY:
        return None
    return KeyValue(key, value.part(0, len(value.text.rstrip(".;,"))))
