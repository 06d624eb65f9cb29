"""Values that no extractor names: what a statement says of its subject, for a model to ask."""

from collections.abc import Iterable, Iterator

from assistant.finetuning.blocks import parse_blocks
from assistant.finetuning.evidence import Evidence, heading_of, topic_of
from assistant.finetuning.text import short_hash
from assistant.finetuning.wording.clauses import parse_clause
from assistant.finetuning.wording.marked import SUBCLAUSE, Marked
from assistant.schema import Chunk, Fact

MIN_WORDS, MAX_WORDS = 2, 9


def propose_spans(chunks: Iterable[Chunk], taken: Iterable[Evidence]) -> list[Evidence]:
    """Objects of plain statements in sentences without any extracted value, kind `model`.

    They count as facts only when a model's question about them passes the round trip.

    Args:
        chunks: all chunks.
        taken: facts found by rules; their sentences are passed over.
    """
    used = {(one.fact.chunk_id, one.marked.sentence) for one in taken if one.marked is not None}
    return [one for chunk in chunks for one in _of_chunk(chunk, used)]


def _of_chunk(chunk: Chunk, used: set[tuple[str, str]]) -> Iterator[Evidence]:
    for sentence in parse_blocks(chunk).sentences:
        text = sentence.span.text
        clause = parse_clause(text) if "\n" not in text else None
        if clause is None or clause.lead or clause.subject == "you":
            continue
        rest = SUBCLAUSE.sub("", clause.rest).rstrip(". ")
        offset = text.find(rest)
        if offset < 0 or not MIN_WORDS <= len(rest.split()) <= MAX_WORDS:
            continue
        marked = Marked.cut(text, offset, offset + len(rest))
        if (chunk.id, marked.sentence) in used:
            continue
        start = sentence.span.start + offset
        fact = Fact(
            id=short_hash([chunk.document_id, chunk.id, str(start - chunk.start), rest]),
            document_id=chunk.document_id,
            chunk_id=chunk.id,
            start=start,
            end=start + len(rest),
            value=rest,
            kind="model",
            subject=clause.subject,
            relation=clause.finite,
        )
        yield Evidence(fact, topic_of(chunk), chunk.title, heading_of(chunk), marked=marked)
