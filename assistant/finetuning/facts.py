"""Facts found in chunks by rules: a value, where it stands, and what it is about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant.finetuning.blocks import Blocks, Sentence, Span, parse_blocks
from assistant.finetuning.cells import cell_evidence
from assistant.finetuning.evidence import Evidence, Topic, heading_of, topic_of
from assistant.finetuning.extractors.dates import find_dates
from assistant.finetuning.extractors.definitions import find_definition
from assistant.finetuning.extractors.found import Found, without_overlaps
from assistant.finetuning.extractors.identifiers import find_identifiers
from assistant.finetuning.extractors.names import find_names, gather_names
from assistant.finetuning.extractors.quantities import find_quantities
from assistant.finetuning.text import short_hash, squeeze
from assistant.finetuning.wording.clauses import parse_clause
from assistant.finetuning.wording.questions import Marked
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
    names = gather_names(s.span.text for _, blocks in parsed for s in blocks.sentences)
    found, seen = [], set()
    for chunk, blocks in parsed:
        for evidence in _of_chunk(chunk, blocks, names):
            sentence = evidence.marked.sentence if evidence.marked else evidence.fact.subject
            key = (chunk.document_id, sentence, evidence.attribute, evidence.fact.value)
            if key not in seen:
                seen.add(key)
                found.append(evidence)
    return found


def known_names(chunks: Iterable[Chunk]) -> frozenset[str]:
    """Words that are written with a capital in mid-sentence somewhere in these chunks."""
    texts = (s.span.text for chunk in chunks for s in parse_blocks(chunk).sentences)
    return frozenset(word for name in gather_names(texts) for word in name.split())


def _of_chunk(chunk: Chunk, blocks: Blocks, names: frozenset[str]) -> Iterator[Evidence]:
    topic = topic_of(chunk)
    yield from cell_evidence(chunk, blocks, topic)
    for sentence in blocks.sentences:
        if len(sentence.span.text.split()) <= MAX_SENTENCE_WORDS:
            yield from _of_sentence(chunk, topic, sentence, names)


def _of_sentence(
    chunk: Chunk, topic: Topic, sentence: Sentence, names: frozenset[str]
) -> Iterator[Evidence]:
    text = sentence.span.text
    found = without_overlaps(
        [
            *find_identifiers(text),
            *find_dates(text),
            *find_quantities(text),
            *find_names(text, names),
        ]
    )
    repeated = Counter(text[f.start : f.end] for f in found)
    for one in found:
        if repeated[text[one.start : one.end]] == 1:
            yield _evidence(chunk, topic, sentence.span, one)
    for definition in find_definition(squeeze(text) if "\n" not in text else text):
        span = Found(definition.start, definition.end, "definition")
        yield _evidence(chunk, topic, sentence.span, span, definition.term)


def _evidence(
    chunk: Chunk, topic: Topic, sentence: Span, found: Found, subject: str = ""
) -> Evidence:
    marked = Marked.cut(sentence.text, found.start, found.end)
    clause = None if subject else parse_clause(marked.sentence)
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
        relation=clause.finite if clause else "is" if subject else "",
    )
    return Evidence(fact, topic, chunk.title, heading_of(chunk), marked)
