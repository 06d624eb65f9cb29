"""Facts found in chunks by rules: a value, where it stands, and what it is about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.finetuning.blocks import Blocks, Sentence, Span, parse_blocks
from assistant.finetuning.cells import ColumnCounts, cell_evidence, count_columns
from assistant.finetuning.evidence import Evidence, Topic, heading_of, topic_of
from assistant.finetuning.extractors.dates import find_dates
from assistant.finetuning.extractors.definitions import find_definition
from assistant.finetuning.extractors.found import Found, without_overlaps
from assistant.finetuning.extractors.identifiers import find_identifiers
from assistant.finetuning.extractors.names import Lexicon, find_names, read_lexicon
from assistant.finetuning.extractors.quantities import find_quantities
from assistant.finetuning.text import plain, short_hash, squeeze
from assistant.finetuning.wording.clauses import parse_clause
from assistant.finetuning.wording.marked import Marked
from assistant.schema import Chunk, Fact

MAX_SENTENCE_WORDS = 60


def extract_facts(chunks: Iterable[Chunk]) -> list[Fact]:
    """The facts of `find_evidence` alone."""
    return [evidence.fact for evidence in find_evidence(chunks)]


def find_evidence(chunks: Iterable[Chunk]) -> list[Evidence]:
    """Every value the rules find, document by document in text order.

    Args:
        chunks: of any number of documents; `text` must be the document's text from `start` to
            `end`.

    Returns:
        One `Evidence` a value. For each, `document_text[fact.start:fact.end] == fact.value`.
        The same value in the same sentence is one fact, the same sentence twice in a document too.
    """
    ordered = sorted(chunks, key=lambda c: (c.document_id, c.start))
    parsed: list[tuple[Chunk, Blocks]] = []
    for _, group in groupby(ordered, key=lambda c: c.document_id):
        open_table: Sequence[str] = ()
        for chunk in group:
            blocks = parse_blocks(chunk, open_table)
            open_table = blocks.open_table
            parsed.append((chunk, blocks))
    lexicon = read_lexicon(s.span.text for _, blocks in parsed for s in blocks.sentences)
    columns = count_columns((chunk.document_id, blocks) for chunk, blocks in parsed)
    found: list[Evidence] = []
    seen: set[tuple[str, ...]] = set()
    ids: set[str] = set()
    for chunk, blocks in parsed:
        for evidence in _of_chunk(chunk, blocks, lexicon, columns):
            sentence = evidence.marked.sentence if evidence.marked else evidence.fact.subject
            key = (chunk.document_id, sentence, evidence.attribute, evidence.fact.value)
            # A list line `key: value` is read as a cell and as a sentence: one fact all the same.
            if key not in seen and evidence.fact.id not in ids:
                seen.add(key)
                ids.add(evidence.fact.id)
                found.append(evidence)
    return found


def _of_chunk(
    chunk: Chunk, blocks: Blocks, lexicon: Lexicon, columns: ColumnCounts
) -> Iterator[Evidence]:
    topic = topic_of(chunk)
    yield from cell_evidence(chunk, blocks, topic, columns, lexicon)
    antecedent = f"the {topic.name}" if topic.entity else ""
    for sentence in blocks.sentences:
        if len(sentence.span.text.split()) <= MAX_SENTENCE_WORDS:
            for one in _of_sentence(chunk, topic, sentence, lexicon):
                yield replace(one, antecedent=antecedent)
        # "It" mostly takes up the subject of the sentence before.
        clause = parse_clause(plain(sentence.span.text), lexicon.name_words)
        if clause is not None and clause.subject != "you" and len(clause.subject.split()) <= 6:
            antecedent = clause.subject


def _of_sentence(
    chunk: Chunk, topic: Topic, sentence: Sentence, lexicon: Lexicon
) -> Iterator[Evidence]:
    text = sentence.span.text
    found = without_overlaps(
        [
            *find_identifiers(text),
            *find_dates(text),
            *find_quantities(text),
            *find_names(text, lexicon),
        ]
    )
    repeated = Counter(text[f.start : f.end] for f in found)
    for one in found:
        if repeated[text[one.start : one.end]] == 1:
            yield _evidence(chunk, topic, sentence.span, one, lexicon)
    for definition in find_definition(squeeze(text) if "\n" not in text else text):
        span = Found(definition.start, definition.end, "definition")
        yield _evidence(
            chunk, topic, sentence.span, span, lexicon, definition.term, definition.verb
        )


def _evidence(
    chunk: Chunk,
    topic: Topic,
    sentence: Span,
    found: Found,
    lexicon: Lexicon,
    subject: str = "",
    relation: str = "",
) -> Evidence:
    marked = Marked.cut(sentence.text, found.start, found.end)
    clause = None if subject else parse_clause(marked.sentence, lexicon.name_words)
    start, end = sentence.start + found.start, sentence.start + found.end
    value = chunk.text[start - chunk.start : end - chunk.start]
    fact = Fact(
        id=short_hash([chunk.document_id, chunk.id, str(start - chunk.start), value]),
        document_id=chunk.document_id,
        chunk_id=chunk.id,
        start=start,
        end=end,
        value=value,
        kind=found.kind,
        subject=subject or (clause.subject if clause else topic.name),
        relation=clause.finite if clause else relation,
    )
    person = found.kind == "name" and lexicon.is_person(value)
    return Evidence(
        fact, topic, chunk.title, heading_of(chunk), lexicon.name_words, marked, person=person
    )
