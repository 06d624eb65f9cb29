"""Bringing the index up to date with a folder: what changed is read, cut and embedded again."""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.documents.chunking import CHUNKER_VERSION
from assistant.documents.readers import READER_VERSION
from assistant.errors import CorpusError, IndexMismatch
from assistant.retrieval.changes import Changes, find_changes
from assistant.retrieval.embedder import TextEmbedder
from assistant.retrieval.file_cache import FileCache
from assistant.retrieval.locks import writer_lock
from assistant.retrieval.versions import FORMAT, IndexManifest, IndexVersions
from assistant.retrieval.writer import Written, write_index
from assistant.schema import Skipped

ShowProgress = Callable[[str, float, float], None]
"""Called with (stage, done, total)."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a reindex did, counted in documents (chunks where the name says so)."""

    version: str | None
    """The index that answers now."""
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    embedded_chunks: int
    total_chunks: int
    seconds: float

    def line(self) -> str:
        """`12 added, 3 changed, 1 removed, 140 unchanged (embedded 61 chunks in 2.1 s)`."""
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        return (
            f"{self.added} added, {self.changed} changed, {self.removed} removed, "
            f"{self.unchanged} unchanged{skipped} "
            f"(embedded {self.embedded_chunks} chunks in {self.seconds:.1f} s)"
        )


def reindex(
    documents_dir: Path,
    root: Path,
    embedder: TextEmbedder,
    *,
    max_tokens: int = 256,
    rebuild: bool = False,
    verify: bool = False,
    dry_run: bool = False,
    progress: ShowProgress | None = None,
) -> IndexReport:
    """Makes a new index version, or none when nothing changed.

    Killed at any moment it leaves the old version in place, and the vectors computed so far in
    the cache.

    Args:
        documents_dir: the documents.
        root: the index folder (`versions/`, `CURRENT`, caches in `cache/`).
        embedder: must be the one of the existing index, unless `rebuild`.
        max_tokens: largest chunk with title and headings; at most what the embedder reads.
        rebuild: start from an empty index (vectors of known texts still come from the cache).
        verify: hash every file, also those whose size and time did not change.
        dry_run: count what would be done; no version is made and no lock taken.
        progress: told about reading, embedding and writing.

    Raises:
        CorpusError: no documents folder, or nothing readable in it and no index yet.
        IndexMismatch: the index was made by another embedder or with other chunk settings.
        Locked: another process is writing this index.
    """
    started = time.monotonic()
    show = progress or (lambda stage, done, total: None)
    settings = (min(max_tokens, embedder.max_tokens), CHUNKER_VERSION, READER_VERSION)
    versions = IndexVersions(root)
    with nullcontext() if dry_run else writer_lock(root):
        if not dry_run:
            versions.sweep(unfinished_only=True)
        old = None if rebuild else _checked_manifest(versions, embedder, settings)
        indexed = old.files if old else {}
        with _file_cache(root, documents_dir, dry_run) as cache:
            changes = find_changes(documents_dir, indexed, cache, verify=verify)
            gone = indexed.keys() - changes.unchanged - {file.id for file in changes.candidates}
            written = None
            if changes.candidates or gone:
                with _workplace(versions, from_current=bool(old), dry_run=dry_run) as folder:
                    written = write_index(
                        folder, root, documents_dir, changes, indexed, cache, embedder,
                        max_tokens=settings[0], dry_run=dry_run, progress=show,
                    )  # fmt: skip
                    if not (written.files or old):
                        raise CorpusError(*_nothing_readable(documents_dir, changes, written))
                    if not dry_run and (dict(written.files) != dict(indexed) or not old):
                        manifest = _manifest(versions, embedder, settings, written)
                        versions.publish(folder, manifest)
            elif old is None:
                raise CorpusError(*_nothing_readable(documents_dir, changes, None))
            cache.save()
        return _report(versions, indexed, changes, written, time.monotonic() - started)


def _checked_manifest(
    versions: IndexVersions, embedder: TextEmbedder, settings: tuple[int, int, int]
) -> IndexManifest | None:
    """The current manifest, refused when new chunks would not fit beside the old ones."""
    if versions.current() is None:
        return None
    manifest = versions.manifest()
    check_embedder(manifest, embedder)
    if manifest.chunk_settings != settings:
        raise IndexMismatch(
            f"index {manifest.id} was cut with settings {manifest.chunk_settings} "
            f"(tokens a chunk, chunker, readers); now they are {settings}",
            "assistant reindex --rebuild",
        )
    return manifest


def check_embedder(manifest: IndexManifest, embedder: TextEmbedder) -> None:
    """Refuses vectors of two embedders, or of another layout, in one comparison.

    Raises:
        IndexMismatch: when the index was made by another embedder or another release.
    """
    if manifest.format != FORMAT:
        raise IndexMismatch(
            f"index {manifest.id} has the layout of another release "
            f"({manifest.format}; this one reads {FORMAT})",
            "assistant reindex --rebuild",
        )
    if manifest.fingerprint != embedder.fingerprint:
        raise IndexMismatch(
            f"index {manifest.id} was made by embedder {manifest.embedder!r} "
            f"({manifest.fingerprint}); the chosen one is {embedder.name!r} "
            f"({embedder.fingerprint})",
            "assistant reindex --rebuild, or set the old embedder in assistant.toml",
        )


@contextmanager
def _file_cache(root: Path, documents_dir: Path, dry_run: bool) -> Iterator[FileCache]:
    path = root / "cache" / "files.sqlite"
    with tempfile.TemporaryDirectory() if dry_run else nullcontext(path.parent) as folder:
        if dry_run and path.is_file():
            shutil.copy2(path, folder)
        place = Path(folder) / path.name
        with closing(FileCache(place, documents_dir, READER_VERSION)) as cache:
            yield cache


@contextmanager
def _workplace(versions: IndexVersions, *, from_current: bool, dry_run: bool) -> Iterator[Path]:
    """Where the new version is built; for a dry run a copy outside the index."""
    if dry_run:
        with tempfile.TemporaryDirectory() as folder:
            versions.copy_store(Path(folder), from_current=from_current)
            yield Path(folder)
    else:
        with versions.building(from_current=from_current) as folder:
            yield folder


def _manifest(
    versions: IndexVersions,
    embedder: TextEmbedder,
    settings: tuple[int, int, int],
    written: Written,
) -> IndexManifest:
    corpus_hash = snapshot_hash(written.files)
    content = f"{corpus_hash}{embedder.fingerprint}{settings}"
    return IndexManifest(
        id=versions.next_id(hashlib.sha256(content.encode()).hexdigest()),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        embedder=embedder.name,
        fingerprint=embedder.fingerprint,
        max_tokens=settings[0],
        chunker_version=settings[1],
        reader_version=settings[2],
        corpus_hash=corpus_hash,
        documents=len(written.files),
        chunks=written.total_chunks,
        previous=versions.current(),
        files=dict(sorted(written.files.items())),
    )


def snapshot_hash(files: Mapping[str, str]) -> str:
    """Identifies a corpus: 16 hex digits over every (id, sha256)."""
    text = "".join(f"{name}\0{files[name]}\n" for name in sorted(files))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _nothing_readable(folder: Path, changes: Changes, written: Written | None) -> tuple[str, str]:
    skipped = [*changes.skipped, *(written.skipped if written else ())]
    found = "; ".join(f"{item.path}: {item.reason}" for item in skipped[:5])
    more = f" and {len(skipped) - 5} more" if len(skipped) > 5 else ""
    return (
        f"no readable documents in {folder}" + (f" ({found}{more})" if found else ""),
        "put Markdown, text, HTML, PDF, DOCX or CSV files there",
    )


def _report(
    versions: IndexVersions,
    indexed: Mapping[str, str],
    changes: Changes,
    written: Written | None,
    seconds: float,
) -> IndexReport:
    files = written.files if written else indexed
    current = versions.current()
    total = versions.manifest().chunks if current and not written else 0
    skipped = [*changes.skipped, *(written.skipped if written else ())]
    return IndexReport(
        version=current,
        added=len(files.keys() - indexed.keys()),
        changed=sum(indexed.get(name, files[name]) != files[name] for name in files),
        removed=len(indexed.keys() - files.keys()),
        unchanged=sum(indexed.get(name) == files[name] for name in files),
        skipped=tuple(sorted(skipped, key=lambda item: item.path)),
        embedded_chunks=written.embedded if written else 0,
        total_chunks=written.total_chunks if written else total,
        seconds=seconds,
    )
