"""Adapter versions on disk: immutable folders plus a pointer.

    adapters/versions/<id>/{adapter_config.json, adapter_model.safetensors, manifest.json, ...}
    adapters/CURRENT          the id in use
    adapters/tmp-*            being written, or left behind by a killed writer

A reader sees the old or the new version, never half of one: a version is renamed into place when
all its files are on disk, and the pointer is replaced in one step.
"""

import json
import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import Locked, ModelError, ModelMissing, UsageError

log = logging.getLogger(__name__)

MANIFEST = "manifest.json"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class AdapterManifest:
    """Where an adapter comes from and what it was shown."""

    id: str
    base_model: str
    base_fingerprint: str
    index_version: str | None
    corpus_hash: str
    pairs_hash: str
    gold_hash: str
    """Of the gold questions that were kept out of training; empty when there were none."""
    facts_total: int
    facts_trained: int
    exposures: float
    """Mean number of times a trained fact was seen."""
    seconds: float
    loss: float
    """Mean training loss a token at the end, nats."""
    dev_score: float | None
    """0 to 1; None when there was nothing to score."""
    created: str
    """ISO 8601, UTC."""
    rank: int
    learning_rate: float
    chunk_ids: tuple[str, ...] = ()
    """Chunks of the index it was made from, trained on or not; compared with a later index they
    say how stale the adapter is. (What was trained stands in its training set.)"""
    wordings: str = ""
    """File in the version folder with the trained wordings of every fact."""
    parent: str | None = None
    """The version this one was trained on from; `seconds`, `loss` and `dev_score` are of the last
    training alone, facts and exposures of both."""
    delta_facts: int = 0
    """Changed facts taught in the last training, when it went on from a parent."""


class AdapterVersions:
    """The versions under one folder. Cheap to make; every call reads the disk.

    Args:
        root: the `adapters` folder of a workspace; made on the first write.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = FileLock(root / ".lock", timeout=0)

    # ---- reading ----

    def list(self) -> "list[AdapterManifest]":
        """All readable versions, oldest first; a damaged one is logged and left out."""
        found: list[AdapterManifest] = []
        for folder in sorted((self.root / "versions").glob("*/")):
            try:
                found.append(self._read(folder))
            except ModelError as error:
                log.warning("%s", error.message)
        return sorted(found, key=lambda m: (m.created, m.id))

    def current(self) -> str | None:
        """The version in use, or None."""
        try:
            version = (self.root / "CURRENT").read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        known = _ID.fullmatch(version) and (self.root / "versions" / version).is_dir()
        return version if known else None

    def path(self, version: str) -> Path:
        """The PEFT folder of a version.

        Raises:
            ModelMissing: there is no such version.
        """
        folder = self.root / "versions" / version
        if not _ID.fullmatch(version) or not (folder / MANIFEST).is_file():
            known = ", ".join(m.id for m in self.list()[-3:]) or "none"
            raise ModelMissing(
                f"no adapter {version!r} (latest: {known})", "assistant finetune --list"
            )
        return folder

    def manifest(self, version: str) -> AdapterManifest:
        """What is known of a version.

        Raises:
            ModelMissing: there is no such version.
            ModelError: its manifest is damaged.
        """
        return self._read(self.path(version))

    # ---- writing ----

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the writer's lock; gives a fresh temporary folder on the same disk.

        Temporary folders of killed writers are swept first: whoever holds the lock is alone. The
        folder is removed at the end unless it was published.

        Raises:
            Locked: another process is training or switching versions.
        """
        with self._locked():
            for leftover in self.root.glob("tmp-*"):
                if leftover.is_dir():
                    shutil.rmtree(leftover, ignore_errors=True)
                else:
                    leftover.unlink(missing_ok=True)
            folder = self.root / f"tmp-{secrets.token_hex(4)}"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def publish(self, folder: Path, manifest: AdapterManifest) -> Path:
        """Make a written adapter a version and the current one.

        Args:
            folder: on the same disk, as from `writing()`; it is moved, not copied.
            manifest: `manifest.id` becomes the version id.

        Raises:
            UsageError: the id is taken or cannot be a folder name.
            ModelError: the folder holds no adapter.
            Locked: another process is writing.
        """
        if not _ID.fullmatch(manifest.id):
            raise UsageError(f"adapter id {manifest.id!r} cannot be a folder name", new_id())
        missing = [
            name
            for name in ("adapter_config.json", "adapter_model.safetensors")
            if not (folder / name).is_file()
        ]
        if missing:
            raise ModelError(f"{folder} is no adapter: found no {' and no '.join(missing)}")
        with self._locked():
            target = self.root / "versions" / manifest.id
            if target.exists():
                raise UsageError(f"adapter {manifest.id} exists already", new_id())
            text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False)
            (folder / MANIFEST).write_text(text + "\n", "utf-8")
            for file in folder.rglob("*"):
                if file.is_file():
                    _fsync(file)
            _fsync(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.rename(folder, target)
            _fsync(target.parent)
            self._point_to(manifest.id)
            return target

    def use(self, version: str) -> None:
        """Make a version the current one.

        Raises:
            ModelMissing: there is no such version.
            Locked: another process is writing.
        """
        self.path(version)
        with self._locked():
            self._point_to(version)

    def rollback(self) -> str:
        """Go back to the version made before the current one; returns its id.

        Raises:
            ModelMissing: there is no older version.
            Locked: another process is writing.
        """
        ids = [m.id for m in self.list()]
        now = self.current()
        older = ids[: ids.index(now)] if now in ids else ids
        if not older:
            raise ModelMissing("there is no older adapter to go back to", "assistant finetune")
        self.use(older[-1])
        return older[-1]

    def delete(self, version: str) -> None:
        """Remove a version for good.

        Raises:
            ModelMissing: there is no such version.
            UsageError: it is the one in use while others exist.
            Locked: another process is writing.
        """
        folder = self.path(version)
        with self._locked():
            others = [m.id for m in self.list() if m.id != version]
            if version == self.current():
                if others:
                    raise UsageError(
                        f"adapter {version} is in use", f"assistant finetune --use {others[-1]}"
                    )
                (self.root / "CURRENT").unlink()
                _fsync(self.root)
            grave = self.root / f"tmp-{secrets.token_hex(4)}"
            os.rename(folder, grave)  # gone at once for readers, even if removing is interrupted
            shutil.rmtree(grave, ignore_errors=True)

    # ---- inside ----

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise Locked(
                f"another process is writing adapters in {self.root}", "wait until it has finished"
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    def _point_to(self, version: str) -> None:
        fresh = self.root / f"tmp-{secrets.token_hex(4)}.pointer"
        fresh.write_text(version + "\n", "utf-8")
        _fsync(fresh)
        os.replace(fresh, self.root / "CURRENT")
        _fsync(self.root)

    def _read(self, folder: Path) -> AdapterManifest:
        try:
            data = json.loads((folder / MANIFEST).read_text("utf-8"))
            known = {f.name for f in fields(AdapterManifest)}
            data = {k: v for k, v in data.items() if k in known}
            return AdapterManifest(**{**data, "chunk_ids": tuple(data.get("chunk_ids", ()))})
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ModelError(
                f"adapter {folder.name} has a damaged manifest ({error})",
                f"assistant finetune --delete {folder.name}",
            ) from error


def new_id() -> str:
    """A version id that sorts by time: `20260630-141503-9f2c`."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def _fsync(path: Path) -> None:
    """Force a file's content, or a folder's entries, to the disk."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:  # Windows cannot open folders
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
