"""Vectors already computed, kept beside the index versions and shared by them."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.retrieval.embedder import Vectors

_LOOKUP = 500
"""Texts a query; SQLite limits the number of variables."""


def text_hash(text: str) -> str:
    """Key of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class EmbeddingCache:
    """SQLite table (embedder fingerprint, text hash) -> float32 vector.

    A damaged file is only lost time, so it is replaced by an empty one.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fingerprint = fingerprint
        try:
            self._connection = self._open(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._connection = self._open(path)

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors ("
            "fingerprint TEXT, text_hash TEXT, vector BLOB NOT NULL, "
            "PRIMARY KEY (fingerprint, text_hash)) WITHOUT ROWID"
        )
        connection.commit()
        return connection

    def get(self, hashes: Sequence[str]) -> "dict[str, Vectors]":
        """The known vectors among the hashes."""
        import numpy as np

        found = {}
        for first in range(0, len(hashes), _LOOKUP):
            part = hashes[first : first + _LOOKUP]
            marks = ",".join("?" * len(part))
            query = (
                "SELECT text_hash, vector FROM vectors "
                f"WHERE fingerprint = ? AND text_hash IN ({marks})"
            )
            for key, blob in self._connection.execute(query, (self._fingerprint, *part)):
                found[key] = np.frombuffer(blob, dtype="<f4")
        return found

    def known(self, hashes: Sequence[str]) -> set[str]:
        """Which of the hashes have a vector."""
        found: set[str] = set()
        for first in range(0, len(hashes), _LOOKUP):
            part = hashes[first : first + _LOOKUP]
            marks = ",".join("?" * len(part))
            query = (
                f"SELECT text_hash FROM vectors WHERE fingerprint = ? AND text_hash IN ({marks})"
            )
            found.update(
                key for (key,) in self._connection.execute(query, (self._fingerprint, *part))
            )
        return found

    def put(self, hashes: Sequence[str], vectors: "Vectors") -> None:
        """Stores vectors in one transaction."""
        rows = [
            (self._fingerprint, key, vector.astype("<f4").tobytes())
            for key, vector in zip(hashes, vectors, strict=True)
        ]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()
