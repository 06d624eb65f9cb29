"""A smaller question set that still looks like the whole one."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from assistant.schema import Question
from assistant.scoring.clusters import make_clusters


def stratified_sample(questions: Sequence[Question], size: int, *, seed: int = 0) -> list[Question]:
    """Choose questions kind by kind in proportion, spread over clusters, in file order.

    One question of a cluster is taken before a second one of it: questions about the same
    document say little more than one of them. The choice depends on ids and the seed only, so
    adding a question changes the sample as little as possible.

    Args:
        questions: the whole set.
        size: how many to keep; all of them when there are not more.
        seed: another seed, another sample.
    """
    if size >= len(questions):
        return list(questions)
    cluster_of = make_clusters(questions).cluster_of
    strata: dict[tuple[str, bool], list[Question]] = defaultdict(list)
    for question in questions:
        strata[question.kind, question.answerable].append(question)
    taken: dict[str, int] = defaultdict(int)
    queues = {kind: sorted(rows, key=lambda q: _rank(q, seed)) for kind, rows in strata.items()}
    quotas = _quotas({kind: len(rows) for kind, rows in strata.items()}, size)
    chosen: set[str] = set()
    for kind in sorted(queues, key=lambda k: len(queues[k])):
        for _ in range(quotas[kind]):
            rows = queues[kind]
            best = min(range(len(rows)), key=lambda i: (taken[str(cluster_of[rows[i].id])], i))
            question = rows.pop(best)
            taken[str(cluster_of[question.id])] += 1
            chosen.add(question.id)
    return [q for q in questions if q.id in chosen]


def _quotas(sizes: dict[tuple[str, bool], int], total: int) -> dict[tuple[str, bool], int]:
    """Largest-remainder shares; the fractions that lose come back by remainder, then by name."""
    whole = sum(sizes.values())
    exact = {kind: total * n / whole for kind, n in sizes.items()}
    quotas = {kind: int(share) for kind, share in exact.items()}
    left = total - sum(quotas.values())
    for kind in sorted(exact, key=lambda k: (-(exact[k] - quotas[k]), k))[:left]:
        quotas[kind] += 1
    return quotas


def _rank(question: Question, seed: int) -> str:
    return hashlib.sha256(f"{seed}/{question.id}".encode()).hexdigest()
