"""Citations: what is claimed is there, what is there is found, and nothing else."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.citations import find_citations, strip_citations, supports
from assistant.answering.prompts import number_passages
from tests.answering.corpus import CHUNKS

PASSAGES = number_passages(CHUNKS)
LAMP, LID, PRICE, EUROPE, AMERICA, FEES = PASSAGES


def numbers(text):
    return [(c.number, c.supported, c.written_by_model) for c in find_citations(text, PASSAGES)]


def test_written_marks_are_verified():
    assert numbers("24 months [3]") == [(3, True, True)]
    assert numbers("24 months [1]") == [(1, False, True)]
    assert numbers("24 months [9]") == [(9, False, True)]
    assert find_citations("24 months [9]", PASSAGES)[0].chunk_id == ""


def test_each_mark_cites_what_stands_before_it():
    text = "In Europe it is 30 days [4]. In North America it is 20 days [5]."
    assert numbers(text) == [(4, True, True), (5, True, True)]
    swapped = "In Europe it is 30 days [5]. In North America it is 20 days [4]."
    assert numbers(swapped) == [(5, False, True), (4, False, True)]


def test_several_marks_behind_one_claim():
    assert numbers("30 days [1][4]") == [(1, True, True), (4, True, True)]
    assert numbers("30 days [1, 5]") == [(1, True, True), (5, False, True)]


def test_without_marks_the_passages_that_hold_the_value_are_named():
    assert numbers("2,480 euros") == [(3, True, False)]
    assert numbers("30 days") == [(1, True, False), (4, True, False)]
    assert numbers("E-107") == [(2, True, False)]
    assert numbers("the lid is open") == [(2, True, False)]


def test_what_is_not_there_is_not_cited():
    assert numbers("14 days") == []
    assert numbers("E-105") == []
    assert numbers("the battery is flat") == []
    assert numbers("30 days and 14 days") == []
    assert numbers("3 euros") == []
    assert numbers("") == []


@pytest.mark.parametrize("text", ["more", "Yes", "several", "the", "no", "It is."])
def test_words_that_stand_everywhere_support_nothing(text):
    everywhere = number_passages([dataclasses.replace(CHUNKS[0], text=f"Yes. It is more. {text}")])
    assert find_citations(text, everywhere) == ()
    assert not supports(everywhere[0], text)


def test_a_denial_is_not_supported_by_the_claim_and_the_other_way_round():
    assert supports(FEES, "Used reagents are not refunded.")
    assert not supports(FEES, "Used reagents are refunded by the seller.")
    assert not supports(LID, "Error E-107 does not mean that the lid is open.")


def test_refusals_and_missing_passages_cite_nothing():
    assert find_citations("I don't know. [1]", PASSAGES) == ()
    assert find_citations("30 days [1]", ()) == ()


def test_at_most_three_found():
    same = number_passages([CHUNKS[0]] * 6)
    assert len(find_citations("30 days", same)) == 3


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("30 days [1]", "30 days"),
        ("30 days [1][2].", "30 days."),
        ("A [1, 2] and B [3]", "A and B"),
        ("[1] 30 days", "30 days"),
        ("list[int] stays", "list[int] stays"),
        ("no marks", "no marks"),
    ],
)
def test_marks_are_taken_out_for_scoring(text, plain):
    assert strip_citations(text) == plain


@given(st.text(max_size=200))
def test_any_text_is_survived_and_numbers_are_honest(text):
    for citation in find_citations(text, PASSAGES):
        assert not citation.supported or 1 <= citation.number <= len(PASSAGES)
    strip_citations(text)
