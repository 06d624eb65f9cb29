"""Every passage a model was shown: who saw it, who cited it, how it was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.schema import Answer, Chunk, Hit, Passage, Question
from ui.cards import SOURCE_ANCHOR, where
from ui.escape import escape, escape_block

LONGEST_HIGHLIGHT = 80


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One chunk and what the approaches did with it."""

    passage: Passage
    seen_by: Mapping[str, int]
    """Approach -> the number the passage had in its prompt."""
    found_in: tuple[str, ...]
    """Approaches whose answer stands in this passage."""
    not_found_in: tuple[str, ...]
    """Approaches that cited it although their value does not stand in it."""
    hit: Hit | None

    @property
    def chunk(self) -> Chunk:
        """The chunk itself."""
        return self.passage.chunk


def source_rows(answers: Sequence[Answer], hits: Sequence[Hit]) -> list[SourceRow]:
    """One row a chunk, in prompt order; chunks nobody was shown are no sources."""
    by_chunk = {hit.chunk.id: hit for hit in hits}
    first: dict[str, Passage] = {}
    for answer in answers:
        for passage in answer.passages:
            first.setdefault(passage.chunk.id, passage)
    return [
        SourceRow(
            passage=passage,
            seen_by={
                a.approach: p.number for a in answers for p in a.passages if p.chunk.id == chunk_id
            },
            found_in=_citing(answers, chunk_id, supported=True),
            not_found_in=_citing(answers, chunk_id, supported=False),
            hit=by_chunk.get(chunk_id),
        )
        for chunk_id, passage in first.items()
    ]


def draw_sources(
    rows: Sequence[SourceRow], labels: Mapping[str, str], highlight: Sequence[str]
) -> None:
    """The panel under the cards.

    Args:
        rows: from `source_rows`.
        labels: approach name -> label.
        highlight: values to mark in the passages.
    """
    if not rows:
        return
    st.header("Sources", anchor=False)
    st.caption(
        "What the model was given to read. Scores of different kinds cannot be compared with "
        "one another, and none is a percentage."
    )
    for number, row in enumerate(rows, start=1):
        with st.container(border=True, gap="xsmall"):
            _draw_row(number, row, labels, highlight)


def values_to_mark(question: Question, answers: Sequence[Answer]) -> tuple[str, ...]:
    """Short answers and references: what a reader looks for in a passage."""
    texts = [a.text.strip().rstrip(".") for a in answers]
    texts += [*question.references, *question.must]
    return tuple(dict.fromkeys(t for t in texts if 0 < len(t) <= LONGEST_HIGHLIGHT))


def scores_line(row: SourceRow) -> str:
    """Every score under its own name; a score nobody has is left out."""
    if row.hit is None:
        return f"fused {row.passage.score:.4f}" if row.passage.score is not None else ""
    parts = []
    if row.hit.dense is not None:
        parts.append(f"dense cosine {row.hit.dense:.3f}{_rank(row.hit.dense_rank)}")
    if row.hit.keyword is not None:
        parts.append(f"BM25 {row.hit.keyword:.2f}{_rank(row.hit.keyword_rank)}")
    parts.append(f"fused {row.hit.score:.4f}")
    return " · ".join(parts)


def _draw_row(
    number: int, row: SourceRow, labels: Mapping[str, str], highlight: Sequence[str]
) -> None:
    st.subheader(f"{number}. {escape(row.chunk.header)}", anchor=f"{SOURCE_ANCHOR}{number}")
    scores = scores_line(row)
    st.caption(f"{where(row.chunk)} · {scores}" if scores else where(row.chunk))
    read = ", ".join(
        escape(labels.get(name, name)) + (f" as {seen}" if seen != number else "")
        for name, seen in row.seen_by.items()
    )
    facts = [f":material/visibility: Read by {read}"]
    if row.found_in:
        facts.append(f":material/verified: Holds the answer of {_names(row.found_in, labels)}")
    if row.not_found_in:
        names = _names(row.not_found_in, labels)
        facts.append(f":material/warning: Cited by {names}, value not found")
    st.markdown(" · ".join(facts))
    with st.expander("Passage", expanded=bool(row.found_in)):
        st.markdown(escape_block(row.chunk.text, highlight))


def _citing(answers: Sequence[Answer], chunk_id: str, *, supported: bool) -> tuple[str, ...]:
    return tuple(
        a.approach
        for a in answers
        if any(c.chunk_id == chunk_id and c.supported is supported for c in a.citations)
    )


def _names(approaches: Sequence[str], labels: Mapping[str, str]) -> str:
    return ", ".join(escape(labels.get(name, name)) for name in approaches)


def _rank(rank: int | None) -> str:
    return f" (rank {rank})" if rank is not None else ""
