"""Facts in tables, `key: value` lines and the label/value lines that PDF tables turn into."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.finetuning.blocks import Blocks, Span, TableRow
from assistant.finetuning.evidence import Evidence, Topic, heading_of
from assistant.finetuning.text import plain, short_hash, word_set
from assistant.schema import Chunk, Fact

_UNIT = re.compile(r"\s*\(([^()]{1,24})\)\s*$")
_UNITS = re.compile(
    r"^(?:%|°\s?[CF]|EUR|USD|GBP|€|\$|£|[kmµnMGT]?(?:g|m|l|L|W|V|A|Hz|B|s|h|Pa|bar)(?:/\w+)?|min|mm|cm|km"
    r"|(?:working |calendar )?(?:seconds|minutes|hours|days|weeks|months|years|nights)|mg/[lL]|\w+/\w+)$"
)
_ATTRIBUTE_COLUMN = word_set(
    """property properties item items feature features characteristic attribute parameter specification
    detail details field what topic subject aspect question setting data value"""
) | {""}
_VALUE_COLUMN = word_set("value values setting data details detail description") | {""}
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "none", "?", "...", "…", "x", "✓", "✗"})
MAX_CELL_WORDS = 16


def cell_evidence(chunk: Chunk, blocks: Blocks, topic: Topic) -> Iterator[Evidence]:
    """One `Evidence` for every table cell and key/value line that says something."""
    for header, rows in _tables(blocks.rows):
        if header[0].strip().lower() in _ATTRIBUTE_COLUMN:
            yield from _attributes_in_rows(chunk, topic, header, rows)
        else:
            yield from _entities_in_rows(chunk, topic, header, rows)
    for pair in blocks.key_values:
        yield from _cell(chunk, topic, "", pair.key, pair.value, "key_value")


def _tables(rows: Sequence[TableRow]) -> Iterator[tuple[tuple[str, ...], list[TableRow]]]:
    grouped: dict[tuple[str, ...], list[TableRow]] = {}
    for row in rows:
        if len(row.header) > 1:
            grouped.setdefault(row.header, []).append(row)
    yield from grouped.items()


def _attributes_in_rows(
    chunk: Chunk, topic: Topic, header: tuple[str, ...], rows: list[TableRow]
) -> Iterator[Evidence]:
    """`| Price | EUR 29 | EUR 140 |` under `| | Quay | Breakwater |`: columns are the subjects."""
    for row in rows:
        label = plain(row.cells[0].text)
        counts = Counter(plain(cell.text) for cell in row.cells[1:])
        for name, cell in zip(header[1:], row.cells[1:], strict=True):
            subject = "" if name.strip().lower() in _VALUE_COLUMN else name.strip()
            unique = len(row.cells) > 2 and counts[plain(cell.text)] == 1
            yield from _cell(chunk, topic, subject, label, cell, "table_cell", unique=unique)


def _entities_in_rows(
    chunk: Chunk, topic: Topic, header: tuple[str, ...], rows: list[TableRow]
) -> Iterator[Evidence]:
    """`| RK-110 | 24 |` under `| Kit | Shelf life (months) |`: rows are the subjects."""
    counts = [Counter(plain(row.cells[i].text) for row in rows) for i in range(len(header))]
    for row in rows:
        subject = plain(row.cells[0].text)
        if not subject or counts[0][subject] > 1 or len(subject.split()) > 8:
            continue
        for column in range(1, len(header)):
            cell = row.cells[column]
            unique = len(rows) > 2 and counts[column][plain(cell.text)] == 1
            yield from _cell(
                chunk,
                topic,
                subject,
                header[column],
                cell,
                "table_cell",
                noun=_noun(header[0]),
                unique=unique,
            )


def _noun(name: str) -> str:
    word = _UNIT.sub("", name).strip().lower()
    return word if word.isalpha() and len(word) > 2 else ""


def _cell(
    chunk: Chunk,
    topic: Topic,
    subject: str,
    label: str,
    cell: Span,
    kind: str,
    *,
    noun: str = "",
    unique: bool = False,
) -> Iterator[Evidence]:
    cell = cell.stripped("*`_ ")
    value = plain(cell.text)
    if value.lower() in _EMPTY or not label.strip() or len(value.split()) > MAX_CELL_WORDS:
        return
    match = _UNIT.search(label)
    unit = match[1] if match and _UNITS.match(match[1]) else ""
    attribute = plain(_UNIT.sub("", label) if unit else label)
    fact = Fact(
        id=short_hash([chunk.document_id, chunk.id, str(cell.start - chunk.start), cell.text]),
        document_id=chunk.document_id,
        chunk_id=chunk.id,
        start=cell.start,
        end=cell.end,
        value=cell.text,
        kind=kind,
        subject=subject or topic.name,
        relation=attribute,
    )
    yield Evidence(fact, topic, chunk.title, heading_of(chunk), None, attribute, unit, noun, unique)
