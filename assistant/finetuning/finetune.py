"""The journey: chunks -> facts -> pairs -> filters -> LoRA -> a published adapter version."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.errors import CorpusError
from assistant.finetuning.asked import ASKED_FILE
from assistant.finetuning.checkpoint import remove_checkpoint
from assistant.finetuning.collect import PairSet, collect_pairs
from assistant.finetuning.course import LoraSettings, TrainingRecord, TrainingResult
from assistant.finetuning.development import Development
from assistant.finetuning.encoding import Encoder
from assistant.finetuning.passages import USUAL_SHOWN, Neighbours
from assistant.finetuning.pool import prepare
from assistant.finetuning.publishing import (
    gold_hash,
    hash_of,
    make_manifest,
    pairs_hash,
    write_files,
)
from assistant.finetuning.records import FinetuneReport
from assistant.finetuning.rehearsal import rehearsal_pairs
from assistant.finetuning.trainer import Trainer
from assistant.models.adapters import AdapterVersions
from assistant.models.local import LocalModel
from assistant.schema import Chunk, Generator, Pair, Question

ASK_SHARE = 0.2
"""Part of the time in which the model writes questions, where that is wanted.

It is not the default. With the embedded model and 2.5 minutes of processor time on ten of the
sample's documents (285 facts; 112 held-out questions closed book, two trainings each) 15 of 224
answers were right with asked pairs and 16 without: -0.4 points (95 % interval -4.4 to 3.5 over
documents). 36 of 169 written questions were kept, and there was time for 71 and 106 facts instead
of 149 and 121.
"""
Progress = Callable[[str, float, float], None]
"""(what, done, total) of the stage in hand."""


def finetune(
    chunks: Sequence[Chunk],
    load: Callable[[], LocalModel],
    versions: AdapterVersions,
    *,
    minutes: float,
    gold_questions: Sequence[Question] = (),
    user_pairs: Sequence[Pair] = (),
    generator: Generator | None = None,
    index_version: str | None = None,
    corpus_hash: str = "",
    neighbours: Neighbours | None = None,
    passages: int = USUAL_SHOWN,
    style: str = "zero-shot",
    settings: LoraSettings | None = None,
    seed: int = 0,
    exposures: int | None = None,
    variants: int | None = None,
    fact_share: float = 1.0,
    precision: str = "auto",
    resume: bool = True,
    dry_run: bool = False,
    progress: Progress | None = None,
    on_record: Callable[[TrainingRecord], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> FinetuneReport:
    """Trains an adapter on the documents within a time budget and makes it the current version.

    Args:
        chunks: all chunks of the index.
        load: loads a fresh base model; it is changed by training, so it must not be shared.
        versions: where the adapter goes; locked while training.
        minutes: wall clock for pairs, training and scoring together.
        gold_questions: kept out of training.
        user_pairs: the user's own examples.
        generator: usually the base model's engine; writes further questions in a fifth of the
            time and finds out what the base knows already. None: questions by rules alone. What
            it says is kept beside the adapters, so a training that goes on, and the next one of the
            same documents, ask only for what is new.
        index_version: id of the index the chunks came from, for the manifest.
        corpus_hash: of the document snapshot, for the manifest.
        neighbours: retriever for distractors.
        passages: how many an answer is given; rows with passages have about as many.
        style: prompt template the answers will use.
        settings: LoRA rank, alpha, learning rate.
        seed: same seed, plan and machine type give the same adapter.
        exposures: fixes the passes over each fact.
        variants: wordings a fact at most.
        fact_share: part of the facts to use, 0..1.
        precision: `auto`, `float32` or `bfloat16`.
        resume: go on from an interrupted training of the same material.
        dry_run: make the pairs and the plan, train nothing (the model is loaded to measure speed).
        progress: (stage, done, total).
        on_record: every training record (step, loss, development score, time left).
        stop: asked after every step; true saves and returns a report without an adapter.

    Raises:
        CorpusError: no chunk, or nothing in the chunks that could be asked.
        ModelError: the base model cannot be trained.
        Locked: another process is training.
    """
    started = time.monotonic()
    if not chunks:
        raise CorpusError("there are no chunks to learn from", "assistant reindex")
    say = progress or (lambda _stage, _done, _total: None)
    say("loading the model", 0, 1)
    local = load()
    encoder = Encoder(local, style=style)
    say("making pairs", 0, 1)
    collected = collect_pairs(
        chunks,
        gold_questions=gold_questions,
        user_pairs=user_pairs,
        generator=generator,
        ask_seconds=ASK_SHARE * minutes * 60,
        asked_file=versions.root / ASKED_FILE,
        neighbours=neighbours,
        shown=passages,
        fits=encoder.fits,
        passage_rows=int(max(60.0, 80 * minutes)),
        seed=seed,
        progress=lambda done, total: say("asking about facts", done, total),
    )
    prepared = prepare(
        collected.pairs,
        collected.evidence,
        encoder,
        replay=rehearsal_pairs(encoder),
        variants=variants,
        fact_share=fact_share,
        seed=seed,
    )
    if not prepared.pool.facts and not prepared.pool.user:
        raise CorpusError(
            f"no fact could be turned into a question ({len(chunks):,} chunks read)",
            "assistant search WORDS   (to see what the documents' text looks like)",
        )
    pair_seconds = time.monotonic() - started
    identity = hash_of(
        [
            local.fingerprint,
            pairs_hash(collected.pairs),
            gold_hash(gold_questions),
            str(seed),
            f"{minutes}/{exposures}/{variants}/{fact_share}/{style}/{settings}",
        ]
    )
    trainer = Trainer(
        local,
        prepared.pool,
        prepared.order,
        Development(prepared.development, encoder),
        versions.root / "training",
        identity=identity,
        settings=settings,
        seed=seed,
        precision=precision,
    )
    seconds = max(1.0, minutes * 60 - pair_seconds)
    if dry_run:
        plan = trainer.estimate(seconds=seconds, exposures=exposures)
        return FinetuneReport(
            None,
            collected.funnel,
            plan.facts_total,
            len(plan.fact_ids),
            plan.exposures,
            plan.steps,
            plan.seconds,
            pair_seconds,
            stopped="dry run",
            precision=trainer.precision,
        )

    def record(one: TrainingRecord) -> None:
        say(f"training, loss {one.loss:.2f}", one.step, one.steps)
        if on_record is not None:
            on_record(one)

    with versions.writing() as folder:
        result = trainer.run(
            seconds=seconds, exposures=exposures, resume=resume, progress=record, stop=stop
        )
        report = report_of(result, collected, pair_seconds)
        if result.stopped == "interrupted":
            return report
        say("saving the adapter", 0, 1)
        facts = [one.fact for one in collected.evidence]
        manifest = make_manifest(
            local,
            result,
            trainer.settings,
            collected.pairs,
            facts,
            gold_questions,
            chunk_ids=(chunk.id for chunk in chunks),
            index_version=index_version,
            corpus_hash=corpus_hash,
        )
        trainer.save_adapter(folder)
        write_files(folder, result, collected.pairs, facts)
        versions.publish(folder, manifest)
    remove_checkpoint(versions.root / "training")
    return replace(report, adapter=manifest.id)


def report_of(result: TrainingResult, collected: PairSet, pair_seconds: float) -> FinetuneReport:
    """The outcome of a training, before its adapter has a name."""
    losses = [loss for _, loss in result.losses]
    return FinetuneReport(
        adapter=None,
        funnel=collected.funnel,
        facts_total=result.plan.facts_total,
        facts_trained=len(result.plan.fact_ids),
        exposures=result.exposures,
        steps=result.steps,
        seconds=result.seconds,
        pair_seconds=pair_seconds,
        loss_first=losses[0] if losses else None,
        loss_last=losses[-1] if losses else None,
        dev_n=result.before.n if result.before else 0,
        dev_before=result.before.f1 if result.before else None,
        dev_after=result.after.f1 if result.after else None,
        dev_exact=result.after.exact if result.after else None,
        stopped=result.stopped,
        precision=result.precision,
    )
