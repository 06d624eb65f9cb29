import pytest

from assistant.schema import split_source
from assistant.scoring.retrieval_metrics import recall_at_k, reciprocal_rank, source_matches


def test_documents_and_headings():
    hits = ["a.md#One", "b.md#Two", "a.md#Three"]
    assert recall_at_k(hits, ["a.md"], 1) == 1
    assert recall_at_k(hits, ["a.md#three"], 2) == 0
    assert recall_at_k(hits, ["a.md#Three", "b.md"], 3) == 1
    assert recall_at_k(hits, ["a.md", "c.md"], 3) == 0.5
    assert reciprocal_rank(hits, ["b.md#Two"]) == 0.5
    assert reciprocal_rank(hits, ["z.md"]) == 0


@pytest.mark.parametrize("metric", [reciprocal_rank, lambda h, g: recall_at_k(h, g, 5)])
def test_no_gold_source_is_not_measured(metric):
    assert metric(["a.md"], []) is None


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a.md", ("a.md", "")),
        ("a.md#Prices", ("a.md", "Prices")),
        ("a.pdf#page=3", ("a.pdf", "page=3")),
        ("notes #2.md", ("notes #2.md", "")),
        ("notes #2.md#Prices", ("notes #2.md", "Prices")),
        ("c#/#1/v1.0 #3.docx#C# in 2.0", ("c#/#1/v1.0 #3.docx", "C# in 2.0")),
        ("a.md#see b.md", ("a.md", "see b.md")),
        ("README#Use", ("README", "Use")),
        ("a.md#", ("a.md", "")),
    ],
)
def test_a_hash_in_a_file_name_is_no_heading(source, parts):
    assert split_source(source) == parts


def test_hits_in_a_file_with_a_hash_in_its_name():
    hits = ["notes #1.md#Prices", "notes #2.md#Prices", "notes #2.md"]
    assert reciprocal_rank(hits, ["notes #2.md"]) == 0.5
    assert reciprocal_rank(hits, ["notes #2.md#prices"]) == 0.5
    assert recall_at_k(hits[:1], ["notes #2.md"], 1) == 0
    assert not source_matches("notes #1.md", "notes #2.md")
