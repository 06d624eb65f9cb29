"""Plans: what a budget buys, in which order, with which shares."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.finetuning.encoding import Example
from assistant.finetuning.plan import (
    BATCH_ROWS,
    BATCH_TOKENS,
    KEPT_PASSAGE_TOKEN_SHARE,
    MAX_EXPOSURES,
    MIN_EXPOSURES,
    PASSAGE_TOKEN_SHARE,
    Pool,
    TrainingPlan,
    batches_of_pass,
    make_plan,
    padded_tokens,
    stratified,
)


def rows(prefix, count, length, fact="", variant="question"):
    return [
        Example(f"{prefix}{i}", fact, variant, tuple(range(length)), (1, 2, 3))
        for i in range(count)
    ]


def pool(facts=100, user=0):
    return Pool(
        facts={f"f{i:03}": rows(f"f{i}-", 5, 15 + i % 20, f"f{i:03}") for i in range(facts)},
        passages=rows("w", 40, 600, variant="passages"),
        refusals=rows("r", 30, 18, variant="refusal"),
        user=rows("u", user, 60, variant="user"),
        replay=rows("g", 50, 25, variant="replay"),
    )


ORDER = [f"f{i:03}" for i in range(100)]


def plan_of(budget_tokens, the_pool=None, **options):
    return make_plan(the_pool or pool(), ORDER, seconds=10.0, tokens_per_second=budget_tokens / 10,
                     **options)  # fmt: skip


def test_a_small_budget_trains_few_facts_well():
    plan = plan_of(50_000)
    assert 0 < len(plan.fact_ids) < 100
    assert plan.fact_ids == tuple(ORDER[: len(plan.fact_ids)])
    assert plan.exposures >= MIN_EXPOSURES
    assert (
        plan.coverage
        == f"{len(plan.fact_ids)} of 100 facts trained, {plan.exposures} exposures each"
    )


def test_a_large_budget_trains_all_facts_and_stops_at_enough():
    plan = plan_of(50_000_000)
    assert len(plan.fact_ids) == 100
    assert plan.exposures == MAX_EXPOSURES


@pytest.mark.parametrize("share", [0.0, PASSAGE_TOKEN_SHARE, KEPT_PASSAGE_TOKEN_SHARE])
def test_the_budget_is_spent_where_there_is_more_to_learn(share):
    many = pool(facts=2000, user=50)
    given = replace(many, passage_share=share, passages=many.passages if share else ())
    order = sorted(given.facts)
    plan = make_plan(given, order, seconds=10.0, tokens_per_second=60_000.0)
    assert len(plan.fact_ids) < 2000
    assert 0.8 * 600_000 < plan.tokens <= 600_000


@settings(max_examples=25, deadline=None)
@given(st.integers(40_000, 1_000_000), st.integers(0, 60))
def test_plans_keep_to_their_budget(tokens, user):
    plan = plan_of(tokens, pool(user=user))
    assert plan.tokens <= 1.05 * tokens or len(plan.fact_ids) == 1


def test_passages_take_at_most_their_share_of_tokens():
    the_pool = pool()
    plan = plan_of(600_000, the_pool)
    tokens = Counter()
    for number in range(plan.exposures):
        for batch in batches_of_pass(plan, the_pool, number):
            for example in batch:
                tokens[example.variant] += example.tokens
    share = tokens["passages"] / sum(tokens.values())
    assert 0.5 * PASSAGE_TOKEN_SHARE < share <= PASSAGE_TOKEN_SHARE
    assert {"question", "refusal", "replay", "passages"} == set(tokens)


def test_every_pass_meets_every_fact_once_and_all_wordings_in_turn():
    the_pool = pool()
    plan = plan_of(600_000, the_pool)
    met = Counter()
    for number in range(5):
        seen = [e for b in batches_of_pass(plan, the_pool, number) for e in b if e.fact_id]
        assert sorted(e.fact_id for e in seen) == sorted(plan.fact_ids)
        met.update(e.pair_id for e in seen)
    assert set(met.values()) == {1}
    assert len(met) == 5 * len(plan.fact_ids)


def test_batches_are_bounded_and_reproducible():
    the_pool = pool(user=20)
    plan = plan_of(600_000, the_pool, seed=7)
    batches = batches_of_pass(plan, the_pool, 3)
    assert batches == batches_of_pass(plan, the_pool, 3)
    assert batches != batches_of_pass(plan_of(600_000, the_pool, seed=8), the_pool, 3)
    for batch in batches:
        assert len(batch) <= BATCH_ROWS
        assert len(batch) == 1 or padded_tokens(batch) <= BATCH_TOKENS
    full = sum(e.tokens for b in batches for e in b) / sum(map(padded_tokens, batches))
    assert full > 0.8


@pytest.mark.parametrize("users", [50, 500])
def test_user_pairs_are_seen_often_but_do_not_push_out_the_facts(users):
    the_pool = pool(user=users)
    plan = plan_of(900_000, the_pool)
    seen = Counter(
        e.variant
        for n in range(plan.exposures)
        for b in batches_of_pass(plan, the_pool, n)
        for e in b
    )
    assert seen["user"] >= 5 * users
    assert plan.fact_ids
    assert seen["question"] > 500


def test_user_pairs_alone_can_be_trained():
    the_pool = Pool(facts={}, user=rows("u", 30, 40, variant="user"))
    plan = make_plan(the_pool, [], seconds=10, tokens_per_second=5000)
    assert plan.steps > 0
    assert plan.exposures > 1


def test_plans_survive_json():
    plan = plan_of(100_000)
    assert TrainingPlan.from_json(plan.to_json()) == plan


def test_documents_take_turns_best_facts_first():
    documents = {f"big{i}": "big.csv" for i in range(100)} | {f"s{i}": "small.md" for i in range(4)}
    order = stratified(documents, {"s3": 5.0, "big99": 5.0})
    assert {"s3", "big99"} <= set(order[:8])
    first = Counter(documents[f] for f in order[:24])
    assert first["small.md"] >= 2
    assert first["big.csv"] > first["small.md"]
    assert sorted(order) == sorted(documents)


def test_long_rows_do_not_widen_short_ones():
    mixed = Pool(
        facts={f"f{i:03}": rows(f"f{i}-", 2, 18, f"f{i:03}") for i in range(40)},
        user=rows("u", 40, 200, variant="user"),
    )
    plan = make_plan(mixed, sorted(mixed.facts), seconds=100, tokens_per_second=2000, exposures=8)
    batches = [b for n in range(8) for b in batches_of_pass(plan, mixed, n)]
    computed = sum(map(padded_tokens, batches))
    assert sum(e.variant == "user" for b in batches for e in b) > 8
    assert sum(e.tokens for b in batches for e in b) > 0.75 * computed
    assert max(len(b) for b in batches) == BATCH_ROWS
