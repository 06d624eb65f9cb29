"""What a time budget buys: how many facts, how often each, and in which order of batches."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from assistant.finetuning.encoding import Example

TARGET_EXPOSURES = 36
"""Times each fact is met; a small model recalls a fact under a new wording after about 30 to 40."""
MIN_EXPOSURES = 24
MAX_EXPOSURES = 60
PASSAGE_TOKEN_SHARE = 0.15
REFUSAL_ROW_SHARE = 0.08
REPLAY_ROW_SHARE = 0.06
USER_TOKEN_SHARE = 0.4
BATCH_ROWS = 32
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

    Every fact gets `TARGET_EXPOSURES` when time allows for all of them, more (up to
    `MAX_EXPOSURES`) when there is time left. When it does not, exposures fall to `MIN_EXPOSURES`,
    and after that facts are left out from the end of `order`: half-learned facts help nobody.

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
    per_fact = _mean([e.tokens for fact in ids for e in pool.facts[fact]])
    user_tokens = sum(e.tokens for e in pool.user)
    overhead = 1 / (1 - PASSAGE_TOKEN_SHARE * bool(pool.passages) - 0.15)
    user_budget = min(
        user_tokens * TARGET_EXPOSURES / 2, USER_TOKEN_SHARE * budget if ids else budget
    )
    fact_budget = max(0.0, budget - user_budget) / overhead
    if not ids:
        passes = exposures or _clamp(budget / max(1, user_tokens), 1, MAX_EXPOSURES)
        chosen: list[str] = []
    elif exposures is not None:
        passes = exposures
        chosen = ids[: max(1, int(fact_budget / (exposures * per_fact)))]
    else:
        passes = _clamp(fact_budget / (len(ids) * per_fact), MIN_EXPOSURES, MAX_EXPOSURES)
        affordable = int(fact_budget / (passes * per_fact))
        if affordable < len(ids):
            passes = _clamp(
                fact_budget / per_fact / max(1, affordable), MIN_EXPOSURES, TARGET_EXPOSURES
            )
            passes = min(passes, max(1, int(fact_budget / per_fact)))
        chosen = ids[: max(1, int(fact_budget / (passes * per_fact)))]
    rows = len(chosen)
    pass_tokens = rows * per_fact or float(user_tokens)
    passage_tokens = _mean([e.tokens for e in pool.passages])
    share = PASSAGE_TOKEN_SHARE / (1 - PASSAGE_TOKEN_SHARE)
    plan = TrainingPlan(
        fact_ids=tuple(chosen),
        facts_total=len(pool.facts),
        exposures=passes,
        passages_per_pass=pass_tokens * share / passage_tokens if pool.passages else 0.0,
        refusals_per_pass=rows * REFUSAL_ROW_SHARE if pool.refusals else 0.0,
        user_per_pass=_user_rows(pool, passes, user_budget),
        replay_per_pass=max(1.0, rows * REPLAY_ROW_SHARE) if pool.replay else 0.0,
        steps=0,
        tokens=0,
        tokens_per_second=tokens_per_second,
        seconds=0.0,
        seed=seed,
    )
    return _counted(plan, pool)


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
    rng = Random(f"order/{seed}")
    position: dict[str, float] = {}
    for document in sorted(groups):
        facts = sorted(groups[document], key=lambda f: (-merit.get(f, 0.0), rng.random()))
        for rank, fact in enumerate(facts):
            # Between equal turns and turns by size: a price list with 300 cells must not push out
            # the handbook with 30 sentences, nor count for no more than a memo with three.
            position[fact] = (rank + rng.random()) / math.sqrt(len(facts))
    return sorted(position, key=lambda fact: (position[fact], fact))


def _counted(plan: TrainingPlan, pool: Pool) -> TrainingPlan:
    passes = [batches_of_pass(plan, pool, number) for number in range(min(4, plan.exposures))]
    scale = plan.exposures / max(1, len(passes))
    exact = (
        [batches_of_pass(plan, pool, n) for n in range(plan.exposures)] if scale <= 20 else passes
    )
    factor = plan.exposures / max(1, len(exact))
    tokens = sum(padded_tokens(b) for p in exact for b in p) * factor
    steps = sum(len(p) for p in exact) * factor
    return TrainingPlan(
        **{
            **asdict(plan),
            "steps": round(steps),
            "tokens": round(tokens),
            "seconds": tokens / max(1e-9, plan.tokens_per_second),
        }
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
        if last and len(last) < BATCH_ROWS and padded_tokens([*last, row]) <= BATCH_TOKENS:
            last.append(row)
        else:
            batches.append([row])
    return batches


def _user_rows(pool: Pool, passes: int, budget: float) -> float:
    """User pairs per pass: fairly oversampled, but never over their part of the budget."""
    if not pool.user:
        return 0.0
    tokens = sum(e.tokens for e in pool.user)
    times = _clamp(budget / max(1, tokens), 1, TARGET_EXPOSURES)
    return len(pool.user) * times / max(1, passes)


def _mean(values: Sequence[int]) -> float:
    return max(1.0, sum(values) / len(values)) if values else 1.0


def _clamp(value: float, low: int, high: int) -> int:
    return max(low, min(high, int(value)))
