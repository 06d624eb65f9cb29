"""Retrieval metrics by source: did the right document (and section) come back?"""

from collections.abc import Sequence

from assistant.schema import split_source


def source_matches(hit: str, gold: str) -> bool:
    """Whether a hit's `path#heading` satisfies a gold `path` or `path#heading`."""
    path, heading = split_source(gold)
    if heading:
        return _clean(hit) == _clean(gold)
    return _clean(split_source(hit)[0]) == _clean(path)


def recall_at_k(hits: Sequence[str], gold: Sequence[str], k: int) -> float | None:
    """Share of gold sources among the first `k` hits, 0..1.

    Args:
        hits: sources of the retrieved chunks, best first.
        gold: sources of the question; none gives None (not measured), not zero.
        k: how many hits count.
    """
    if not gold:
        return None
    found = sum(any(source_matches(hit, source) for hit in hits[:k]) for source in gold)
    return found / len(gold)


def reciprocal_rank(hits: Sequence[str], gold: Sequence[str]) -> float | None:
    """1 / rank of the first gold hit; 0.0 when none came back, None without gold sources."""
    if not gold:
        return None
    for rank, hit in enumerate(hits, start=1):
        if any(source_matches(hit, source) for source in gold):
            return 1 / rank
    return 0.0


def _clean(source: str) -> str:
    return " ".join(source.casefold().split())
