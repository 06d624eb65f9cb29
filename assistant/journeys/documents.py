"""What is indexed, what was skipped and why, and what has changed on disk since."""

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.parts import Parts
from assistant.schema import Skipped


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One document of the index."""

    id: str
    title: str
    type: str
    """The file's extension without the dot."""
    chunks: int


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents page in records."""

    folder: str
    indexed: tuple[IndexedDocument, ...]
    skipped: tuple[Skipped, ...]
    added: int
    """Files that are in the folder but not in the index yet."""
    changed: int
    removed: int

    @property
    def behind(self) -> bool:
        """Whether a reindex would change anything."""
        return bool(self.added or self.changed or self.removed)


def overview(parts: Parts) -> Documents:
    """Look at the index and, by size and time, at the folder; embeds nothing.

    Raises:
        CorpusError: nothing readable in the folder.
        IndexMismatch: the index was made by another embedder or with other settings.
    """
    from assistant.retrieval.reindex import reindex

    now = reindex(
        parts.corpus.documents,
        parts.index_root,
        parts.embedder,
        max_tokens=parts.settings.retrieval.chunk_tokens,
        dry_run=True,
    )
    retriever = parts.retriever()
    indexed: list[IndexedDocument] = []
    if retriever is not None:
        chunks = Counter(chunk.document_id for chunk in retriever.all_chunks())
        indexed = [
            IndexedDocument(name, title, PurePosixPath(name).suffix.lstrip("."), chunks[name])
            for name, title in retriever.documents()
        ]
    return Documents(
        str(parts.corpus.documents),
        tuple(indexed),
        now.skipped,
        now.added,
        now.changed,
        now.removed,
    )
