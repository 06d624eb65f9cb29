"""Chroma: ids and vectors of one index version, nothing else.

A chunk has several vectors; the id of each is `<chunk id>:<place>`.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.retrieval.embedder import Vectors

COLLECTION = "chunks"
SPACE = "cosine"
_BATCH = 1000
_EXACT = 400
_VECTORS_A_CHUNK = 6
"""Candidates HNSW keeps while searching: well above what is asked for, so that results at our
sizes are those of an exact search."""


class VectorStore:
    """One Chroma collection in a folder, opened for reading or writing.

    Our own vectors always come along, so Chroma never needs (or downloads) an embedding function.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Opens the collection; only with `create` may it be missing.

        Raises:
            FileNotFoundError: when there is none (Chroma would make an empty one unasked).
        """
        if not create and not folder.is_dir():
            raise FileNotFoundError(folder)
        import chromadb
        from chromadb.config import Settings

        logging.getLogger("chromadb").setLevel(logging.ERROR)
        self._client = chromadb.PersistentClient(
            str(folder), settings=Settings(anonymized_telemetry=False)
        )
        self._collection: Any = self._client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": SPACE, "ef_search": _EXACT, "ef_construction": 200}},
        )

    def upsert(self, ids: Sequence[str], vectors: "Vectors") -> None:
        """Adds or replaces vectors, (n, d) for n ids."""
        for first in range(0, len(ids), _BATCH):
            self._collection.upsert(
                ids=list(ids[first : first + _BATCH]),
                embeddings=vectors[first : first + _BATCH],
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Removes ids that are in the store."""
        for first in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[first : first + _BATCH]))

    def ids(self) -> set[str]:
        """Every id in the store."""
        return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """Number of vectors."""
        return int(self._collection.count())

    def vectors(self, ids: Sequence[str]) -> "dict[str, Vectors]":
        """Stored vectors by id; unknown ids are left out."""
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        return dict(zip(found["ids"], found["embeddings"], strict=True))

    def search_chunks(self, vector: "Vectors", n: int) -> list[tuple[str, float]]:
        """The n chunks with the nearest vectors: (chunk id, largest cosine similarity)."""
        wanted, total = n * _VECTORS_A_CHUNK, self.count()
        while True:
            nearest: dict[str, float] = {}
            for identity, score in self.search(vector, wanted):
                nearest.setdefault(chunk_of(identity), score)
            if len(nearest) >= n or wanted >= total:
                return list(nearest.items())[:n]
            wanted *= 4

    def search(self, vector: "Vectors", n: int) -> list[tuple[str, float]]:
        """The n nearest (vector id, cosine similarity), best first; equal ones in order of id."""
        n = min(n, self.count())
        if n == 0:
            return []
        found = self._collection.query(
            query_embeddings=[vector], n_results=n, include=["distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        hits = [(chunk_id, 1.0 - float(distance)) for chunk_id, distance in pairs]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def close(self) -> None:
        """Ends Chroma's threads and closes its files, so that the folder may be renamed."""
        self._client.close()


def chunk_of(identity: str) -> str:
    """The chunk a vector id belongs to."""
    return identity.rpartition(":")[0]
