"""Filling the working folder of a new index version, and checking it before it is published."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.chunking import chunk_document
from assistant.documents.reading import read_file
from assistant.errors import AssistantError
from assistant.retrieval.changes import Changes
from assistant.retrieval.document_store import DocumentStore
from assistant.retrieval.embedder import TextEmbedder
from assistant.retrieval.embedding_cache import EmbeddingCache
from assistant.retrieval.file_cache import FileCache, KnownFile
from assistant.retrieval.vector_store import VectorStore, chunk_of
from assistant.retrieval.versions import STORE, VECTORS
from assistant.retrieval.views import views
from assistant.schema import Skipped

WINDOW = 128
"""Texts embedded between two writes to the cache: what a kill can lose."""
_APPLY = 1000

Show = Callable[[str, float, float], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What the working folder holds now."""

    files: Mapping[str, str]
    """Document id -> sha256."""
    skipped: tuple[Skipped, ...]
    embedded: int
    """Chunks of which some vector had to be computed."""
    total_chunks: int


def write_index(
    folder: Path,
    root: Path,
    documents_dir: Path,
    changes: Changes,
    indexed: Mapping[str, str],
    cache: FileCache,
    embedder: TextEmbedder,
    *,
    max_tokens: int,
    dry_run: bool,
    progress: Show,
) -> Written:
    """Applies changes to the copy of the current version in `folder`.

    Args:
        folder: holds the current version's files, or nothing.
        root: the index folder, for the embedding cache.
        documents_dir: the documents.
        changes: what to read; everything neither unchanged nor readable is removed.
        indexed: document id -> sha256 of the copied version.
        cache: gets what reading each file gave.
        embedder: for token counts and missing vectors.
        max_tokens: limit for a chunk.
        dry_run: only count; vectors are neither computed nor stored.
        progress: told about each stage.
    """
    with closing(DocumentStore(folder / STORE, writable=True)) as store:
        before = store.view_hashes()
        skipped: list[Skipped] = []
        read: set[str] = set()
        for number, file in enumerate(changes.candidates):
            progress("reading", number, len(changes.candidates))
            document = read_file(documents_dir, file)
            if isinstance(document, Skipped):
                skipped.append(document)
                cache.put(file, KnownFile("", document.reason))
                continue
            chunks = chunk_document(
                document, count_tokens=embedder.count_tokens, max_tokens=max_tokens
            )
            store.put_document(document, chunks, size=file.size, mtime_ns=file.mtime_ns)
            cache.put(file, KnownFile(document.sha256, ""))
            read.add(document.id)
        for document_id in indexed.keys() - changes.unchanged - read:
            store.remove_document(document_id)
        store.commit()
        after = store.view_hashes()
        stale = [view for view in before if view not in after]
        fresh = [view for view in after if before.get(view) != after[view]]
        total = store.count()
        files = store.file_hashes()
        if files == indexed:  # what looked changed could not be read, or was only touched
            return Written(files, tuple(skipped), 0, total)
        place = root / "cache" / "embeddings.sqlite"
        if dry_run and not place.is_file():
            place = folder / place.name
        with closing(EmbeddingCache(place, embedder.fingerprint)) as vectors:
            missing, chunks_missing = _missing(store, vectors, fresh, after)
            if not dry_run:
                _embed(vectors, embedder, missing, progress)
                progress("writing", 0, 1)
                _apply(folder / VECTORS, vectors, stale, fresh, after)
    if not dry_run:
        check_stores(folder)
    return Written(files, tuple(skipped), chunks_missing, total)


def _missing(
    store: DocumentStore, vectors: EmbeddingCache, fresh: Sequence[str], hashes: Mapping[str, str]
) -> tuple[dict[str, str], int]:
    """Hash -> text of what has no vector in the cache yet, shortest first; in how many chunks."""
    known = vectors.known([hashes[view] for view in fresh])
    wanted = {view for view in fresh if hashes[view] not in known}
    chunks = dict.fromkeys(chunk_of(view) for view in fresh if view in wanted)
    texts: dict[str, str] = {}
    for chunk in store.chunks(chunks):
        for place, text in enumerate(views(chunk)):
            if (view := f"{chunk.id}:{place}") in wanted:
                texts[hashes[view]] = text
    # Texts of one length together: a batch is as slow as its longest text.
    return dict(sorted(texts.items(), key=lambda item: (len(item[1]), item[0]))), len(chunks)


def _embed(
    vectors: EmbeddingCache, embedder: TextEmbedder, missing: Mapping[str, str], progress: Show
) -> None:
    keys = list(missing)
    for first in range(0, len(keys), WINDOW):
        progress("embedding", first, len(keys))
        part = keys[first : first + WINDOW]
        vectors.put(part, embedder.embed_documents([missing[key] for key in part]))
    if keys:
        progress("embedding", len(keys), len(keys))


def _apply(
    folder: Path,
    vectors: EmbeddingCache,
    stale: Sequence[str],
    fresh: Sequence[str],
    hashes: Mapping[str, str],
) -> None:
    import numpy as np

    with closing(VectorStore(folder, create=True)) as store:
        store.delete(stale)
        for first in range(0, len(fresh), _APPLY):
            part = fresh[first : first + _APPLY]
            found = vectors.get([hashes[view] for view in part])
            store.upsert(part, np.stack([found[hashes[view]] for view in part]))


def check_stores(folder: Path) -> None:
    """Opens both stores anew and compares them.

    Raises:
        AssistantError: when they do not hold the same chunks, or vectors cannot be searched.
    """
    with (
        closing(DocumentStore(folder / STORE)) as store,
        closing(VectorStore(folder / VECTORS)) as vectors,
    ):
        expected, points = set(store.view_hashes()), vectors.ids()
        words = store.connection.execute("SELECT count(*) FROM words").fetchone()[0]
        chunks = store.count()
        seen = {chunk_of(view) for view in expected}
        if expected != points or not words == len(seen) == chunks:
            raise AssistantError(
                f"the new index is inconsistent ({chunks} chunks, {len(expected)} views, "
                f"{len(points)} vectors, {words} keyword rows); the old one stays in place",
                "assistant reindex --rebuild",
            )
        if points:
            probe = min(points)
            vector = vectors.vectors([probe])[probe]
            if not any(score > 0.999 for _, score in vectors.search(vector, 5)):
                raise AssistantError(
                    "the new index does not find its own vectors; the old one stays in place",
                    "assistant reindex --rebuild",
                )
