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
_NOT_A_KEY = word_set("note warning important tip caution example hint q a see http https")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|approx|no|nos|dr|mr|mrs|ms|prof|vs|fig|art|st|inc|ltd|co|min|max|incl|tel|resp)"
    r"|\b[A-Z])\.$",
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
    sentences: list[Sentence] = []
    rows: list[TableRow] = []
    key_values: list[KeyValue] = []
    header: tuple[str, ...] = tuple(open_table)
    paragraph: list[Span] = []
    lead = ""
    lines = list(_lines(chunk))

    def flush() -> str:
        """Ends the paragraph; returns it when it introduces a list."""
        if not paragraph:
            return ""
        first, last = paragraph[0].start - chunk.start, paragraph[-1].end - chunk.start
        whole = Span(chunk.text[first:last], paragraph[0].start, paragraph[-1].end)
        paragraph.clear()
        found = split_sentences(whole)
        sentences.extend(Sentence(span) for span in found)
        return plain(found[-1].text) if found and whole.text.rstrip().endswith(":") else ""

    for number, line in enumerate(lines):
        text = line.text
        if not text.strip():
            lead = flush() or lead
            header = header if number + 1 < len(lines) and "|" in lines[number + 1].text else ()
        elif text.lstrip().startswith("#") or set(text.strip()) <= {"-", "=", "*"}:
            flush()
            lead, header = "", ()
        elif text.count("|") >= 2 or (header and "|" in text):
            lead = flush()
            header = _table_line(line, lines, number, header, rows)
        elif match := _ITEM.match(text):
            lead = flush() or lead
            body = _continued(lines, number, match.end())
            if (pair := _key_value(line)) is not None:
                key_values.append(pair)
            sentences.extend(Sentence(span, True, lead) for span in split_sentences(body))
        elif text[:1].isspace() and number and _ITEM.match(lines[number - 1].text):
            continue  # the wrapped line of a list item, already read with it
        else:
            pair = _key_value(line)
            if pair is not None and not paragraph:
                flush()
                key_values.append(pair)
                lead = ""
            else:
                paragraph.append(line)
                header, lead = (), ""
    flush()
    return Blocks(tuple(sentences), tuple(rows), tuple(key_values), header)


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


def _continued(lines: Sequence[Span], number: int, skip: int) -> Span:
    """A list item with its indented continuation lines, marker removed."""
    last, text = number, lines[number].text
    while last + 1 < len(lines):
        following = lines[last + 1].text
        if not following[:1].isspace() or not following.strip() or _ITEM.match(following):
            break
        gap = lines[last + 1].start - lines[last].end
        text, last = text + " " * gap + following, last + 1
    return Span(text, lines[number].start, lines[last].end).part(skip, len(text))


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
