"""Fusing two rankings by hand-worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import FUSIONS, best_mixed, fuse

DENSE = [("a", 0.9), ("b", 0.5), ("c", 0.1)]
KEYWORD = [("b", 8.0), ("d", 6.0), ("a", 4.0)]


def test_reciprocal_ranks():
    scores = fuse(DENSE, KEYWORD, "rrf", 0.5)
    assert scores["a"] == pytest.approx(0.5 / 61 + 0.5 / 63)
    assert scores["b"] == pytest.approx(0.5 / 62 + 0.5 / 61)
    assert scores["d"] == pytest.approx(0.5 / 62)


def test_weighted():
    scores = fuse(DENSE, KEYWORD, "weighted", 0.25)
    assert scores == pytest.approx({"a": 0.25, "b": 0.125 + 0.75, "c": 0.0, "d": 0.375})


def test_single_rankings_keep_their_scores():
    assert fuse(DENSE, KEYWORD, "dense") == dict(DENSE)
    assert fuse(DENSE, KEYWORD, "keyword") == dict(KEYWORD)


def test_one_empty_ranking_leaves_the_order_of_the_other():
    for mode in ("rrf", "weighted"):
        scores = fuse([], KEYWORD, mode, 0.4)
        assert sorted(scores, key=lambda i: -scores[i]) == ["b", "d", "a"]


def test_equal_scores_are_all_best():
    assert fuse([("a", 0.5), ("b", 0.5)], [], "weighted", 1.0) == {"a": 1.0, "b": 1.0}


rankings = st.dictionaries(st.text(max_size=2), st.floats(0, 100), max_size=8).map(
    lambda d: sorted(d.items(), key=lambda item: -item[1])
)


@given(dense=rankings, keyword=rankings, mode=st.sampled_from(FUSIONS), weight=st.floats(0, 1))
def test_every_candidate_gets_a_finite_score(dense, keyword, mode, weight):
    scores = fuse(dense, keyword, mode, weight)
    expected = {
        i for i, _ in [*(dense if mode != "keyword" else []), *(keyword if mode != "dense" else [])]
    }
    assert scores.keys() == expected
    assert all(score >= 0 for score in scores.values())


SCORES = {"a1": 0.9, "a2": 0.8, "a3": 0.7, "a4": 0.6, "b1": 0.5, "c1": 0.4}
DOCUMENTS = {chunk: chunk[0] for chunk in SCORES}


def test_one_document_leaves_room_for_others():
    assert best_mixed(SCORES, DOCUMENTS, 5, 0.6) == ["a1", "a2", "a3", "b1", "c1"]
    assert best_mixed(SCORES, DOCUMENTS, 5, 1.0) == ["a1", "a2", "a3", "a4", "b1"]
    assert best_mixed(SCORES, DOCUMENTS, 1, 0.6) == ["a1"]


def test_places_nobody_else_wants_are_filled():
    assert best_mixed({"a1": 1, "a2": 2}, {"a1": "a", "a2": "a"}, 5, 0.2) == ["a2", "a1"]


def test_equal_scores_go_by_id():
    assert best_mixed({"z": 1.0, "y": 1.0}, {"z": "1", "y": "2"}, 2, 1.0) == ["y", "z"]
