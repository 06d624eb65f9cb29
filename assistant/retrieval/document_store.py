"""store.sqlite: documents, chunks and the keyword index of one version."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.retrieval.embedding_cache import text_hash
from assistant.retrieval.views import views
from assistant.schema import Chunk, Document

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  id TEXT PRIMARY KEY, title TEXT, text TEXT, sha256 TEXT, size INTEGER, mtime_ns INTEGER,
  media TEXT, pages TEXT, metadata TEXT);
CREATE TABLE IF NOT EXISTS chunks (
  number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, document_id TEXT NOT NULL, title TEXT,
  heading_path TEXT, text TEXT, start INTEGER, end INTEGER, page INTEGER);
CREATE INDEX IF NOT EXISTS chunks_document ON chunks (document_id, start);
CREATE TABLE IF NOT EXISTS views (
  chunk INTEGER, place INTEGER, text_hash TEXT, PRIMARY KEY (chunk, place)) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
  header, body, tokenize = "porter unicode61 remove_diacritics 2");
"""
_COLUMNS = "id, document_id, title, heading_path, text, start, end, page"
_MANY = 500


class DocumentStore:
    """The text side of an index version.

    Args:
        path: the SQLite file.
        writable: false opens it read-only, for use by several threads under one lock.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        if writable:
            self.connection = sqlite3.connect(path)
            self.connection.executescript(_SCHEMA)
        else:
            uri = f"{path.resolve().as_uri()}?mode=ro"
            self.connection = sqlite3.connect(uri, uri=True, check_same_thread=False)

    # -- writing -----------------------------------------------------------------------------

    def put_document(
        self, document: Document, chunks: Sequence[Chunk], *, size: int, mtime_ns: int
    ) -> None:
        """Replaces a document and all its chunks."""
        self.remove_document(document.id)
        self.connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.title,
                document.text,
                document.sha256,
                size,
                mtime_ns,
                document.media,
                json.dumps(document.pages),
                json.dumps(dict(document.metadata), ensure_ascii=False),
            ),
        )
        for chunk in chunks:
            path = json.dumps(chunk.heading_path, ensure_ascii=False)
            row = self.connection.execute(
                f"INSERT INTO chunks ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    chunk.id,
                    chunk.document_id,
                    chunk.title,
                    path,
                    chunk.text,
                    chunk.start,
                    chunk.end,
                    chunk.page,
                ),
            )
            self.connection.execute(
                "INSERT INTO words (rowid, header, body) VALUES (?, ?, ?)",
                (row.lastrowid, chunk.header, chunk.text),
            )
            self.connection.executemany(
                "INSERT INTO views VALUES (?, ?, ?)",
                [(row.lastrowid, n, text_hash(text)) for n, text in enumerate(views(chunk))],
            )

    def remove_document(self, document_id: str) -> None:
        """Removes a document, its chunks and their words."""
        for table, key in (("words", "rowid"), ("views", "chunk")):
            self.connection.execute(
                f"DELETE FROM {table} WHERE {key} IN "
                "(SELECT number FROM chunks WHERE document_id = ?)",
                (document_id,),
            )
        self.connection.execute("DELETE FROM chunks WHERE document_id = ?", (document_id,))
        self.connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def commit(self) -> None:
        """Makes the writes durable."""
        self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.connection.commit()

    # -- reading -----------------------------------------------------------------------------

    def file_hashes(self) -> dict[str, str]:
        """Document id -> sha256 of the source bytes."""
        return dict(self.connection.execute("SELECT id, sha256 FROM documents"))

    def documents(self) -> list[tuple[str, str]]:
        """(id, title) of every document, by id."""
        return list(self.connection.execute("SELECT id, title FROM documents ORDER BY id"))

    def document_text(self, document_id: str) -> str | None:
        """Converted text of a document."""
        row = self.connection.execute(
            "SELECT text FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return row and str(row[0])

    def pages(self, document_id: str) -> tuple[int, ...]:
        """Start offset of each page; empty when the format has none."""
        row = self.connection.execute(
            "SELECT pages FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def view_hashes(self) -> dict[str, str]:
        """Vector id (`<chunk id>:<place>`) -> hash of the text it stands for."""
        query = (
            "SELECT chunks.id || ':' || views.place, views.text_hash "
            "FROM views JOIN chunks ON chunks.number = views.chunk"
        )
        return dict(self.connection.execute(query))

    def chunks(self, ids: Iterable[str]) -> list[Chunk]:
        """Chunks in the order of the ids; unknown ids are left out."""
        wanted = list(ids)
        found: dict[str, Chunk] = {}
        for first in range(0, len(wanted), _MANY):
            part = wanted[first : first + _MANY]
            marks = ",".join("?" * len(part))
            query = f"SELECT {_COLUMNS} FROM chunks WHERE id IN ({marks})"
            for row in self.connection.execute(query, part):
                found[row[0]] = _chunk(row)
        return [found[chunk_id] for chunk_id in wanted if chunk_id in found]

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """Chunks of one document in text order."""
        query = f"SELECT {_COLUMNS} FROM chunks WHERE document_id = ? ORDER BY start, number"
        return [_chunk(row) for row in self.connection.execute(query, (document_id,))]

    def all_chunks(self) -> Iterator[Chunk]:
        """Every chunk, by document and place."""
        for document_id, _ in self.documents():
            yield from self.document_chunks(document_id)

    def count(self) -> int:
        """Number of chunks."""
        return int(self.connection.execute("SELECT count(*) FROM chunks").fetchone()[0])

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()


def _chunk(row: tuple[str, str, str, str, str, int, int, int | None]) -> Chunk:
    chunk_id, document_id, title, path, text, start, end, page = row
    return Chunk(chunk_id, document_id, title, tuple(json.loads(path)), text, start, end, page)
