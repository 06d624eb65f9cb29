"""From an index to an adapter."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.errors import ModelMissing
from assistant.journeys.effort import note_training
from assistant.parts import Parts
from assistant.schema import Pair

if TYPE_CHECKING:
    from assistant.finetuning.records import FinetuneReport

Progress = Callable[[str, float, float], None]
"""(stage, done, total)."""
BEFORE_TRAINING = frozenset({"loading the model", "making pairs", "asking about facts"})
"""Stages of `finetune` before there is a checkpoint; what the model was asked is kept anyway."""


def user_pairs(parts: Parts) -> list[Pair]:
    """The user's own training pairs; of nested sets (50 within 500) the largest row wins once."""
    from assistant.documents.questions import load_pairs

    found: dict[str, Pair] = {}
    for path in parts.corpus.pair_files():
        for pair in load_pairs(path):
            found.setdefault(pair.question, pair)
    return list(found.values())


def finetune_corpus(
    parts: Parts,
    *,
    minutes: float,
    seed: int = 0,
    learning_rate: float | None = None,
    dry_run: bool = False,
    resume: bool = True,
    delta: bool = False,
    ask_model: bool = False,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> "FinetuneReport":
    """Train an adapter on everything that is indexed; see `finetuning.finetune.finetune`.

    With `delta` the adapter in use is trained on only what changed since, and stays as it is:
    the result is a new version; see `finetuning.retrain.finetune_delta`.

    Args:
        parts: where.
        minutes: time budget.
        seed: of every choice.
        learning_rate: None: by model size.
        dry_run: make pairs and plan, train nothing.
        resume: go on with an interrupted training.
        delta: only what changed, see above.
        ask_model: the base model writes further questions in a fifth of the time.
        progress: (stage, done, total).
        stop: asked all along; true keeps a checkpoint and returns `interrupted`.

    Raises:
        ModelMissing: `delta` without an adapter to go on from.
        KeyboardInterrupt: stopped before training.
    """

    def told(stage: str, done: float, total: float) -> None:
        if progress is not None:
            progress(stage, done, total)
        if stop is not None and stage in BEFORE_TRAINING and stop():
            raise KeyboardInterrupt

    if delta:
        return _delta_corpus(
            parts, minutes=minutes, seed=seed, learning_rate=learning_rate, dry_run=dry_run,
            resume=resume, progress=told, stop=stop,
        )  # fmt: skip
    from assistant.finetuning.course import LoraSettings
    from assistant.finetuning.finetune import finetune
    from assistant.models.local import load_local

    retriever = parts.need_retriever()
    with retriever.pinned() as index:
        manifest = parts.index_versions.manifest(index.version)
        report = finetune(
            list(index.all_chunks()),
            lambda: load_local(parts.settings.model.base, device=parts.settings.model.device),
            parts.adapters,
            minutes=minutes,
            gold_questions=parts.questions(),
            user_pairs=user_pairs(parts),
            passages=parts.passages,
            index_version=index.version,
            corpus_hash=manifest.corpus_hash,
            settings=LoraSettings(learning_rate=learning_rate),
            seed=seed,
            resume=resume,
            dry_run=dry_run,
            generator=parts.generator() if ask_model else None,
            progress=told,
            stop=stop,
        )
    note_training(parts, report)
    return report


def _delta_corpus(
    parts: Parts,
    *,
    minutes: float,
    seed: int,
    learning_rate: float | None,
    dry_run: bool,
    resume: bool,
    progress: Progress | None,
    stop: Callable[[], bool] | None,
) -> "FinetuneReport":
    from assistant.finetuning.retrain import finetune_delta
    from assistant.models.local import load_local

    parent = parts.adapter()
    if parent is None:
        raise ModelMissing(
            f"corpus {parts.corpus_name} has no adapter to go on from",
            f"assistant finetune --corpus {parts.corpus_name}",
        )
    with parts.need_retriever().pinned() as index:
        report = finetune_delta(
            list(index.all_chunks()),
            lambda: load_local(parts.settings.model.base, device=parts.settings.model.device),
            parts.adapters,
            parent,
            minutes=minutes,
            gold_questions=parts.questions(),
            user_pairs=user_pairs(parts),
            passages=parts.passages,
            index_version=index.version,
            corpus_hash=parts.index_versions.manifest(index.version).corpus_hash,
            learning_rate=learning_rate,
            seed=seed,
            resume=resume,
            dry_run=dry_run,
            progress=progress,
            stop=stop,
        )
    note_training(parts, report)
    return report
