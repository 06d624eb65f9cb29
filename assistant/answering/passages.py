"""Which chunks an approach shows the model, and which of them fit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.errors import AssistantError
from assistant.schema import Chunk, Hit, Message, Passage, PassageMode, Question, split_source

GOLD_SEARCH = 50
"""How far down the ranking a gold document's best chunks are looked for."""


class PassageSource(Protocol):
    """What is needed of a retriever."""

    @property
    def version(self) -> str:
        """Index version id."""

    def search(self, query: str, k: int = 5) -> list[Hit]:
        """Best chunks first."""

    def chunks_for_source(self, source: str) -> list[Chunk]:
        """Chunks of `path` or `path#heading`, in document order; empty when unknown."""

    def all_chunks(self) -> Iterator[Chunk]:
        """Every chunk, in document order."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Passages chosen for one question, before the token budget."""

    passages: tuple[Passage, ...] = ()
    error: str = ""
    """Why there are none although the approach needs some."""


class Selector:
    """Chooses passages for a batch of questions; searches once per question.

    Args:
        source: the retriever, or None where nothing is indexed.
        k: passages per question.
        everything: index version -> all its passages, kept by the caller from batch to batch.
    """

    def __init__(
        self,
        source: PassageSource | None,
        k: int,
        everything: dict[str, tuple[Passage, ...]] | None = None,
    ) -> None:
        self._source = source
        self._k = k
        self._hits: dict[str, list[Hit]] = {}
        self._everything = {} if everything is None else everything

    def select(self, question: Question, mode: PassageMode) -> Selection:
        """Passages in prompt order, numbered from 1."""
        if mode == "none":
            return Selection()
        if self._source is None:
            return Selection(error="nothing is indexed yet\n  try: assistant reindex")
        if mode == "retrieved":
            hits = self._search(question.question, self._k)
            return Selection(_numbered((hit.chunk, hit.score) for hit in hits))
        if mode == "all":
            return Selection(self._all(self._source))
        gold = self._gold(question)
        if gold:
            return Selection(_numbered((chunk, None) for chunk in gold))
        if not question.answerable:
            # Nothing says it; what the search comes up with is the best evidence of that.
            return self.select(question, "retrieved")
        named = ", ".join(question.sources) or "none named"
        return Selection(error=f"no gold passage: sources of the question: {named}")

    def nearest(self, question: Question) -> tuple[Passage, ...]:
        """The best-ranked chunks, numbered from 1; empty without an index.

        Only a help for the reader, so an index that cannot be read is no reason to fail.
        """
        try:
            hits = self._search(question.question, self._k)
        except AssistantError:
            return ()
        return _numbered((hit.chunk, hit.score) for hit in hits)

    def _all(self, source: PassageSource) -> tuple[Passage, ...]:
        version = source.version
        if version not in self._everything:
            passages = _numbered((chunk, None) for chunk in source.all_chunks())
            self._everything.clear()
            self._everything[version] = passages
            return passages
        return self._everything[version]

    def _search(self, query: str, k: int) -> list[Hit]:
        if self._source is None:
            return []
        if query not in self._hits:
            self._hits[query] = self._source.search(query, k)
        return self._hits[query]

    def _gold(self, question: Question) -> list[Chunk]:
        """Chunks of every source, sources taking turns, at most k (but one of each source)."""
        assert self._source is not None
        ranked = [
            self._best_of_source(question, source) for source in dict.fromkeys(question.sources)
        ]
        ranked = [chunks for chunks in ranked if chunks]
        limit = max(self._k, len(ranked))
        chosen: dict[str, Chunk] = {}
        for turn in range(max((len(chunks) for chunks in ranked), default=0)):
            for chunks in ranked:
                if turn < len(chunks) and len(chosen) < limit:
                    chosen.setdefault(chunks[turn].id, chunks[turn])
        return list(chosen.values())

    def _best_of_source(self, question: Question, source: str) -> list[Chunk]:
        """Chunks of one source, those that hold a reference first, then by rank.

        Of a whole document only the chunks that hold a reference count, where there are any: the
        rest of a long document is not what its author meant.
        """
        assert self._source is not None
        chunks = self._source.chunks_for_source(source)
        if len(chunks) <= 1:
            return chunks
        hits = self._source.search(question.question, GOLD_SEARCH)
        rank = {hit.chunk.id: number for number, hit in enumerate(hits)}
        wanted = [_plain(t) for t in (*question.references, *question.must) if t.strip()]
        holding = {c.id for c in chunks if any(w in _plain(c.text) for w in wanted)}
        chunks = sorted(chunks, key=lambda c: (c.id not in holding, rank.get(c.id, GOLD_SEARCH)))
        return chunks if split_source(source)[1] or not holding else chunks[: len(holding)]


def fit(
    passages: Sequence[Passage],
    *,
    budget: int,
    count: Callable[[tuple[Passage, ...]], int],
    block_tokens: Callable[[Passage], int],
    stop_at_misfit: bool,
) -> tuple[tuple[Passage, ...], int]:
    """The passages whose prompt stays within the budget, renumbered, and how many were dropped.

    Passages are kept or dropped whole. Each is first judged by its own tokens, then the finished
    prompt is counted exactly and the last passages go until it fits.

    Args:
        passages: in prompt order.
        budget: tokens of the whole prompt.
        count: tokens of the whole prompt with these passages.
        block_tokens: tokens of one passage alone.
        stop_at_misfit: true keeps a leading run (all documents); false skips what is too long and
            goes on (ranked passages).
    """
    kept: list[Passage] = []
    spent = count(())
    for passage in passages:
        cost = block_tokens(passage)
        if spent + cost <= budget:
            kept.append(passage)
            spent += cost
        elif stop_at_misfit:
            break
    shown = _renumber(kept)
    while shown and count(shown) > budget:
        shown = shown[:-1]
    return shown, len(passages) - len(shown)


def block_message(text: str) -> tuple[Message, ...]:
    """A passage block as a conversation of its own, to count its tokens."""
    return (Message("user", text),)


def _renumber(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(replace(p, number=n) for n, p in enumerate(passages, start=1))


def _numbered(pairs: Iterator[tuple[Chunk, float | None]]) -> tuple[Passage, ...]:
    return tuple(Passage(n, chunk, score) for n, (chunk, score) in enumerate(pairs, start=1))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
