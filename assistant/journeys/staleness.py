"""Questions against the documents as they are now: anchored, looked at, reviewed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.parts import Parts
from assistant.schema import Question

if TYPE_CHECKING:
    from assistant.evaluation.changes import Review
    from assistant.retrieval.document_store import DocumentStore
    from assistant.retrieval.retriever import Retriever
    from assistant.retrieval.versions import IndexManifest


class IndexTexts:
    """Documents of one pinned index version, each read once."""

    def __init__(self, index: "Retriever") -> None:
        self._index = index
        self._texts: dict[str, str | None] = {}

    def text(self, document: str) -> str | None:
        """Text of a document; None when the index has none."""
        if document not in self._texts:
            try:
                self._texts[document] = self._index.document_text(document)
            except KeyError:
                self._texts[document] = None
        return self._texts[document]

    def places(self, source: str) -> Sequence[tuple[int, int]]:
        """Offsets of the chunks of `path#heading`."""
        return [(c.start, c.end) for c in self._index.chunks_for_source(source)]


@dataclass(frozen=True, slots=True)
class Staleness:
    """What a look at the questions found."""

    reviews: "tuple[Review, ...]"
    """Waiting for a decision."""
    before: tuple[Question, ...]
    """Questions with the key they had before their answer changed."""


def look(
    parts: Parts,
    questions: Sequence[Question],
    index: "Retriever",
    progress: Callable[[str, float, float], None] | None = None,
) -> Staleness:
    """Anchor what is new, and find what the documents do not say any more.

    Args:
        parts: where anchors and decisions are kept.
        questions: as reviewed.
        index: pinned.
        progress: told when questions are met for the first time, which takes seconds.
    """
    from assistant.evaluation.anchor_book import AnchorBook
    from assistant.evaluation.reviews import read_decisions, settled
    from assistant.evaluation.staleness import needs_review

    manifest = parts.index_versions.manifest(index.version)
    book = AnchorBook(parts.anchors_file)
    documents = IndexTexts(index)
    if progress and any(book.find(q) is None for q in questions):
        progress("where the references stand", 0, 1)
    with _earlier(parts, manifest) as earlier:
        book.anchor(questions, documents, manifest.corpus_hash, earlier)
    decisions = read_decisions(parts.decisions_file)
    stale = [entry for entry in book.entries(questions) if entry.snapshot != manifest.corpus_hash]
    found = needs_review(stale, documents)
    changed = (book.before(q) for q in questions)
    return Staleness(
        tuple(r for r in found if settled(r, decisions) is None),
        tuple(q for q in changed if q is not None),
    )


def review_note(parts: Parts) -> str:
    """After a reindex: how many of the corpus's questions need review now; empty for none.

    Only questions met before are looked at, so that a first reindex costs nothing.
    """
    retriever = parts.retriever()
    if retriever is None or not parts.anchors_file.is_file():
        return ""
    from assistant.evaluation.anchor_book import AnchorBook
    from assistant.evaluation.changes import StalenessSummary

    book = AnchorBook(parts.anchors_file)
    known = [q for q in parts.questions() if book.find(q) is not None]
    with retriever.pinned() as index:
        return StalenessSummary(waiting=look(parts, known, index).reviews).line


class _StoreTexts:
    """Documents of the index version before the current one."""

    def __init__(self, store: "DocumentStore") -> None:
        self._store = store

    def text(self, document: str) -> str | None:
        """Text of a document."""
        return self._store.document_text(document)

    def places(self, source: str) -> Sequence[tuple[int, int]]:
        """Unknown: this is only asked for what is found nowhere now."""
        return ()


@contextmanager
def _earlier(parts: Parts, manifest: "IndexManifest") -> "Iterator[tuple[_StoreTexts, str] | None]":
    """The version before, while it is kept for rolling back."""
    from assistant.retrieval.snapshot import Snapshot

    versions = parts.index_versions
    try:
        old = versions.manifest(manifest.previous) if manifest.previous else None
        snapshot = Snapshot(versions.path(old.id)) if old else None
    except (AssistantError, OSError):
        old = snapshot = None
    if old is None or snapshot is None:
        yield None
        return
    try:
        yield _StoreTexts(snapshot.store), old.corpus_hash
    finally:
        snapshot.close()
