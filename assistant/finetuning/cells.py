"""Facts in tables, `key: value` lines and the label/value lines that PDF tables turn into."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.finetuning.blocks import Blocks, Span, TableRow
from assistant.finetuning.evidence import Evidence, Topic, heading_of
from assistant.finetuning.extractors.names import Lexicon
from assistant.finetuning.text import distinctive, plain, short_hash, word_set
from assistant.finetuning.wording.attributes import (
    is_aside,
    is_noun_phrase,
    lower_label,
    says_nothing,
)
from assistant.finetuning.wording.clauses import parse_clause
from assistant.finetuning.wording.verbs import AUXILIARIES
from assistant.schema import Chunk, Fact

_UNIT = re.compile(r"\s*\(([^()]{1,24})\)\s*$")
_UNITS = re.compile(
    r"^(?:%|°\s?[CF]|EUR|USD|GBP|€|\$|£|min|mm|cm|km"
    r"|[kmµnMGT]?(?:g|m|l|L|W|V|A|Hz|B|s|h|Pa|bar)(?:/\w+)?"
    r"|(?:working |calendar )?(?:seconds|minutes|hours|days|weeks|months|years|nights)"
    r"|mg/[lL]|\w+/\w+)$"
)
_ATTRIBUTE_COLUMN = word_set(
    """property properties item items feature features characteristic attribute parameter
    specification detail details field what topic subject aspect question setting data value"""
) | {""}
_VALUE_COLUMN = word_set("value values setting data details detail description") | {""}
_PEOPLE = frozenset(
    {"name", "who", "person", "employee", "owner", "contact", "colleague", "member"}
)
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "none", "?", "...", "…", "x", "✓", "✗"})
MAX_CELL_WORDS = 16


ColumnCounts = Mapping[tuple[str, tuple[str, ...]], Sequence[Counter[str]]]
"""(document id, table header) -> how often each value stands in each column of all its rows."""


def count_columns(parsed: Iterable[tuple[str, Blocks]]) -> ColumnCounts:
    """Counts cells over whole tables, which may be cut over several chunks."""
    counts: dict[tuple[str, tuple[str, ...]], list[Counter[str]]] = {}
    for document_id, blocks in parsed:
        for row in blocks.rows:
            columns = counts.setdefault((document_id, row.header), [Counter() for _ in row.header])
            for counter, cell in zip(columns, row.cells, strict=True):
                counter[plain(cell.text)] += 1
    return counts


def cell_evidence(
    chunk: Chunk, blocks: Blocks, topic: Topic, columns: ColumnCounts, lexicon: Lexicon
) -> Iterator[Evidence]:
    """One `Evidence` for every table cell and key/value line that says something."""
    for row in blocks.rows:
        if len(row.header) < 2:
            continue
        counts = columns[chunk.document_id, row.header]
        if _holds_attributes(row.header, counts, lexicon):
            yield from _attributes(chunk, topic, row)
        else:
            yield from _entity(chunk, topic, row, counts)
    keys = Counter(pair.key for pair in blocks.key_values)
    for pair in blocks.key_values:
        if keys[pair.key] > 1 or pair.key in chunk.title or not _is_key(pair.key):
            continue
        if distinctive(pair.key) or lexicon.is_name(pair.key):
            yield from _cell(chunk, topic, pair.key, "entry", pair.value, "key_value")
        else:
            yield from _cell(chunk, topic, "", pair.key, pair.value, "key_value")


def _holds_attributes(
    header: tuple[str, ...], counts: Sequence[Counter[str]], lexicon: Lexicon
) -> bool:
    """Whether the rows are attributes and the columns things, as in a comparison of plans."""

    def thing(text: str) -> bool:
        return bool(distinctive(text)) or lexicon.is_name(text)

    if header[0].strip().lower() in _ATTRIBUTE_COLUMN:
        # `| Data | Kept for |`: what the other columns are called must be able to have attributes.
        named = [h for h in header[1:] if h.strip().lower() not in _VALUE_COLUMN and not thing(h)]
        alone = len(header) == 2 and bool(named)
        return not alone and all(is_noun_phrase(lower_label(h)) for h in named)

    labels = list(counts[0])
    return all(map(thing, header[1:])) and sum(map(thing, labels)) * 2 < len(labels)


def _is_key(key: str) -> bool:
    """Whether `key: value` says something of the page, and is no remark and no sentence."""
    if key.lower() in _ATTRIBUTE_COLUMN or is_aside(key) or says_nothing(key):
        return False
    clause = parse_clause(key)
    return clause is None or clause.finite not in AUXILIARIES


def _attributes(chunk: Chunk, topic: Topic, row: TableRow) -> Iterator[Evidence]:
    """`| Price | EUR 29 | EUR 140 |` under `| | Quay | Breakwater |`: columns are the subjects."""
    label = plain(row.cells[0].text)
    counts = Counter(plain(cell.text) for cell in row.cells[1:])
    for name, cell in zip(row.header[1:], row.cells[1:], strict=True):
        subject = "" if name.strip().lower() in _VALUE_COLUMN else name.strip()
        unique = len(row.cells) > 2 and counts[plain(cell.text)] == 1
        yield from _cell(chunk, topic, subject, label, cell, "table_cell", unique=unique)


def _entity(
    chunk: Chunk, topic: Topic, row: TableRow, counts: Sequence[Counter[str]]
) -> Iterator[Evidence]:
    """`| RK-110 | 24 |` under `| Kit | Shelf life (months) |`: rows are the subjects."""
    subject = plain(row.cells[0].text)
    # A bare running number names nothing that anyone would ask for.
    if not re.search(r"[^\W\d]", subject) or counts[0][subject] > 1 or len(subject.split()) > 8:
        return
    noun = _noun(row.header[0])
    for column in range(1, len(row.header)):
        cell = row.cells[column]
        unique = counts[column].total() > 2 and counts[column][plain(cell.text)] == 1
        label = row.header[column]
        yield from _cell(chunk, topic, subject, label, cell, "table_cell", noun=noun, unique=unique)


def _noun(name: str) -> str:
    word = _UNIT.sub("", name).strip().lower()
    if word in _PEOPLE:
        return "person"
    if word in _ATTRIBUTE_COLUMN:
        return ""
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
    yield Evidence(
        fact,
        topic,
        chunk.title,
        heading_of(chunk),
        attribute=attribute,
        unit=unit,
        noun=noun,
        unique=unique,
    )
