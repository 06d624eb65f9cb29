"""The anchors of one corpus on disk, one line for each question and key, oldest first.

The first line of a key stays: it says which snapshot the key belongs to. A line with the same
wording and another key before it says what the answer used to be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.evaluation.anchors import Anchor, Anchored, DocumentTexts, anchor_question
from assistant.evaluation.codec import key_hash, question_from_data, question_to_data
from assistant.evaluation.jsonl import append_lines, read_lines, repair
from assistant.evaluation.staleness import key_differs
from assistant.schema import Question


class AnchorBook:
    """All anchors of a corpus. Reading is done once, at the start.

    Args:
        path: the file; made on the first write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries: dict[tuple[str, str], Anchored] = {}
        for data in read_lines(path):
            entry = _from_data(data)
            self._keep(entry)

    def __len__(self) -> int:
        return len(self._entries)

    def _keep(self, entry: Anchored) -> None:
        place = (entry.question.id, entry.key)
        known = self._entries.get(place)
        # What was found nowhere may be found later; what was found is never moved.
        if known is None or not known.anchors:
            self._entries[place] = entry

    def find(self, question: Question) -> Anchored | None:
        """Where this question's present key stood."""
        return self._entries.get((question.id, key_hash(question)))

    def entries(self, questions: Iterable[Question]) -> list[Anchored]:
        """The entries of these questions, in order; those never anchored are left out."""
        found = (self.find(q) for q in questions)
        return [entry for entry in found if entry is not None]

    def before(self, question: Question) -> Question | None:
        """The same wording with the key before the present one, if the answer has changed."""
        last = None
        for (question_id, key), entry in self._entries.items():
            if question_id != question.id or entry.question.question != question.question:
                continue
            if key == key_hash(question):
                break
            last = entry.question
        return last if last is not None and key_differs(last, question) else None

    def anchor(
        self,
        questions: Sequence[Question],
        documents: DocumentTexts,
        snapshot: str,
        earlier: tuple[DocumentTexts, str] | None = None,
    ) -> int:
        """Anchor what is new; returns how many questions were.

        Args:
            questions: any; those with an anchor are passed over.
            documents: as they are now.
            snapshot: corpus hash of these documents.
            earlier: documents before the last change and their corpus hash, asked when a key
                stands nowhere now: a question first seen after the change is stale all the same.
        """
        made = []
        for question in questions:
            known = self.find(question)
            if known is not None and (
                known.anchors or not question.answerable or known.snapshot == snapshot
            ):
                continue
            entry = anchor_question(question, documents, snapshot)
            if earlier is not None and question.answerable and not entry.anchors:
                old = anchor_question(question, *earlier)
                entry = old if old.anchors else entry
            made.append(entry)
            self._keep(entry)
        if made:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            repair(self.path)
            append_lines(self.path, [_to_data(entry) for entry in made])
        return len(made)


def _to_data(entry: Anchored) -> dict[str, Any]:
    return {
        "question": question_to_data(entry.question),
        "key": entry.key,
        "snapshot": entry.snapshot,
        "anchors": [asdict(a) for a in entry.anchors],
        "seen": list(entry.seen),
    }


def _from_data(data: dict[str, Any]) -> Anchored:
    anchors = (
        Anchor(**{**a, "claim": tuple(a["claim"]), "statements": tuple(a["statements"])})
        for a in data["anchors"]
    )
    return Anchored(
        question_from_data(data["question"]),
        data["key"],
        data["snapshot"],
        tuple(anchors),
        tuple(data["seen"]),
    )
