"""From a question set to a run folder."""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import IntegrityError, UsageError
from assistant.journeys.forgetting import measure_once
from assistant.journeys.questions import read_questions
from assistant.journeys.staleness import look
from assistant.journeys.training import user_pairs
from assistant.journeys.verdict import run_path
from assistant.parts import Parts, coverage
from assistant.schema import Approach, Question

if TYPE_CHECKING:
    from assistant.answering.pipeline import Pipeline
    from assistant.evaluation.header import RunHeader
    from assistant.evaluation.runs import RunFolder

Progress = Callable[[str, float, float], None]
"""(stage, done, total)."""
EXAMPLES = 8
"""User pairs offered to few-shot prompts; a template shows as many as it names."""
USUAL = ("prompt", "rag", "finetuned", "hybrid", "oracle")


def score_corpus(
    parts: Parts,
    *,
    file: Path | None = None,
    approaches: str = "",
    candidates: Sequence[str] = (),
    sample: int | None = None,
    resume: str = "",
    timing_questions: int = 10,
    tune_prompts: bool = False,
    progress: Progress | None = None,
) -> "RunFolder":
    """Score a question set into a run folder.

    Args:
        parts: where.
        file: questions; None for the corpus's own.
        approaches: comma-separated; empty for every one that can run, with oracle.
        candidates: models to score `prompt` and `rag` on beside the base model.
        sample: at most this many questions, stratified.
        resume: run id to go on with.
        timing_questions: size of the isolated timing pass; 0 for none.
        tune_prompts: try every prompt style on the corpus's development questions first, for every
            approach alike, and keep the best of each.
        progress: (stage, done, total).

    Raises:
        IntegrityError: the adapter is not what it says (self-test).
        RunError: resuming under other ids.
    """
    from assistant.evaluation.changes import RunStaleness, save_staleness
    from assistant.evaluation.runner import run
    from assistant.evaluation.runs import RunFolder

    questions, chosen, models = _choose(parts, file, approaches, candidates, sample)
    self_test(parts, chosen)
    examples = user_pairs(parts)[:EXAMPLES] if tune_prompts else ()
    pipeline = parts.pipeline(examples=examples, candidates=models)
    with parts.need_retriever().pinned() as index:
        pipeline.retriever = index
        tried = ""
        if tune_prompts:
            if progress:
                progress("prompt styles", 0, 1)
            chosen, tried = _tuned(parts, pipeline, chosen)
        prompts = {a.name: pipeline.template_for(a).hash for a in chosen}
        header = _header(parts, chosen, questions, file, index.version, prompts, timing_questions)
        if tried:
            header = replace(header, notes=(*header.notes, tried))
        stale = look(parts, questions, index, progress)
        if resume:
            folder = RunFolder.resume(run_path(parts, resume), header)
        else:
            folder = RunFolder.create(parts.runs_root / header.id, header, questions)
        save_staleness(folder.path, RunStaleness(stale.reviews, stale.before))
        trained = next((a for a in chosen if a.adapter), None)
        if trained is not None:
            if progress:
                progress("what training cost", 0, 1)
            measure_once(parts, pipeline, trained)
        return run(
            folder,
            pipeline,
            on_progress=(lambda p: progress(p.stage, p.done, p.total)) if progress else None,
        )


def plan_score(
    parts: Parts,
    file: Path | None,
    approaches: str,
    candidates: Sequence[str],
    sample: int | None,
) -> list[str]:
    """What `score_corpus` would ask, in lines, asking nothing."""
    questions, chosen, _ = _choose(parts, file, approaches, candidates, sample)
    kinds = Counter(q.kind or "no kind" for q in questions)
    unanswerable = sum(not q.answerable for q in questions)
    return [
        f"{len(questions)} questions ({', '.join(f'{n} {k}' for k, n in kinds.most_common())})",
        f"{unanswerable} of them unanswerable",
        f"{len(chosen)} approaches: {', '.join(a.name for a in chosen)}",
        f"{len(questions) * len(chosen)} answers, model {parts.settings.model.base}",
    ]


def _choose(
    parts: Parts,
    file: Path | None,
    approaches: str,
    candidates: Sequence[str],
    sample: int | None,
) -> tuple[Sequence[Question], list[Approach], tuple[str, ...]]:
    from assistant.answering.approaches import candidate, choose
    from assistant.evaluation.sampling import stratified_sample

    questions: Sequence[Question] = read_questions(parts, file)
    if sample is not None:
        questions = stratified_sample(questions, sample, seed=parts.settings.finetune.seed)
    available = parts.approaches()
    if approaches:
        chosen = choose(available, approaches)
    else:
        chosen = [available[name] for name in USUAL if name in available]
    models = tuple(dict.fromkeys([*parts.settings.model.candidates, *candidates]))
    chosen += [candidate(name, model) for model in models for name in ("prompt", "rag")]
    return questions, chosen, models


def _tuned(
    parts: Parts, pipeline: "Pipeline", approaches: Sequence[Approach]
) -> tuple[list[Approach], str]:
    """Each approach with its best prompt style, and what was tried in words.

    Raises:
        UsageError: the corpus has no development questions.
    """
    from assistant.answering.variants import choose_variant
    from assistant.documents.questions import load_questions

    file = parts.corpus.dev_file()
    if file is None:
        raise UsageError(
            f"corpus {parts.corpus_name} has no development questions to try prompts on",
            "put some into questions/dev.jsonl; they are never scored",
        )
    made = choose_variant(pipeline, load_questions(file), approaches)
    styles = ", ".join(f"{a.name} {a.prompt}" for a in made.approaches)
    effort = f"{made.generations} answers on {made.questions} development questions"
    return list(made.approaches), f"prompt styles chosen with {effort}: {styles}"


def self_test(parts: Parts, approaches: Sequence[Approach]) -> str:
    """Prove that adapter-off is the base and adapter-on is not, before anything is compared.

    Raises:
        IntegrityError: it is not so.
    """
    from assistant.models.engine import Engine

    adapters = sorted({a.adapter for a in approaches if a.adapter})
    engine = parts.generator()
    if not adapters or not isinstance(engine, Engine):
        return ""
    details = []
    for adapter in adapters:
        result = engine.self_test(adapter)
        if not result.ok:
            raise IntegrityError(
                f"self-test of adapter {adapter} failed: {result.detail}",
                "assistant doctor --deep; if it fails again, train a new adapter",
            )
        details.append(result.detail)
    return "; ".join(details)


def _header(
    parts: Parts,
    approaches: Sequence[Approach],
    questions: Sequence[Question],
    file: Path | None,
    index: str,
    prompts: Mapping[str, str],
    timing_questions: int,
) -> "RunHeader":
    from assistant.evaluation.codec import questions_hash
    from assistant.evaluation.header import RunHeader, installed_packages, this_machine

    manifest = parts.index_versions.manifest(index)
    generator = parts.generator()
    adapter = parts.adapter()
    used = sorted({a.adapter for a in approaches if a.adapter})
    behind = parts.behind(adapter)[0] if adapter and used else ""
    notes = [f"the adapter is {behind} the index"] if behind else []
    models = sorted({a.model for a in approaches if a.model})
    now = datetime.now(UTC)
    return RunHeader(
        id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
        created=now.isoformat(timespec="seconds"),
        approaches=tuple(approaches),
        questions_sha256=questions_hash(questions),
        question_file=file.name if file else ", ".join(
            p.name for p in parts.corpus.question_files()
        ),
        authored_by="shipped with the sample corpus" if parts.corpus.sample else "",
        corpus_name=parts.corpus_name,
        corpus=manifest.corpus_hash,
        documents=manifest.documents,
        unreadable=tuple(f"{s.path}: {s.reason}" for s in parts.skipped()),
        index=index,
        embedder=manifest.fingerprint,
        model=generator.model,
        model_fingerprint=generator.fingerprint,
        candidates={name: parts.generator(name).fingerprint for name in models},
        dtype=generator.dtype,
        adapters=tuple(used),
        fact_coverage=coverage(adapter) if adapter and used else "",
        behind=behind,
        prompt_hashes=prompts,
        passages=parts.passages,
        max_new_tokens=parts.settings.model.max_new_tokens,
        timing_questions=timing_questions,
        packages=installed_packages(),
        machine=this_machine(),
        notes=tuple(notes),
    )  # fmt: skip
