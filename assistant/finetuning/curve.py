"""One short training for the learning curve: nested facts, limited wordings, nothing published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.finetuning.development import Development, answer_rows
from assistant.finetuning.encoding import Encoder, Example
from assistant.finetuning.plan import Pool
from assistant.finetuning.pool import Prepared
from assistant.finetuning.synthesis import CLOZE, KEYWORDS, QUESTION, REVERSE, STATEMENT
from assistant.finetuning.trainer import Trainer
from assistant.models.local import LocalModel
from assistant.schema import Pair

_ORDER = {name: n for n, name in enumerate((QUESTION, REVERSE, KEYWORDS, CLOZE, STATEMENT))}


@dataclass(frozen=True, slots=True)
class Settings:
    """What all points of a curve share."""

    exposures: int
    precision: str
    attention: str
    seed: int


@dataclass(frozen=True, slots=True)
class Trained:
    """What one point was trained on, and what it answered."""

    fact_ids: tuple[str, ...]
    pair_ids: frozenset[str]
    wordings: float
    """Mean rows a trained fact had."""
    exposures: int
    seconds: float
    answers: tuple[str, ...]
    """In the order of the rows asked."""


def closed_book(prepared: Prepared) -> Pool:
    """The rows that a question without passages can gain from.

    The user's own rows and rows with passages teach form and reading. They would take time from
    every point alike and tell nothing about facts, so short trainings leave them out.
    """
    return replace(prepared.pool, passages=(), user=())


def nested(pool: Pool, order: Sequence[str], facts: int, wordings: int | None) -> Pool:
    """The first facts of the order, each with at most so many wordings.

    Plain questions come first, so the rows of one wording are among those of four.
    """
    chosen = {fact: _first(pool.facts[fact], wordings) for fact in order[:facts]}
    return replace(pool, facts=chosen)


def train_point(
    local: LocalModel,
    pool: Pool,
    order: Sequence[str],
    asked: Sequence[Example],
    settings: Settings,
    *,
    seconds: float,
    folder: Path,
    identity: str,
) -> Trained:
    """Trains on a pool, answers the rows, and takes the adapter off the model again.

    Args:
        local: the base; the same as before on return.
        pool: of this point, from `nested`.
        order: fact ids; those outside the pool are passed over.
        asked: prompts to answer with the adapter, closed book.
        settings: of the whole curve.
        seconds: time limit; usually more than is needed.
        folder: for checkpoints, so that a killed point goes on.
        identity: hash of everything the point depends on.
    """
    none = Development((), Encoder(local))
    trainer = Trainer(
        local, pool, [f for f in order if f in pool.facts], none, folder,
        identity=identity, seed=settings.seed, precision=settings.precision,
    )  # fmt: skip
    try:
        result = trainer.run(seconds=seconds, exposures=settings.exposures)
        answers = answer_rows(trainer.network, local, asked)
    finally:
        release(trainer)
    rows = [row for fact in result.plan.fact_ids for row in pool.facts[fact]]
    return Trained(
        result.plan.fact_ids, frozenset(row.pair_id for row in rows),
        len(rows) / max(1, len(result.plan.fact_ids)), result.exposures, result.seconds,
        tuple(answers),
    )  # fmt: skip


def release(trainer: Trainer) -> None:
    """Gives the base model back as it was loaded: no adapter, its weights unchanged."""
    trainer.local.model = trainer.network.unload()
    if hasattr(trainer.local.model, "peft_config"):
        del trainer.local.model.peft_config
    trainer.local.model.requires_grad_(True)
    trainer.local.model.eval()


def question_pairs(questions: Sequence[tuple[str, str]]) -> list[Pair]:
    """(question, an answer of usual length) -> rows to answer closed book."""
    return [Pair(f"q{n}", q, a or "-") for n, (q, a) in enumerate(questions)]


def _first(rows: Sequence[Example], wordings: int | None) -> Sequence[Example]:
    ranked = sorted(rows, key=lambda e: (_ORDER.get(e.variant, 9), e.pair_id))
    return ranked if wordings is None else ranked[:wordings]
