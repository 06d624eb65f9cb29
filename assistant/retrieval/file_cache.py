"""What is known of files by size and time, so that unchanged ones need not be opened."""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.reading import SourceFile

_RACY_NS = 2_000_000_000
"""A file changed this shortly before it was read may have changed again within the clock tick of
the file system, with the same size and time; it is read again next time (as git does)."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What reading a file gave."""

    sha256: str
    reason: str
    """Why it was skipped; empty for a document."""


class FileCache:
    """SQLite table beside the versions: (folder, id, size, time) -> hash, or reason to skip.

    Results of another reader version are forgotten. A damaged file is replaced by an empty one.
    """

    def __init__(self, path: Path, folder: Path, reader_version: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._key = (str(folder.resolve()), reader_version)
        try:
            self._connection = self._open(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._connection = self._open(path)
        query = (
            "SELECT id, size, mtime_ns, sha256, reason FROM files "
            "WHERE folder = ? AND reader_version = ? AND seen_ns - mtime_ns > ?"
        )
        rows = self._connection.execute(query, (*self._key, _RACY_NS))
        self._known = {
            (row[0], row[1], row[2]): KnownFile(row[3], row[4]) for row in rows.fetchall()
        }
        self._new: list[tuple[str, int, int, str, str, int]] = []

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=30)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS files (folder TEXT, id TEXT, size INTEGER, "
            "mtime_ns INTEGER, sha256 TEXT, reason TEXT, seen_ns INTEGER, reader_version INTEGER, "
            "PRIMARY KEY (folder, id)) WITHOUT ROWID"
        )
        return connection

    def get(self, file: SourceFile) -> KnownFile | None:
        """What reading this very file gave before."""
        return self._known.get((file.id, file.size, file.mtime_ns))

    def put(self, file: SourceFile, known: KnownFile) -> None:
        """Remembers a result; `save` writes it."""
        self._new.append(
            (file.id, file.size, file.mtime_ns, known.sha256, known.reason, time.time_ns())
        )

    def save(self) -> None:
        """Writes what is new in one transaction."""
        folder, version = self._key
        rows = [(folder, *row, version) for row in self._new]
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows
            )
        self._new.clear()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()
