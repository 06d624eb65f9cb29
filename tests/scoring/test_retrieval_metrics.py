import pytest

from assistant.scoring.retrieval_metrics import recall_at_k, reciprocal_rank


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
