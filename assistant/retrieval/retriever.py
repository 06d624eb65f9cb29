"""Questions to chunks: dense and keyword search over one index version, fused."""

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import IndexMissing
from assistant.retrieval.embedder import TextEmbedder
from assistant.retrieval.fusion import Fusion, Ranking, best_mixed, fuse
from assistant.retrieval.keyword_store import search_words
from assistant.retrieval.reindex import check_embedder
from assistant.retrieval.snapshot import Snapshot
from assistant.retrieval.versions import IndexVersions
from assistant.schema import Chunk, Hit, split_source

if TYPE_CHECKING:
    from assistant.retrieval.embedder import Vectors

DEFAULT_FUSION: Fusion = "weighted"
DEFAULT_WEIGHT = 0.5
DOCUMENT_SHARE = 0.6
"""Chosen with `assistant.retrieval.tuning` on the development questions of the sample corpus."""

CANDIDATES = 50
"""Chunks each ranking hands to the fusion."""


class Retriever:
    """Reads the current index version, whichever that is at the time of the call.

    Safe to use from several threads. Every call sees one version from beginning to end.

    Args:
        root: the index folder.
        embedder: must be the one that made the index.
        fusion: how the two rankings are put together.
        weight: share of the dense ranking, 0..1.
        document_share: largest share of the hits one document may take, 0..1.

    Raises (from every method):
        IndexMissing: nothing is indexed yet.
        IndexMismatch: the index was made by another embedder.
    """

    def __init__(
        self,
        root: Path,
        embedder: TextEmbedder,
        *,
        fusion: Fusion = DEFAULT_FUSION,
        weight: float = DEFAULT_WEIGHT,
        document_share: float = DOCUMENT_SHARE,
    ) -> None:
        self.versions = IndexVersions(root)
        self.embedder = embedder
        self.fusion: Fusion = fusion
        self.weight = weight
        self.document_share = document_share
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._stamp: tuple[int, int] | None = None
        self._pinned = False

    @property
    def version(self) -> str:
        """Id of the version the next call reads."""
        with self._open() as snapshot:
            return snapshot.version

    def search(self, query: str, k: int = 5) -> list[Hit]:
        """The k best chunks for a question, best first, with every score by name."""
        if k < 1:
            return []
        vector = self._query_vector(query)
        with self._open() as snapshot:
            dense, keyword = self._rank(snapshot, query, vector, max(CANDIDATES, 4 * k))
            scores = fuse(dense, keyword, self.fusion, self.weight)
            chunks = {chunk.id: chunk for chunk in snapshot.store.chunks(scores)}
        documents = {i: chunk.document_id for i, chunk in chunks.items()}
        best = best_mixed(scores, documents, k, self.document_share)
        dense_places = {i: (score, rank) for rank, (i, score) in enumerate(dense, 1)}
        word_places = {i: (score, rank) for rank, (i, score) in enumerate(keyword, 1)}
        return [
            Hit(
                chunks[i],
                scores[i],
                *dense_places.get(i, (None, None)),
                *word_places.get(i, (None, None)),
            )
            for i in best
        ]

    def rankings(self, query: str, n: int = CANDIDATES) -> tuple[Ranking, Ranking]:
        """The n best of the dense and of the keyword search, before fusion.

        A part that the fusion does not use, or a blank question cannot have, is empty.
        """
        vector = self._query_vector(query)
        with self._open() as snapshot:
            return self._rank(snapshot, query, vector, n)

    def _query_vector(self, query: str) -> "Vectors | None":
        with self._open():
            pass  # refuses a wrong or missing index before the embedder is loaded
        if self.fusion == "keyword" or not query.strip():
            return None
        return self.embedder.embed_query(query)

    def _rank(
        self, snapshot: Snapshot, query: str, vector: "Vectors | None", n: int
    ) -> tuple[Ranking, Ranking]:
        dense = snapshot.vectors.search_chunks(vector, n) if vector is not None else []
        words = snapshot.store.connection
        return dense, search_words(words, query, n) if self.fusion != "dense" else []

    def chunks(self, ids: Iterable[str]) -> list[Chunk]:
        """Chunks in the order of the ids; those no longer in the index are left out."""
        with self._open() as snapshot:
            return snapshot.store.chunks(ids)

    def chunks_for_source(self, source: str) -> list[Chunk]:
        """Chunks of `path`, `path#heading` (with all below it) or `path#page=3`, in text order.

        Headings are compared without case and punctuation, so `#price-list` finds "Price list".
        """
        path, fragment = split_source(source)
        with self._open() as snapshot:
            chunks = snapshot.store.document_chunks(path.strip().removeprefix("./"))
        page = re.fullmatch(r"page=(\d+)", fragment.strip())
        if page:
            return [chunk for chunk in chunks if chunk.page == int(page[1])]
        wanted = _slug(fragment)
        if not wanted:
            return chunks
        under = [c for c in chunks if wanted in {_slug(heading) for heading in c.heading_path}]
        return under or [c for c in chunks if _slug(c.title) == wanted]

    def all_chunks(self) -> Iterator[Chunk]:
        """Every chunk of one version, by document and place."""
        with self._open() as snapshot:
            chunks = list(snapshot.store.all_chunks())
        yield from chunks

    def documents(self) -> list[tuple[str, str]]:
        """(id, title) of every document, by id."""
        with self._open() as snapshot:
            return snapshot.store.documents()

    def document_text(self, document_id: str) -> str:
        """Converted text of a document, which chunk offsets refer to.

        Raises:
            KeyError: when the index has no such document.
        """
        with self._open() as snapshot:
            text = snapshot.store.document_text(document_id)
        if text is None:
            raise KeyError(document_id)
        return text

    @contextmanager
    def pinned(self) -> Iterator["Retriever"]:
        """A retriever that stays on the version current now, however often it is replaced.

        The version's files are kept until the block ends.
        """
        copy = Retriever(
            self.versions.root,
            self.embedder,
            fusion=self.fusion,
            weight=self.weight,
            document_share=self.document_share,
        )
        with copy._open():
            copy._pinned = True
        try:
            yield copy
        finally:
            copy.close()

    def close(self) -> None:
        """Closes the open version; the next call opens the current one again."""
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
            self._snapshot = None
            self._stamp = None

    def as_langchain_retriever(self, k: int = 5) -> Any:
        """This retriever as a LangChain `BaseRetriever`.

        Documents carry the chunk's text as `page_content`, its id, and `source`, `title`, `page`,
        `score`, `index_version` as metadata.
        """
        from assistant.retrieval.langchain import IndexRetriever

        return IndexRetriever(retriever=self, k=k)

    @contextmanager
    def _open(self) -> Iterator[Snapshot]:
        """The version to read, held under the lock: neither store is used by two threads."""
        with self._lock:
            if not self._pinned:
                self._refresh()
            if self._snapshot is None:
                raise IndexMissing("nothing is indexed yet", "assistant reindex")
            yield self._snapshot

    def _refresh(self) -> None:
        stamp = self.versions.stamp()
        if self._snapshot and stamp == self._stamp:
            return
        # Between reading the pointer and opening, two reindexes may remove what it named.
        for attempt in range(10):
            stamp = self.versions.stamp()
            current = self.versions.current()
            if current is None:
                if attempt < 9 and stamp is not None:
                    continue
                raise IndexMissing("nothing is indexed yet", "assistant reindex")
            check_embedder(self.versions.manifest(current), self.embedder)
            try:
                fresh = Snapshot(self.versions.path(current))
            except FileNotFoundError:
                continue
            old, self._snapshot, self._stamp = self._snapshot, fresh, stamp
            if old:
                old.close()
            return
        raise IndexMissing("the index keeps changing while it is opened", "try again")


def _slug(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
