"""Rows with passages (RAFT): the right one shuffled among distractors, so that `hybrid` can read.

Method: Zhang et al. 2024, arXiv:2403.10131, without the chain of thought.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random

from assistant.finetuning.evidence import Evidence
from assistant.finetuning.synthesis import QUESTION, REVERSE
from assistant.finetuning.text import contains_value, content_words, distinctive, short_hash
from assistant.schema import Chunk, Pair

PASSAGES = "passages"
USUAL_SHOWN = 5
Neighbours = Callable[[str, int], Sequence[Chunk]]
"""(question, how many) -> chunks that a retriever would bring, best first."""


class ChunkIndex:
    """Nearest chunks by shared rare words; stands in where no retriever is passed."""

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        self.chunks = list(chunks)
        self._words = [
            content_words(c.indexed_text) | distinctive(c.indexed_text) for c in self.chunks
        ]
        counts = Counter(word for words in self._words for word in words)
        total = len(self.chunks) + 1
        self._weight = {word: math.log(total / count) for word, count in counts.items()}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for word in words:
                self._holders[word].append(number)

    def nearest(self, question: str, count: int) -> list[Chunk]:
        """Chunks by the summed rarity of the words they share with the question."""
        scores: dict[int, float] = defaultdict(float)
        for word in sorted(content_words(question) | distinctive(question)):
            for number in self._holders.get(word, ()):
                scores[number] += self._weight[word] / math.sqrt(len(self._words[number]))
        best = sorted(scores, key=lambda n: (-scores[n], n))[:count]
        return [self.chunks[n] for n in best]


def passage_pairs(
    pairs: Sequence[Pair],
    evidence: Iterable[Evidence],
    chunks: Sequence[Chunk],
    *,
    neighbours: Neighbours | None = None,
    fits: Callable[[Pair], bool] | None = None,
    per_fact: int = 1,
    shown: int = USUAL_SHOWN,
    limit: int = 2000,
    seed: int = 0,
) -> list[Pair]:
    """One or more rows with passages for each fact that has a question.

    Args:
        pairs: kept pairs; only questions and reverse questions are shown with passages.
        evidence: the facts, for their values.
        chunks: all chunks, for distractors.
        neighbours: finds chunks near a question; default is `ChunkIndex` over `chunks`.
        fits: whether a row fits the model; distractors are dropped until it does.
        per_fact: rows a fact.
        shown: passages that an answer is given; the rows have about as many.
        limit: rows in all; facts are taken evenly.
        seed: of choice and order.

    Returns:
        Pairs of variant `passages`: the gold chunk among distractors (2 to 4 of them where five
        are shown, none or one where one is), none of which contains the answer, at a random place.
    """
    rng = Random(f"passages/{seed}")
    gold = {chunk.id: chunk for chunk in chunks}
    find = neighbours or ChunkIndex(chunks).nearest
    values = {one.fact.id: one.fact.value for one in evidence}
    by_fact: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.variant in {QUESTION, REVERSE} and pair.chunk_id in gold:
            by_fact[pair.fact_id].append(pair)
    chosen = [
        pair for rows in by_fact.values() for pair in rng.sample(rows, min(per_fact, len(rows)))
    ]
    rng.shuffle(chosen)
    made = []
    for pair in chosen[:limit]:
        value = values.get(pair.fact_id, pair.answer)
        near = [
            c
            for c in find(pair.question, 10)
            if c.id != pair.chunk_id
            and not contains_value(c.text, value)
            and not contains_value(c.text, pair.answer)
        ]
        beside = _pick(near, distractors(rng, shown), rng)
        row = with_passages(pair, [gold[pair.chunk_id], *beside], rng)
        while fits is not None and not fits(row) and len(row.passages) > 1:
            others = [c for c in row.passages if c.id != pair.chunk_id]
            row = with_passages(pair, [gold[pair.chunk_id], *others[:-1]], rng)
        if fits is None or fits(row):
            made.append(row)
    return made


def with_passages(pair: Pair, passages: Sequence[Chunk], rng: Random) -> Pair:
    """The same question with these passages in random order."""
    shuffled = list(passages)
    rng.shuffle(shuffled)
    identity = short_hash([pair.id, PASSAGES, *(c.id for c in shuffled)])
    return replace(pair, id=identity, variant=PASSAGES, passages=tuple(shuffled))


def distractors(rng: Random, shown: int) -> int:
    """How many passages stand beside the right one in a row."""
    return rng.randint((shown - 1) // 2, max(1, shown - 1))


def _pick(near: Sequence[Chunk], count: int, rng: Random) -> list[Chunk]:
    """Mostly near chunks; when there are too few, the row simply has fewer distractors."""
    return (
        list(near[:6])
        if len(near) <= count
        else rng.sample(list(near[:6]), min(count, len(near[:6])))
    )
