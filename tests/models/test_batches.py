"""Batches: everything once, within the budget, the same plan every time."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.models.batches import plan_batches
from assistant.models.encoding import length_groups

LENGTHS = st.lists(st.integers(1, 2000), max_size=80)


@given(LENGTHS, st.integers(1, 200), st.integers(1, 9000), st.integers(1, 20))
def test_every_row_once_and_within_the_limits(lengths, answer, budget, rows):
    plan = plan_batches(lengths, answer, token_budget=budget, max_rows=rows)
    assert sorted(r for batch in plan for r in batch) == list(range(len(lengths)))
    for batch in plan:
        cost = len(batch) * (max(lengths[r] for r in batch) + answer)
        assert len(batch) <= rows
        assert cost <= budget or len(batch) == 1
    assert plan == plan_batches(lengths, answer, token_budget=budget, max_rows=rows)


@given(LENGTHS)
def test_what_fits_stays_together_in_order(lengths):
    plan = plan_batches(lengths, 1, token_budget=10**9, max_rows=10**9)
    assert plan == ([list(range(len(lengths)))] if lengths else [])


def test_similar_lengths_go_together():
    plan = plan_batches([900, 10, 910, 12, 11], 10, token_budget=2000, max_rows=64)
    assert plan == [[1, 4, 3], [0, 2]]


@given(LENGTHS)
def test_length_groups_hold_every_row_once_and_little_padding(lengths):
    groups = length_groups(lengths)
    assert sorted(r for group in groups for r in group) == list(range(len(lengths)))
    for group in groups:
        longest, shortest = max(lengths[r] for r in group), min(lengths[r] for r in group)
        assert longest <= 1.5 * shortest + 16


def test_questions_and_questions_with_passages_are_encoded_apart():
    assert length_groups([20, 900, 21, 905]) == [[0, 2], [1, 3]]
