"""The journey of a delta: changed chunks -> changed facts -> the parent's weights, trained on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.finetuning.checkpoint import remove_checkpoint
from assistant.finetuning.collect import collect_pairs
from assistant.finetuning.course import TrainingRecord
from assistant.finetuning.delta import (
    CLOSED_BOOK,
    REHEARSAL,
    DeltaSet,
    changed_documents,
    delta_set,
    in_turns,
    merged_manifest,
    parent_settings,
    require_base,
)
from assistant.finetuning.development import Development
from assistant.finetuning.encoding import Encoder, Example
from assistant.finetuning.finetune import Progress, report_of
from assistant.finetuning.passages import USUAL_SHOWN, Neighbours
from assistant.finetuning.pool import Prepared, prepare
from assistant.finetuning.publishing import (
    gold_hash,
    hash_of,
    make_manifest,
    pairs_hash,
    write_files,
)
from assistant.finetuning.records import (
    DeltaCounts,
    FinetuneReport,
    read_training_set,
    write_training_set,
)
from assistant.finetuning.rehearsal import rehearsal_pairs
from assistant.finetuning.trainer import Trainer
from assistant.models.adapters import AdapterManifest, AdapterVersions
from assistant.models.local import LocalModel
from assistant.schema import Chunk, Pair, Question


def finetune_delta(
    chunks: Sequence[Chunk],
    load: Callable[[], LocalModel],
    versions: AdapterVersions,
    parent: AdapterManifest,
    *,
    minutes: float,
    gold_questions: Sequence[Question] = (),
    user_pairs: Sequence[Pair] = (),
    index_version: str | None = None,
    corpus_hash: str = "",
    neighbours: Neighbours | None = None,
    passages: int = USUAL_SHOWN,
    learning_rate: float | None = None,
    rehearsal: float = REHEARSAL,
    seed: int = 0,
    exposures: int | None = None,
    precision: str = "auto",
    resume: bool = True,
    dry_run: bool = False,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> FinetuneReport:
    """Trains the parent adapter on what changed and publishes the result as a new version.

    Args:
        chunks: all chunks of the index as it is now.
        load: loads a fresh base model.
        versions: where parent and result live.
        parent: the adapter to go on from; it stays as it is.
        minutes: wall clock at most; little change takes less.
        gold_questions: kept out of training.
        user_pairs: the user's own examples.
        index_version: of the chunks.
        corpus_hash: of the documents.
        neighbours: retriever for distractors.
        passages: how many an answer is given.
        learning_rate: default by model size.
        rehearsal: old facts for each changed one, against forgetting.
        seed: of every choice.
        exposures: fixes the passes over each fact.
        precision: `auto`, `float32` or `bfloat16`.
        resume: go on from an interrupted training of the same material.
        dry_run: make the pairs and the plan, train nothing.
        progress: (stage, done, total).
        stop: asked after every step.

    Raises:
        UsageError: nothing changed, or nothing that could be asked.
        AdapterMismatch: the parent belongs to another base model.
        ModelError: the parent's files are damaged.
        Locked: another process is training.
    """
    started = time.monotonic()
    say = progress or (lambda _stage, _done, _total: None)
    touched = changed_documents(chunks, parent)
    folder = versions.path(parent.id)
    settings = parent_settings(folder, learning_rate)
    say("loading the model", 0, 1)
    local = load()
    require_base(parent, local.fingerprint)
    encoder = Encoder(local)
    say("finding what changed", 0, 1)
    collected = collect_pairs(
        touched,
        gold_questions=gold_questions,
        user_pairs=user_pairs,
        neighbours=neighbours,
        shown=passages,
        fits=encoder.fits,
        passage_rows=int(max(60.0, 80 * minutes)),
        seed=seed,
    )
    made = delta_set(
        collected, chunks, parent, read_training_set(folder), rehearsal=rehearsal, seed=seed
    )
    ids = {f.id for f in made.changed}
    evidence = [one for one in collected.evidence if one.fact.id in ids]
    prepared = _with_rehearsal(
        prepare(made.pairs, evidence, encoder, replay=rehearsal_pairs(encoder), seed=seed),
        made,
        encoder,
    )
    delta = DeltaCounts(
        parent.id,
        len(ids),
        sum(p.fact_id in ids and p.variant in CLOSED_BOOK for p in made.pairs),
        len(made.rehearsal),
    )
    pair_seconds = time.monotonic() - started
    trainer = Trainer(
        local,
        prepared.pool,
        prepared.order,
        Development(prepared.development, encoder),
        versions.root / "training",
        identity=hash_of(
            [local.fingerprint, parent.id, pairs_hash((*made.pairs, *made.rehearsal)),
             gold_hash(gold_questions), f"{seed}/{minutes}/{exposures}/{settings}"]
        ),
        settings=settings,
        seed=seed,
        precision=precision,
        start=folder,
    )  # fmt: skip
    seconds = max(1.0, minutes * 60 - pair_seconds)
    if dry_run:
        plan = trainer.estimate(seconds=seconds, exposures=exposures)
        return FinetuneReport(
            None, collected.funnel, len(ids), len(ids & set(plan.fact_ids)), plan.exposures,
            plan.steps, plan.seconds, pair_seconds, stopped="dry run",
            precision=trainer.precision, delta=delta,
        )  # fmt: skip

    def record(one: TrainingRecord) -> None:
        say(f"training, loss {one.loss:.2f}", one.step, one.steps)

    with versions.writing() as target:
        result = trainer.run(
            seconds=seconds, exposures=exposures, resume=resume, progress=record, stop=stop
        )
        report = replace(report_of(result, collected, pair_seconds), delta=delta)
        if result.stopped == "interrupted":
            return report
        say("saving the adapter", 0, 1)
        trained = frozenset(result.plan.fact_ids)
        fresh = make_manifest(
            local, result, trainer.settings, made.pairs, made.facts, gold_questions,
            chunk_ids=(), index_version=index_version, corpus_hash=corpus_hash,
        )  # fmt: skip
        manifest = merged_manifest(fresh, parent, made, trained, chunks)
        trainer.save_adapter(target)
        write_files(target, result, made.pairs, made.facts)
        taught = [p for p in made.pairs if not p.fact_id or p.fact_id in trained]
        union = {p.id: p for p in (*made.old_pairs, *taught)}
        write_training_set(target, union.values(), made.facts, made.kept | trained)
        versions.publish(target, manifest)
    remove_checkpoint(versions.root / "training")
    return replace(
        report,
        adapter=manifest.id,
        facts_total=manifest.facts_total,
        facts_trained=manifest.facts_trained,
        exposures=round(manifest.exposures),
    )


def _with_rehearsal(prepared: Prepared, made: DeltaSet, encoder: Encoder) -> Prepared:
    """Old facts beside the changed ones, in turns."""
    old: dict[str, list[Example]] = {}
    for pair in made.rehearsal:
        old.setdefault(pair.fact_id, []).extend(encoder.encode_all([pair]))
    old = {fact: rows for fact, rows in old.items() if rows}
    rehearsed = [fact for fact in made.rehearsed if fact in old]
    pool = replace(prepared.pool, facts={**prepared.pool.facts, **old})
    return replace(prepared, pool=pool, order=in_turns(prepared.order, rehearsed))
