"""One index version, open for reading."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from assistant.retrieval.document_store import DocumentStore
from assistant.retrieval.locks import hold_for_reading
from assistant.retrieval.vector_store import VectorStore
from assistant.retrieval.versions import STORE, VECTORS


class Snapshot:
    """The stores of one version; its folder is not removed while this is open.

    Raises:
        FileNotFoundError: when the version has been removed.
    """

    def __init__(self, folder: Path) -> None:
        self.version = folder.name
        self._folder = folder
        self._hold = hold_for_reading(folder)
        self._vectors: VectorStore | None = None
        try:
            self.store = DocumentStore(folder / STORE)
        except sqlite3.OperationalError as error:
            self._release()
            raise FileNotFoundError(folder) from error

    @property
    def vectors(self) -> VectorStore:
        """Opened when first needed: Chroma takes half a second to import."""
        if self._vectors is None:
            self._vectors = VectorStore(self._folder / VECTORS)
        return self._vectors

    def close(self) -> None:
        """Closes both stores and lets the folder go."""
        if self._vectors:
            self._vectors.close()
            self._vectors = None
        self.store.close()
        self._release()

    def _release(self) -> None:
        if self._hold:
            with suppress(OSError):
                self._hold.close()
