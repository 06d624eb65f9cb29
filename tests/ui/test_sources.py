from dataclasses import replace

from assistant.schema import Citation, Hit
from tests.ui.fake_records import (
    CHECKS,
    CHUNKS,
    MANUAL,
    NEAREST,
    QUESTIONS,
    SHOWN,
    TWIN,
    answer_to,
)
from ui.sources import scores_line, source_rows, values_to_mark

ANSWERS = [answer_to(QUESTIONS[0], a) for a in ("prompt", "rag", "finetuned", "hybrid")]
HITS = [Hit(MANUAL, 0.0321, 0.661, 1, 13.2, 2), Hit(CHECKS, 0.03, 0.5, 3, None, None)]


def test_one_row_a_chunk_with_who_read_and_who_cited():
    rows = source_rows(ANSWERS, HITS)
    assert [r.chunk for r in rows] == list(CHUNKS)
    assert rows[0].seen_by == {"rag": 1, "hybrid": 1}
    assert rows[0].found_in == ("rag", "hybrid")
    assert rows[1].not_found_in == ("rag",)
    assert rows[2].found_in == rows[2].not_found_in == ()


def test_passages_nobody_read_are_no_sources():
    closed = [replace(ANSWERS[0], nearest=NEAREST)]
    assert source_rows(closed, HITS) == []


def test_numbers_are_those_of_each_prompt():
    turned = tuple(replace(p, number=4 - p.number) for p in SHOWN)
    rows = source_rows([ANSWERS[1], replace(ANSWERS[3], passages=turned)], [])
    assert rows[0].seen_by == {"rag": 1, "hybrid": 3}


def test_every_score_by_its_name_and_none_invented():
    rows = source_rows(ANSWERS, HITS)
    assert (
        scores_line(rows[0]) == "dense cosine 0.661 (rank 1) · BM25 13.20 (rank 2) · fused 0.0321"
    )
    assert scores_line(rows[2]) == "dense cosine 0.500 (rank 3) · fused 0.0300"
    assert scores_line(rows[1]) == f"fused {SHOWN[1].score:.4f}"
    assert "%" not in "".join(map(scores_line, rows))


def test_short_answers_and_references_are_marked():
    long = replace(ANSWERS[0], text="word " * 40)
    values = values_to_mark(QUESTIONS[0], (long, *ANSWERS[1:]))
    assert values == (ANSWERS[1].text.rstrip("."), "7 min", "4 min")


def test_a_citation_of_a_passage_that_does_not_exist_belongs_to_no_row():
    lost = replace(ANSWERS[1], citations=(Citation(9, "", False, written_by_model=True),))
    assert all(not r.not_found_in for r in source_rows([lost], HITS))
    assert TWIN in [r.chunk for r in source_rows([lost], HITS)]
