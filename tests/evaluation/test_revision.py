"""The sample's revision: which questions need review, held against what its authors say changed."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.documents.questions import load_questions
from assistant.documents.reading import convert
from assistant.evaluation.anchors import anchor_question
from assistant.evaluation.staleness import needs_review

SAMPLE = Path(__file__).parents[2] / "corpus" / "tessholm"
REVISION = SAMPLE / "revision"


class Folder:
    """Documents of a folder, those of another laid over them."""

    def __init__(self, *roots, removed=()):
        self.roots = roots
        self.removed = removed
        self.read = {}

    def _document(self, name):
        if name not in self.read:
            found = [r / name for r in self.roots if (r / name).is_file()]
            gone = not found or name in self.removed
            self.read[name] = None if gone else convert(name, found[-1].read_bytes())
        return self.read[name]

    def text(self, name):
        document = self._document(name)
        return document and document.text

    def places(self, source):
        name, _, heading = source.partition("#")
        document = self._document(name)
        sections = document.sections if document else ()
        return [(s.start, s.end) for s in sections if heading in s.heading_path]


@pytest.fixture(scope="module")
def found():
    """(review by question id, tag by question id) of all questions that revised files touch."""
    removed = (REVISION / "removed.txt").read_text("utf-8").split()
    before = Folder(SAMPLE / "documents")
    after = Folder(SAMPLE / "documents", REVISION / "documents", removed=removed)
    root = REVISION / "documents"
    touched = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
    touched |= set(removed)
    questions = [
        q for q in load_questions(SAMPLE / "questions" / "gold.jsonl")
        if touched & {s.split("#")[0] for s in q.sources}
    ]  # fmt: skip
    entries = [anchor_question(q, before, "before") for q in questions]
    assert needs_review(entries, before) == []
    reviews = {r.question_id: r for r in needs_review(entries, after)}
    tags = {q.id: q.tags[-1] for q in load_questions(REVISION / "questions.jsonl")}
    return reviews, tags, {q.id for q in questions}


def test_every_changed_fact_is_found_and_told_from_reworded_ones(found):
    reviews, tags, asked = found
    stale = {i for i, tag in tags.items() if tag in ("changed", "withdrawn")}
    assert stale <= asked
    assert {i for i, r in reviews.items() if not r.still_stated} == stale
    counts = Counter(tags[i] for i in stale)
    assert counts == {"changed": 46, "withdrawn": 6}


def test_chunks_that_changed_elsewhere_do_no_harm(found):
    """Of the other questions about revised documents, only reworded sentences ask for a look."""
    reviews, tags, asked = found
    reworded = set(reviews) - {i for i, t in tags.items() if t != "unchanged"}
    assert all(reviews[i].still_stated for i in reworded)
    untouched = asked - set(tags)
    assert len(untouched) > 50
    assert len(untouched & set(reviews)) <= 1  # one rests on a sentence that was reworded
