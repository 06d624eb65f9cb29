"""A file called `notes #2.md`: indexed, named as a source, scored, followed when it changes."""

import json

from tests.journeys.conftest import TRAVEL
from ui.asking import suggestions

NAME, OTHER = "sub #a/notes #2.md", "sub #a/notes #1.md"
ROWS = [
    {"id": "limit", "question": "What may a hotel cost a night?", "references": ["130 EUR"],
     "sources": [f"{NAME}#Hotels"], "kind": "number"},
    {"id": "above", "question": "Above what are receipts needed?", "references": ["25 EUR"],
     "sources": [NAME], "kind": "name"},
    {"id": "quay", "question": "What is the price of Quay?", "references": ["EUR 312"],
     "sources": ["plans.csv"]},
]  # fmt: skip


def prepare(home):
    (home.documents / "sub #a").mkdir()
    home.write(NAME, TRAVEL)
    home.write(OTHER, "# Birds\n\n## Hotels\n\nNesting boxes hang at 4 m.\n")
    (home.documents / "travel.md").unlink()
    home.questions.write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    home.run("reindex")


def test_it_is_a_source_from_indexing_to_scores(home):
    prepare(home)
    found = home.json("questions", "check")
    assert not any(f["kind"] == "unknown source" for f in found["findings"])
    retriever = home.parts.need_retriever()
    assert NAME in dict(retriever.documents())
    assert {c.document_id for c in retriever.chunks_for_source(NAME)} == {NAME}
    (chunk,) = retriever.chunks_for_source(f"{NAME}#hotels")
    assert chunk.source == f"{NAME}#Hotels"
    rag = next(a for a in home.score()["approaches"] if a["name"] == "rag")
    assert rag["recall_at_k"] == 1.0


def test_a_change_in_it_is_found(home):
    prepare(home)
    home.score()
    home.write(NAME, TRAVEL.replace("130", "165"))
    home.run("reindex")
    waiting = home.json("questions", "review", "--list")
    text = json.dumps(waiting)
    assert '"limit"' in text
    assert '"quay"' not in text


def test_the_app_proposes_one_question_a_document(home):
    prepare(home)
    questions = home.parts.questions()
    assert [q.id for q in suggestions(questions, 3)] == ["limit", "quay"]
