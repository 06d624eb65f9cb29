"""Immutable index versions and the pointer to the current one.

    root/CURRENT                    id of the version that answers
    root/versions/<id>/             store.sqlite, chroma/, manifest.json; never changed
    root/versions/tmp-<id>/         being built; swept by the next writer

A version becomes visible in one `os.replace` of CURRENT, after everything in it is on disk.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.errors import IndexMismatch, IndexMissing, UsageError
from assistant.retrieval.locks import no_reader, writer_lock

FORMAT = 2
"""2: a vector for every sentence or row; 1: one for every chunk."""
STORE = "store.sqlite"
VECTORS = "chroma"
MANIFEST = "manifest.json"
_TMP = "tmp-"


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What an index version was made of."""

    id: str
    created: str
    """ISO 8601, UTC."""
    embedder: str
    fingerprint: str
    """Of the embedder."""
    max_tokens: int
    chunker_version: int
    reader_version: int
    corpus_hash: str
    """Snapshot of the documents: hash over every (id, sha256)."""
    documents: int
    chunks: int
    previous: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    """Document id -> sha256 of the source bytes."""
    format: int = FORMAT

    @property
    def chunk_settings(self) -> tuple[int, int, int]:
        """Whatever changes the chunks of an unchanged document."""
        return (self.max_tokens, self.chunker_version, self.reader_version)


class IndexVersions:
    """The versions under one index folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "versions"
        self.pointer = root / "CURRENT"

    def current(self) -> str | None:
        """Id of the version that answers; None before the first reindex."""
        try:
            identity = self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return identity if identity and (self.path(identity) / MANIFEST).is_file() else None

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever CURRENT does; costs one stat."""
        try:
            status = self.pointer.stat()
        except FileNotFoundError:
            return None
        return (status.st_mtime_ns, status.st_ino)

    def path(self, identity: str) -> Path:
        """Folder of a version."""
        return self.folder / identity

    def list(self) -> "list[IndexManifest]":
        """Complete versions, newest first."""
        if not self.folder.is_dir():
            return []
        names = [
            entry.name
            for entry in self.folder.iterdir()
            if not entry.name.startswith(_TMP) and (entry / MANIFEST).is_file()
        ]
        found = []
        for name in sorted(names, reverse=True):
            with suppress(IndexMismatch):
                found.append(self.manifest(name))
        return found

    def manifest(self, identity: str | None = None) -> IndexManifest:
        """What a version (default: the current one) was made of.

        Raises:
            IndexMissing: when there is no such version.
            IndexMismatch: when its manifest cannot be understood.
        """
        identity = identity or self.current()
        path = self.path(identity or "") / MANIFEST
        if not identity or not path.is_file():
            what = f"no index version {identity!r}" if identity else "nothing is indexed yet"
            raise IndexMissing(what, "assistant reindex")
        try:
            return IndexManifest(**json.loads(path.read_text(encoding="utf-8")))
        except (TypeError, ValueError) as error:
            raise IndexMismatch(
                f"{path} is damaged or was written by another release",
                "assistant reindex --rebuild",
            ) from error

    def rollback(self) -> str:
        """Points back at the version before the current one; returns its id.

        Raises:
            UsageError: when there is none.
            Locked: when a reindex is running.
        """
        with writer_lock(self.root):
            manifest = self.manifest()
            previous = manifest.previous
            if not previous or not (self.path(previous) / MANIFEST).is_file():
                raise UsageError(
                    f"index {manifest.id} has no earlier version to go back to",
                    "assistant reindex",
                )
            self.point_at(previous)
            return previous

    # -- for the writer, under its lock ------------------------------------------------------

    def next_id(self, content_hash: str) -> str:
        """Id that sorts after all others, such as `0007-3fa9c1`."""
        numbers = [
            int(name)
            for entry in (self.folder.iterdir() if self.folder.is_dir() else ())
            if (name := entry.name.partition("-")[0]).isdigit()
        ]
        return f"{max(numbers, default=0) + 1:04d}-{content_hash[:6]}"

    @contextmanager
    def building(self, *, from_current: bool) -> Iterator[Path]:
        """A working folder, holding a copy of the current version if asked for.

        Removed again unless it was published.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        folder = self.folder / f"{_TMP}{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        current = self.current()
        try:
            if from_current and current:
                shutil.copytree(self.path(current), folder, ignore=shutil.ignore_patterns(MANIFEST))
            else:
                folder.mkdir()
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def copy_store(self, folder: Path, *, from_current: bool) -> None:
        """Copies only the text side of the current version, for a dry run."""
        current = self.current()
        if from_current and current:
            shutil.copy2(self.path(current) / STORE, folder / STORE)

    def publish(self, folder: Path, manifest: IndexManifest) -> None:
        """Makes a finished working folder the current version, durably and all at once."""
        text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False)
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        for path in sorted(folder.rglob("*")):
            _sync(path)
        _sync(folder)
        os.rename(folder, self.path(manifest.id))
        _sync(self.folder)
        self.point_at(manifest.id)
        self.sweep()

    def point_at(self, identity: str) -> None:
        """Replaces CURRENT."""
        temporary = self.root / "CURRENT.tmp"
        temporary.write_text(identity + "\n", encoding="utf-8")
        _sync(temporary)
        os.replace(temporary, self.pointer)
        _sync(self.root)

    def sweep(self, *, unfinished_only: bool = False) -> None:
        """Removes left-overs and old versions; keeps the current one, the one before, any in use.

        A folder is renamed before it is removed, so that a half-removed one is never a version.

        Args:
            unfinished_only: leave complete versions alone, also one that a rollback left behind.
        """
        current = self.current()
        keep = {current}
        with suppress(IndexMismatch, IndexMissing):
            keep.add(self.manifest(current).previous)
        for entry in list(self.folder.iterdir()) if self.folder.is_dir() else []:
            complete = not entry.name.startswith(_TMP)
            if entry.name in keep or (complete and unfinished_only):
                continue
            doomed = entry
            if complete:
                doomed = entry.with_name(f"{_TMP}removed-{entry.name}")
                with no_reader(entry) as free, suppress(OSError):
                    if not free:
                        continue
                    os.rename(entry, doomed)
            shutil.rmtree(doomed, ignore_errors=True)


def _sync(path: Path) -> None:
    """Flushes to disk a file or folder (folders cannot be synced on Windows)."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
