"""Keyword search: whatever people type is a question, never FTS5 syntax."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval.document_store import DocumentStore
from assistant.retrieval.keyword_store import match_expression, search_words
from assistant.schema import Chunk, Document


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    path = tmp_path_factory.mktemp("words") / "store.sqlite"
    texts = {
        "code": "The QX-4410 measures absorbance.",
        "halves": "Order 4410 of lot QX and other things.",
        "other": "The QX-4420 carries five cuvettes.",
        "limit": "What is the limit? The limit is 30 bar.",
        "umlaut": "Grüße aus Köln, naïve café.",
        "plural": "Batteries are shipped in boxes.",
        "near": "They live near the AND gate, NOT far.",
    }
    store = DocumentStore(path, writable=True)
    document = Document("d", "Doc", "x", "0", "text")
    chunks = [Chunk(name, "d", "Title", (), text, 0, 1) for name, text in texts.items()]
    store.put_document(document, chunks, size=1, mtime_ns=1)
    store.commit()
    yield store.connection
    store.close()


def found(connection, question):
    return [name for name, _ in search_words(connection, question, 10)]


def test_a_code_is_a_phrase_and_its_halves_are_not_enough(connection):
    assert found(connection, "QX-4410") == ["code"]
    assert found(connection, "qx 4410")[0] in ("code", "halves")
    assert found(connection, "what does the QX-4410 do?") == ["code"]


@pytest.mark.parametrize("question", ["what's the limit?", "limit", "LIMIT!!!", "the limits of it"])
def test_questions_as_people_write_them(connection, question):
    assert found(connection, question) == ["limit"]


@pytest.mark.parametrize("question", ["grüße", "Grusse", "GRÜSSE", "koln", "cafe"])
def test_umlauts_and_accents(connection, question):
    expected = [] if "SS" in question.upper() and question != "grüße" else ["umlaut"]
    assert found(connection, question) == expected


def test_word_forms(connection):
    assert found(connection, "battery box shipping") == ["plural"]


@pytest.mark.parametrize(
    "question",
    ["", " ", '"', '""', "*", "?", "NEAR(", "(", "-", "^", "{}", "' OR 1=1 --", "\x00", "🦊"],
)
def test_marks_alone_find_nothing_or_something_but_never_fail(connection, question):
    assert isinstance(found(connection, question), list)


@pytest.mark.parametrize(
    "question", ["NEAR(live far)", "near AND not", "header:live", "live*", '"live']
)
def test_operators_are_words(connection, question):
    assert "near" in found(connection, question)


def test_stop_words_count_only_when_nothing_else_is_there(connection):
    assert match_expression("what is the limit") == '"limit"'
    assert match_expression("what is it") == '"what" OR "is" OR "it"'


@settings(max_examples=300, deadline=None)
@given(question=st.text(max_size=200))
def test_any_text_is_a_valid_query(connection, question):
    for name, score in search_words(connection, question, 10):
        assert name
        assert score >= 0


def test_joined_words_count_together_and_apart_but_codes_only_together():
    assert (
        match_expression("two-factor QX-4410") == '"two factor" OR "two" OR "factor" OR "QX 4410"'
    )
    assert match_expression("don't") == '"don t" OR "don"'


def test_very_long_questions_are_cut(connection):
    assert match_expression(" ".join(f"word{i}" for i in range(10_000))).count(" OR ") == 63
    assert found(connection, "limit " * 50_000) == ["limit"]


def test_best_first(connection):
    scores = [score for _, score in search_words(connection, "limit cuvettes gate bar", 10)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
