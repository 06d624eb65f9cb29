"""Which questions belong together: one document, or one fact in several wordings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.schema import Question


@dataclass(frozen=True, slots=True)
class Clusters:
    """Questions mapped to clusters (documents and groups joined) and to paraphrase groups."""

    cluster_of: Mapping[str, int]
    group_of: Mapping[str, str]
    """Paraphrase group of a question; a question without one is its own group."""

    @property
    def count(self) -> int:
        """Number of clusters."""
        return len(set(self.cluster_of.values()))

    @property
    def one_question_each(self) -> bool:
        """Whether every cluster holds a single question."""
        return self.count == len(self.cluster_of)

    def only(self, ids: Iterable[str]) -> "Clusters":
        """The same clusters, restricted to some questions (joins made by others are kept)."""
        kept = [i for i in ids if i in self.cluster_of]
        return Clusters({i: self.cluster_of[i] for i in kept}, {i: self.group_of[i] for i in kept})

    def averaged(self, values: Mapping[str, float]) -> list[list[float]]:
        """One list per cluster: the mean of each paraphrase group, questions without value out."""
        groups: dict[tuple[int, str], list[float]] = {}
        for question, value in values.items():
            key = (self.cluster_of[question], self.group_of[question])
            groups.setdefault(key, []).append(value)
        clusters: dict[int, list[float]] = {}
        for (cluster, _), members in sorted(groups.items()):
            clusters.setdefault(cluster, []).append(sum(members) / len(members))
        return list(clusters.values())


def make_clusters(questions: Sequence[Question]) -> Clusters:
    """Connected components of "shares a source document" and "shares a paraphrase group".

    A question about two documents joins them. Questions with neither source nor group stand
    alone.
    """
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for question in questions:
        own = f"q:{question.id}"
        find(own)
        links = [f"d:{s.split('#', 1)[0]}" for s in question.sources]
        links += [f"g:{question.group}"] if question.group else []
        for link in links:
            parent[find(link)] = find(own)
    numbers: dict[str, int] = {}
    cluster_of = {q.id: numbers.setdefault(find(f"q:{q.id}"), len(numbers)) for q in questions}
    group_of = {q.id: f"g:{q.group}" if q.group else f"q:{q.id}" for q in questions}
    return Clusters(cluster_of, group_of)
