"""Putting a dense and a keyword ranking together, and mixing documents. Pure functions."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

Fusion = Literal["dense", "keyword", "rrf", "weighted"]
FUSIONS: tuple[Fusion, ...] = ("dense", "keyword", "rrf", "weighted")

RRF_K = 60
"""Cormack, Clarke and Buettcher 2009 (SIGIR), the constant of reciprocal rank fusion."""

Ranking = Sequence[tuple[str, float]]
"""(chunk id, score), best first."""


def fuse(dense: Ranking, keyword: Ranking, mode: Fusion, weight: float = 0.5) -> dict[str, float]:
    """Fused score of every chunk in either ranking.

    Args:
        dense: by cosine similarity.
        keyword: by BM25.
        mode: `rrf` is sum of w / (60 + rank); `weighted` adds the min-max normalised scores.
        weight: share of the dense ranking, 0..1; the keyword ranking gets the rest.
    """
    if mode == "dense":
        return dict(dense)
    if mode == "keyword":
        return dict(keyword)
    parts = _reciprocal if mode == "rrf" else _min_max
    scores: dict[str, float] = {}
    for ranking, share in ((dense, weight), (keyword, 1 - weight)):
        for chunk_id, score in parts(ranking).items():
            scores[chunk_id] = scores.get(chunk_id, 0.0) + share * score
    return scores


def _reciprocal(ranking: Ranking) -> Mapping[str, float]:
    return {chunk_id: 1.0 / (RRF_K + rank) for rank, (chunk_id, _) in enumerate(ranking, 1)}


def _min_max(ranking: Ranking) -> Mapping[str, float]:
    """Scores moved to 0..1; a chunk the ranking does not hold counts as 0, like its last."""
    if not ranking:
        return {}
    scores = [score for _, score in ranking]
    low, high = min(scores), max(scores)
    width = high - low
    return {i: (score - low) / width if width > 0 else 1.0 for i, score in ranking}


def best_mixed(
    scores: Mapping[str, float], documents: Mapping[str, str], k: int, share: float
) -> list[str]:
    """The k best chunks, no document holding more than a share of the places while others wait.

    A question about two documents otherwise gets five chunks of the one that matches better.

    Args:
        scores: chunk id -> score, higher is better; equal scores go by id.
        documents: chunk id -> document id; chunks not in it are left out.
        k: how many.
        share: largest share of the places for one document; 1.0 leaves the ranking as it is.
    """
    ranked = sorted((i for i in scores if i in documents), key=lambda i: (-scores[i], i))
    limit = max(1, math.ceil(share * k))
    taken: Counter[str] = Counter()
    first: list[str] = []
    later: list[str] = []
    for chunk_id in ranked:
        taken[documents[chunk_id]] += 1
        (first if taken[documents[chunk_id]] <= limit else later).append(chunk_id)
    return [*first, *later][:k]
