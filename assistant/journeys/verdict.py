"""Reading runs: summary and verdict. Nothing here loads a model."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, RunError
from assistant.journeys.curve import curve_answers_of, curve_command, curve_of
from assistant.journeys.forgetting import Forgetting, forgetting_of
from assistant.overview import RunInfo
from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.decision.choice import Evidence
    from assistant.decision.records import Recommendation
    from assistant.decision.report import Report
    from assistant.evaluation.compare import RunComparison
    from assistant.evaluation.contrasts import Outcomes
    from assistant.evaluation.header import RunHeader
    from assistant.evaluation.kept_answers import KeptQuestion
    from assistant.evaluation.learning_curve import Curve
    from assistant.evaluation.records import RunSummary
    from assistant.evaluation.runs import RunFolder
    from assistant.evaluation.scored import ScoredAnswer
    from assistant.evaluation.strata import Stratum
    from assistant.schema import Question
    from assistant.scoring.clusters import Clusters


def run_infos(parts: Parts) -> tuple[RunInfo, ...]:
    """Every readable run, newest first."""
    from assistant.evaluation.runs import list_runs

    return tuple(
        RunInfo(
            id=run.header.id,
            created=run.header.created,
            questions=len(run.questions),
            approaches=tuple(a.name for a in run.header.approaches),
            finished=run.finished,
        )
        for run in sorted(list_runs(parts.runs_root), key=lambda r: r.header.id, reverse=True)
    )


def run_path(parts: Parts, run_id: str = "") -> Path:
    """The folder of a run by id or unique beginning; the newest when none is named.

    Raises:
        RunError: there is none, or several begin like that.
    """
    root = parts.runs_root
    names = sorted(p.parent.name for p in root.glob("*/header.json"))
    if not run_id:
        if not names:
            raise RunError(
                f"corpus {parts.corpus_name} has no runs yet",
                f"assistant score --corpus {parts.corpus_name}",
            )
        return root / names[-1]
    fitting = [n for n in names if n == run_id] or [n for n in names if n.startswith(run_id)]
    if len(fitting) != 1:
        raise RunError(
            f"{len(fitting) or 'no'} runs are called {run_id!r}; there are: "
            + (", ".join(names[-10:]) or "none"),
            "assistant score",
        )
    return root / fitting[0]


def summarise_run(parts: Parts, run_id: str = "") -> "RunSummary":
    """A run in numbers, with what the adapter was trained on taken into account."""
    return _gather(parts, run_id).evidence.summary


def recommend_run(parts: Parts, run_id: str = "") -> "Recommendation":
    """The verdict of a run: gates, reasons, certainty."""
    found = _gather(parts, run_id)
    return _decide(parts, found, _beside(parts, found))


def report_run(parts: Parts, run_id: str = "") -> "Report":
    """Everything the faces of a report draw."""
    from assistant.decision.behind import Known
    from assistant.decision.report import make_report
    from assistant.evaluation.refusal_error import refusal_error
    from assistant.evaluation.rule_error import rule_error

    found = _gather(parts, run_id)
    beside = _beside(parts, found)
    cost, curve = beside.forgetting, beside.curve
    return make_report(
        found.evidence.summary,
        _decide(parts, found, beside),
        found.scored,
        prices=parts.prices(),
        rule_error=f"{rule_error()}; {refusal_error()}",
        known=Known(
            questions=found.run.questions,
            strata=found.strata or {},
            stale=_stale(parts, found),
            before=found.before,
            timings=tuple(found.run.timings()),
            forgetting=cost.answers if cost else (),
            curve=beside.curve_answers,
        ),
        curve=curve,
        curve_command=curve_command(parts, curve) if curve else "",
    )


def forgetting_answers(parts: Parts, run_id: str) -> "tuple[KeptQuestion, ...]":
    """Every question of the forgetting check of a run's adapter; empty: not measured or kept."""
    from assistant.evaluation.runs import RunFolder

    adapters = RunFolder.open(run_path(parts, run_id)).header.adapters
    found = forgetting_of(parts, adapters[0]) if adapters else None
    return found.answers if found else ()


def scored_headline(
    parts: Parts, run_id: str
) -> "tuple[RunHeader, list[Question], Outcomes, Clusters]":
    """A run's header, the questions it compares on, each approach's outcomes, and clusters."""
    found = _gather(parts, run_id)
    evidence, asked = found.evidence, {row.question.id: row.question for row in found.scored}
    questions = [asked[i] for i in evidence.summary.headline_ids]
    return found.run.header, questions, evidence.outcomes, evidence.clusters


def compare_run_ids(
    parts: Parts, first: str, second: str, *, partial: bool = False
) -> "RunComparison":
    """Two runs on the questions that are the same in both.

    Raises:
        RunError: a run that does not exist, or no common question.
    """
    from assistant.evaluation.compare import compare_runs
    from assistant.evaluation.runs import RunFolder

    return compare_runs(
        RunFolder.open(run_path(parts, first)),
        RunFolder.open(run_path(parts, second)),
        margin=parts.situation().difference,
        partial=partial,
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    evidence: "Evidence"
    scored: "list[ScoredAnswer]"
    strata: "dict[str, Stratum] | None"
    run: "RunFolder"
    before: "Mapping[str, Question]"
    """Changed questions with their old key."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What was measured beside the run, read once."""

    forgetting: Forgetting | None
    curve: "Curve | None"
    curve_answers: "tuple[KeptQuestion, ...]"


def _beside(parts: Parts, found: _Gathered) -> _Beside:
    adapters = found.evidence.summary.header.adapters
    curve = curve_of(parts)
    return _Beside(
        forgetting_of(parts, adapters[0]) if adapters else None,
        curve,
        curve_answers_of(parts, curve),
    )


def _decide(parts: Parts, found: _Gathered, beside: _Beside) -> "Recommendation":
    from assistant.decision.curve_words import curve_advice
    from assistant.decision.recommend import recommend
    from assistant.evaluation.trainings import trainings_beside
    from assistant.journeys.effort import effort_of

    evidence = found.evidence
    curve, cost = beside.curve, beside.forgetting
    kept = bool(beside.curve_answers)
    return recommend(
        evidence,
        parts.situation(),
        prices=parts.prices(),
        forgetting=cost.words if cost else "",
        forgot=cost.forgot if cost else None,
        training_minutes=parts.settings.finetune.minutes,
        effort=effort_of(parts, evidence.summary.header),
        curve=curve_advice(curve, kept=kept) if curve else (),
        trainings=trainings_beside(
            found.run, found.scored, parts.runs_root, evidence.summary.headline_ids
        ),
    )


def _gather(parts: Parts, run_id: str) -> _Gathered:
    from assistant.decision.recommend import gather
    from assistant.evaluation.changes import read_staleness
    from assistant.evaluation.grades import GradeBook
    from assistant.evaluation.reviews import read_decisions
    from assistant.evaluation.runs import RunFolder
    from assistant.evaluation.scored import score_run
    from assistant.evaluation.staleness import reviewed_run, stale_shares, tellings
    from assistant.evaluation.summary import summarise

    run = RunFolder.open(run_path(parts, run_id))
    reviewed = reviewed_run(
        run.questions, read_staleness(run.path), read_decisions(parts.decisions_file)
    )
    run = run.with_questions(reviewed.questions)
    book = GradeBook.around(run.path)
    scored = score_run(run, book)
    strata = _strata(parts, run)
    summary = summarise(
        run,
        margin=parts.situation().difference,
        strata=strata,
        needs_review=[r.question_id for r in reviewed.summary.waiting],
        dropped=reviewed.dropped,
        staleness=replace(
            reviewed.summary,
            shares=stale_shares(
                tellings(reviewed.before, run.questions, (r.answer for r in scored))
            ),
            behind=run.header.behind,
        ),
        book=book,
        scored=scored,
    )
    return _Gathered(gather(summary, run.questions, scored), scored, strata, run, reviewed.before)


def _stale(parts: Parts, found: _Gathered) -> set[str]:
    """Questions about documents that changed since the run's adapter was trained."""
    from contextlib import closing

    from assistant.retrieval.document_store import DocumentStore
    from assistant.retrieval.versions import STORE
    from assistant.schema import split_source

    header = found.evidence.summary.header
    version = parts.index_versions.current()
    if not header.adapters or version is None:
        return set()
    try:
        seen = set(parts.adapters.manifest(header.adapters[0]).chunk_ids)
    except AssistantError:
        return set()
    if not seen:  # an adapter from elsewhere does not say what it was made from
        return set()
    with closing(DocumentStore(parts.index_versions.path(version) / STORE)) as store:
        changed = {chunk.document_id for chunk in store.all_chunks() if chunk.id not in seen}
    return {
        row.question.id for row in found.scored
        if changed & {split_source(source)[0] for source in row.question.sources}
    }  # fmt: skip


def _strata(parts: Parts, run: "RunFolder") -> "dict[str, Stratum] | None":
    from assistant.evaluation.codec import questions_hash
    from assistant.evaluation.strata import keep_strata, map_strata, read_strata
    from assistant.finetuning.records import read_training_set

    if not run.header.adapters:
        return None
    adapter = run.header.adapters[0]
    asked = questions_hash(run.questions)
    kept = read_strata(run.path, adapter, asked)
    if kept is not None:
        return kept
    try:
        folder = parts.adapters.path(adapter)
    except AssistantError:  # the adapter was deleted since; its pairs went with it
        return None
    found = dict(map_strata(run.questions, read_training_set(folder).pairs))
    keep_strata(run.path, adapter, asked, found)
    return found
