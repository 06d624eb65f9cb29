"""What a time budget buys: how many facts, how often each, and in which order of batches."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random
from typing import Any

from assistant.finetuning.encoding import Example

TARGET_EXPOSURES = 36
"""Times a row of the user is met, at most."""
MIN_EXPOSURES = 28
"""A small model recalls a fact under a new wording after it was met about 30 times."""
MAX_EXPOSURES = 60
PASSAGE_TOKEN_SHARE = 0.15
KEPT_PASSAGE_TOKEN_SHARE = 0.6
"""The same where a prompt is encoded once and its states are kept: rows with passages are then
cheap after their first time, and it takes many of them to keep a small model reading."""
REFUSAL_ROW_SHARE = 0.15
"""Rows to decline, for every row about a fact: of 40 questions that the embedded model declined it
still declines 19 after training with 0.08, 26 with twice as many, 33 with more of them beside
passages and more replay (one training each, 4 processor minutes)."""
REPLAY_ROW_SHARE = 0.12
USER_TOKEN_SHARE = 0.25
"""A style is learned from few rows, each met once; facts need every meeting they can get."""
BATCH_ROWS = 32
MIN_ROWS, MAX_WASTE = 4, 0.25
"""From this many rows a batch is closed rather than padded by more than this share."""
BATCH_TOKENS = 4096
"""Padded tokens a batch may hold; rows with passages come in smaller batches."""


@dataclass(frozen=True, slots=True)
class Pool:
    """All rows there are, by the part they play."""

    facts: Mapping[str, Sequence[Example]]
    """Fact id -> its rows without passages."""
    passages: Sequence[Example] = ()
    refusals: Sequence[Example] = ()
    user: Sequence[Example] = ()
    replay: Sequence[Example] = ()
    passage_share: float = PASSAGE_TOKEN_SHARE
    """Of the tokens that go to facts, those of rows with passages."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What will be trained. With the same plan and seed the same batches come in the same order."""

    fact_ids: tuple[str, ...]
    facts_total: int
    exposures: int
    """Passes over the chosen facts; each pass meets every fact once, in another wording."""
    passages_per_pass: float
    refusals_per_pass: float
    user_per_pass: float
    replay_per_pass: float
    steps: int
    tokens: int
    """Padded tokens of all steps."""
    tokens_per_second: float
    seconds: float
    """Estimated training time."""
    seed: int

    def to_json(self) -> dict[str, Any]:
        """Plain values, for the checkpoint."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "TrainingPlan":
        """The plan a checkpoint was made under."""
        return cls(**{**values, "fact_ids": tuple(values["fact_ids"])})

    @property
    def coverage(self) -> str:
        """`412 of 1,930 facts trained, 40 exposures each`."""
        trained = f"{len(self.fact_ids):,} of {self.facts_total:,} facts trained"
        return f"{trained}, {self.exposures} exposures each"


def make_plan(
    pool: Pool,
    order: Sequence[str],
    *,
    seconds: float,
    tokens_per_second: float,
    seed: int = 0,
    exposures: int | None = None,
) -> TrainingPlan:
    """Spends a time budget on facts.

    All facts share the time; with plenty of it each is met up to `MAX_EXPOSURES` times. With little
    no fact gets fewer than `MIN_EXPOSURES`: facts are left out from the end of `order` instead,
    because a half-learned fact is answered wrongly and with confidence.

    Args:
        pool: the rows.
        order: fact ids, most wanted first; a prefix of it is trained.
        seconds: for the training steps alone.
        tokens_per_second: measured, in padded tokens of prompt and answer.
        seed: of the order of rows.
        exposures: fixes the number of passes instead of deriving it.
    """
    ids = [fact for fact in order if pool.facts.get(fact)]
    budget = max(1.0, seconds * tokens_per_second)
    plan = TrainingPlan(
        (), len(pool.facts), 1, 0.0, 0.0, 0.0, 0.0, 0, 0, tokens_per_second, 0.0, seed
    )
    share = 1.0
    for _ in range(4):
        # Padding and rounding are only known once batches are cut: spend less and look again.
        plan = _counted(_spend(plan, pool, ids, share * budget, exposures), pool)
        if plan.tokens <= budget or len(plan.fact_ids) <= 1:
            break
        share *= 0.97 * budget / plan.tokens
    return plan


def _spend(
    plan: TrainingPlan, pool: Pool, ids: Sequence[str], budget: float, exposures: int | None
) -> TrainingPlan:
    """Facts, passes and shares of the other parts for a number of tokens."""
    per_fact = _mean([e.tokens for fact in ids for e in pool.facts[fact]])
    user_tokens = sum(e.tokens for e in pool.user)
    user_budget = min(user_tokens * TARGET_EXPOSURES / 2, USER_TOKEN_SHARE * budget)
    if not ids:
        user_budget = budget
        passes = exposures or _clamp(budget / max(1, user_tokens), 1, MAX_EXPOSURES)
        chosen: Sequence[str] = ()
    else:
        # Passages are a share of the tokens, refusals and replay are rows for every row of a fact.
        share = pool.passage_share if pool.passages else 0.0
        each = per_fact / (1 - share)
        each += REFUSAL_ROW_SHARE * _mean([e.tokens for e in pool.refusals]) * bool(pool.refusals)
        each += REPLAY_ROW_SHARE * _mean([e.tokens for e in pool.replay]) * bool(pool.replay)
        meetings = (budget - user_budget) / each
        passes = exposures or _clamp(meetings / len(ids), MIN_EXPOSURES, MAX_EXPOSURES)
        passes = exposures or max(1, min(passes, int(meetings)))
        chosen = ids[: max(1, int(meetings / passes))]
    rows = len(chosen)
    pass_tokens = rows * per_fact or float(user_tokens)
    passage_share = pool.passage_share / (1 - pool.passage_share)
    passage_tokens = _mean([e.tokens for e in pool.passages])
    times = _clamp(user_budget / max(1, user_tokens), 1, TARGET_EXPOSURES)
    return replace(
        plan,
        fact_ids=tuple(chosen),
        exposures=passes,
        passages_per_pass=pass_tokens * passage_share / passage_tokens if pool.passages else 0.0,
        refusals_per_pass=rows * REFUSAL_ROW_SHARE if pool.refusals else 0.0,
        user_per_pass=len(pool.user) * times / passes,
        replay_per_pass=max(1.0, rows * REPLAY_ROW_SHARE) if pool.replay else 0.0,
    )


def batches_of_pass(plan: TrainingPlan, pool: Pool, number: int) -> list[list[Example]]:
    """The batches of one pass, sorted by length inside windows, order shuffled by the seed."""
    rng = Random(f"{plan.seed}/{number}")
    rows = [_turn(pool.facts[fact], fact, plan.seed, number) for fact in plan.fact_ids]
    for name, part, per_pass in (
        ("passages", pool.passages, plan.passages_per_pass),
        ("refusals", pool.refusals, plan.refusals_per_pass),
        ("user", pool.user, plan.user_per_pass),
        ("replay", pool.replay, plan.replay_per_pass),
    ):
        rows.extend(_slice(part, per_pass, number, f"{plan.seed}/{name}"))
    rng.shuffle(rows)
    window = BATCH_ROWS * 16
    batches: list[list[Example]] = []
    for start in range(0, len(rows), window):
        batches.extend(_cut(sorted(rows[start : start + window], key=lambda e: e.tokens)))
    rng.shuffle(batches)
    return batches


def padded_tokens(batch: Sequence[Example]) -> int:
    """Tokens the model computes on for a batch, padding included."""
    return len(batch) * (max(len(e.source) for e in batch) + max(len(e.target) for e in batch))


def stratified(
    documents: Mapping[str, str], merit: Mapping[str, float], seed: int = 0
) -> list[str]:
    """Facts in training order: documents take turns, each with its best fact first.

    Args:
        documents: fact id -> document id.
        merit: fact id -> how much the fact is worth training (more wordings, clearer question).
        seed: breaks ties.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for fact, document in documents.items():
        groups[document].append(fact)
    position: dict[str, float] = {}
    for facts in groups.values():
        # A fact's chance is its own: a changed document does not shuffle the others.
        chance = {fact: Random(f"order/{seed}/{fact}") for fact in facts}
        facts.sort(key=lambda fact: (-merit.get(fact, 0.0), chance[fact].random(), fact))
        for rank, fact in enumerate(facts):
            # Between equal turns and turns by size: a price list with 300 cells must not push out
            # the handbook with 30 sentences, nor count for no more than a memo with three.
            position[fact] = (rank + chance[fact].random()) / math.sqrt(len(facts))
    return sorted(position, key=lambda fact: (position[fact], fact))


def _counted(plan: TrainingPlan, pool: Pool) -> TrainingPlan:
    """Steps and padded tokens, from the batches of a few passes."""
    sample = min(5, plan.exposures)
    first = [batches_of_pass(plan, pool, number) for number in range(sample)]
    tokens = sum(padded_tokens(b) for batches in first for b in batches) * plan.exposures / sample
    return replace(
        plan,
        steps=max(1, round(sum(map(len, first)) * plan.exposures / sample)),
        tokens=round(tokens),
        seconds=tokens / max(1e-9, plan.tokens_per_second),
    )


def _turn(rows: Sequence[Example], fact: str, seed: int, number: int) -> Example:
    """The wording a fact is met in at this pass: all of them in turn, reshuffled each round."""
    order = list(range(len(rows)))
    Random(f"{seed}/{fact}/{number // len(rows)}").shuffle(order)
    return rows[order[number % len(rows)]]


def _slice(part: Sequence[Example], per_pass: float, number: int, key: str) -> list[Example]:
    """This pass's share of a part, walking through it and around."""
    if not part or per_pass <= 0:
        return []
    first, last = math.floor(number * per_pass), math.floor((number + 1) * per_pass)
    found: list[Example] = []
    for lap in range(first // len(part), (last - 1) // len(part) + 1):
        order = list(range(len(part)))
        Random(f"{key}/{lap}").shuffle(order)
        start = lap * len(part)
        found.extend(part[i] for i in order[max(0, first - start) : max(0, last - start)])
    return found


def _cut(rows: Sequence[Example]) -> list[list[Example]]:
    batches: list[list[Example]] = []
    for row in rows:
        last = batches[-1] if batches else None
        if last and _belongs(row, last):
            last.append(row)
        else:
            batches.append([row])
    return batches


def _belongs(row: Example, batch: Sequence[Example]) -> bool:
    """Whether a row joins a batch: there is room, and it does not blow up the padding.

    Without the second test a few long rows of the user's make a whole batch of short facts as wide
    as themselves, and most of the time goes into computing on padding.
    """
    if len(batch) >= BATCH_ROWS:
        return False
    padded = padded_tokens([*batch, row])
    waste = padded - row.tokens - sum(e.tokens for e in batch)
    return padded <= BATCH_TOKENS and (len(batch) < MIN_ROWS or waste <= MAX_WASTE * padded)


def _mean(values: Sequence[int]) -> float:
    return max(1.0, sum(values) / len(values)) if values else 1.0


def _clamp(value: float, low: int, high: int) -> int:
    return max(low, min(high, int(value)))
