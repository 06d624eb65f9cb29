"""Searching and reading an index: scores, sources, threads, versions, LangChain."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import IndexMissing, QuestionFileError
from assistant.retrieval.fusion import FUSIONS
from assistant.retrieval.reindex import reindex
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.tuning import tune_fusion
from assistant.schema import Question

from .fakes import BagOfWords

PUMP = """# Pump P-7

Runs at 30 bar.

## Service plan

Every 12 months.

### Oil

Use oil ISO-46.

## Prices

| Part | EUR |
|---|---|
| Seal | 12 |
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    docs = tmp_path_factory.mktemp("docs")
    (docs / "sub").mkdir()
    (docs / "sub" / "pump.md").write_text(PUMP)
    (docs / "lamp.txt").write_text("The lamp LM-10 costs 40 EUR and lasts 900 hours.")
    root = tmp_path_factory.mktemp("index")
    reindex(docs, root, BagOfWords())
    return root


@pytest.fixture
def retriever(root):
    retriever = Retriever(root, BagOfWords())
    yield retriever
    retriever.close()


def test_every_score_by_name(retriever):
    hits = retriever.search("Which oil for ISO-46?", k=3)
    assert hits[0].chunk.text == "Use oil ISO-46."
    assert hits[0].chunk.source == "sub/pump.md#Oil"
    assert hits[0].keyword_rank == 1
    assert hits[0].dense_rank is not None
    assert -1 <= hits[0].dense <= 1.0001
    assert hits[0].keyword > 0
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("fusion", FUSIONS)
def test_modes(root, fusion):
    hits = Retriever(root, BagOfWords(), fusion=fusion).search("lamp LM-10 hours", k=2)
    assert hits[0].chunk.document_id == "lamp.txt"
    assert (hits[0].dense is None) == (fusion == "keyword")
    assert (hits[0].keyword is None) == (fusion == "dense")


@pytest.mark.parametrize("query", ["", "   ", '"', "*", "\x00", "?" * 1000, "NEAR("])
def test_odd_questions(retriever, query):
    assert len(retriever.search(query)) <= 5


def test_k(retriever):
    assert retriever.search("oil", k=0) == []
    assert len(retriever.search("the oil", k=100)) == 5


def test_same_question_same_answer(root):
    runs = [
        [(h.chunk.id, h.score) for h in Retriever(root, BagOfWords()).search("12 EUR part", k=5)]
        for _ in range(3)
    ]
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("sub/pump.md#Oil", ["Use oil ISO-46."]),
        ("sub/pump.md#service-plan", ["Every 12 months.", "Use oil ISO-46."]),
        ("./sub/pump.md#PUMP P-7", ["Runs at 30 bar.", "Every 12 months.", "Use oil ISO-46.", "| Part | EUR |\n| Seal | 12 |"]),
        ("lamp.txt", ["The lamp LM-10 costs 40 EUR and lasts 900 hours."]),
        ("lamp.txt#lamp", ["The lamp LM-10 costs 40 EUR and lasts 900 hours."]),
        ("sub/pump.md#Nothing", []),
        ("none.md", []),
        ("../../etc/passwd", []),
    ],
)  # fmt: skip
def test_chunks_for_source(retriever, source, texts):
    assert [chunk.text for chunk in retriever.chunks_for_source(source)] == texts


def test_pages_as_sources(tmp_path):
    from reportlab.pdfgen import canvas

    docs = tmp_path / "docs"
    docs.mkdir()
    pdf = canvas.Canvas(str(docs / "m.pdf"))
    for text in ("alpha " * 60, "beta " * 60):
        for line in range(10):
            pdf.drawString(40, 800 - 20 * line, text[:80])
        pdf.showPage()
    pdf.save()
    reindex(docs, tmp_path / "index", BagOfWords(), max_tokens=100)
    retriever = Retriever(tmp_path / "index", BagOfWords())
    pages = {page: retriever.chunks_for_source(f"m.pdf#page={page}") for page in (1, 2, 3)}
    assert pages[1]
    assert pages[2]
    assert pages[3] == []
    assert all(chunk.page == 2 for chunk in pages[2])


def test_documents_chunks_and_offsets(retriever):
    assert retriever.documents() == [("lamp.txt", "lamp"), ("sub/pump.md", "Pump P-7")]
    chunks = list(retriever.all_chunks())
    assert len(chunks) == 5
    for chunk in chunks:
        assert retriever.document_text(chunk.document_id)[chunk.start : chunk.end] == chunk.text
    ids = [chunk.id for chunk in reversed(chunks)]
    assert [chunk.id for chunk in retriever.chunks([*ids, "unknown"])] == ids
    with pytest.raises(KeyError):
        retriever.document_text("none")


def test_nothing_indexed(tmp_path):
    retriever = Retriever(tmp_path / "none", BagOfWords())
    for call in (lambda: retriever.search("x"), lambda: retriever.version, retriever.documents):
        with pytest.raises(IndexMissing) as caught:
            call()
        assert "assistant reindex" in str(caught.value)
    assert not (tmp_path / "none").exists()


def test_threads(retriever):
    def ask(number):
        hits = retriever.search("oil" if number % 2 else "lamp hours", k=1)
        return hits[0].chunk.document_id == ("sub/pump.md" if number % 2 else "lamp.txt")

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(80)))


def test_langchain_retriever(retriever):
    documents = retriever.as_langchain_retriever(k=2).invoke("Which oil?")
    assert len(documents) == 2
    assert documents[0].page_content == "Use oil ISO-46."
    assert documents[0].metadata["source"] == "sub/pump.md#Oil"
    assert documents[0].metadata["index_version"] == retriever.version


def test_tuning_prefers_what_finds_the_sources(retriever):
    questions = [
        Question("1", "Which oil for ISO-46?", ("oil ISO-46",), sources=("sub/pump.md#Oil",)),
        Question("2", "lamp hours", ("900 hours",), sources=("lamp.txt",)),
        Question("3", "no source"),
        Question("4", "unanswerable", answerable=False, sources=("lamp.txt",)),
    ]
    report = tune_fusion(questions, retriever, k=1)
    assert report.questions == 2
    assert report.best.recall == report.best.answer_found == report.best.reciprocal_rank == 1.0
    assert report.scores == tuple(sorted(report.scores, key=lambda s: -s.value))
    assert {score.fusion for score in report.scores} == set(FUSIONS)
    with pytest.raises(QuestionFileError):
        tune_fusion(questions[2:], retriever)
