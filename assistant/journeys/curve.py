"""Would more data or more training time pay? Seven short measurements, resumable point by point."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from assistant.errors import UsageError
from assistant.journeys.curve_questions import curve_questions
from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.evaluation.kept_answers import KeptQuestion
    from assistant.evaluation.learning_curve import Curve, CurvePoint, Point
    from assistant.finetuning.curve import Trained
    from assistant.finetuning.encoding import Example
    from assistant.finetuning.plan import Pool
    from assistant.finetuning.pool import Prepared
    from assistant.models.local import LocalModel
    from assistant.schema import Chunk, Pair

Progress = Callable[[str, float, float], None]
FEWEST = 8
"""Facts in reach: with fewer a quarter of them is no point."""
ROOM = 0.75
"""Part of a point's time that is planned with; the rest is for scoring and a busy machine."""


def curve_folder(parts: Parts) -> Path:
    """`indexes/<corpus>/curve`."""
    return parts.corpus.root / "curve"


def curve_of(parts: Parts) -> "Curve | None":
    """The newest finished curve of this corpus. Loads no model."""
    from assistant.evaluation.learning_curve import load_curve

    return load_curve(curve_folder(parts))


def curve_answers_of(parts: Parts, curve: "Curve | None") -> "tuple[KeptQuestion, ...]":
    """What every point of a curve was asked and said; empty where that was not kept."""
    from assistant.evaluation.curve_answers import load_curve_answers

    return load_curve_answers(curve_folder(parts), curve) if curve else ()


def curve_command(parts: Parts, curve: "Curve") -> str:
    """Measures a curve again."""
    return f"assistant finetune --curve --minutes {curve.minutes:g} --corpus {parts.corpus_name}"


def measure_curve(
    parts: Parts, *, minutes: float, seed: int = 0, progress: Progress | None = None
) -> "Curve":
    """Train and score every point within the minutes; the adapter in use is not touched.

    The time is split so that every fact is met equally often at every point: the largest point
    gets 1 part, the others by their number of facts (0.25, 0.5 and three times 0.5).

    Raises:
        UsageError: no question that could be scored, or too little time for any fact.
        Locked: another process measures this curve.
    """
    from assistant.models.local import load_local
    from assistant.retrieval.locks import writer_lock

    started, say = monotonic(), progress or (lambda _stage, _done, _total: None)
    with writer_lock(curve_folder(parts)), parts.need_retriever().pinned() as index:
        say("loading the model", 0, 1)
        local = load_local(parts.settings.model.base, device=parts.settings.model.device)
        work = _Work(parts, local, list(index.all_chunks()), minutes, seed)
        return work.run(started, say)


class _Work:
    """Material of one curve: pairs, questions, and the folder its points go to."""

    def __init__(
        self,
        parts: Parts,
        local: "LocalModel",
        chunks: "Sequence[Chunk]",
        minutes: float,
        seed: int,
    ) -> None:
        from assistant.evaluation.curve_answers import rows_of
        from assistant.finetuning.collect import collect_pairs
        from assistant.finetuning.curve import closed_book, question_pairs
        from assistant.finetuning.encoding import Encoder
        from assistant.finetuning.pool import prepare
        from assistant.finetuning.publishing import hash_of, pairs_hash
        from assistant.finetuning.rehearsal import rehearsal_pairs
        from assistant.scoring.clusters import make_clusters

        self.parts, self.local, self.minutes, self.seed = parts, local, minutes, seed
        self.questions, self.source, guarded = curve_questions(parts, seed)
        encoder = Encoder(local)
        found = collect_pairs(chunks, gold_questions=guarded, passage_rows=0, seed=seed)
        self.prepared: Prepared = prepare(
            found.pairs, found.evidence, encoder, replay=rehearsal_pairs(encoder), seed=seed
        )
        self.pairs: dict[str, Pair] = {pair.id: pair for pair in found.pairs}
        self.pool: Pool = closed_book(self.prepared)
        self.clusters = make_clusters(self.questions).cluster_of
        held = self.prepared.development
        pairs = question_pairs(
            [
                *((q.question, (q.references or q.must)[0]) for q in self.questions),
                *((p.question, p.answer) for p in held),
            ]
        )
        self.asked: list[Example] = [encoder.encode(pair) for pair in pairs]
        self.rows = rows_of(self.questions, held, [encoder.messages(pair) for pair in pairs])
        self.identity = hash_of(
            [local.fingerprint, pairs_hash(found.pairs), f"{seed}/{minutes}",
             *(q.id + q.question for q in self.questions)]
        )  # fmt: skip
        self.folder = curve_folder(parts) / self.identity

    def run(self, started: float, say: Progress) -> "Curve":
        """All points that are missing, then the curve."""
        from assistant.evaluation.curve_answers import save_asked
        from assistant.evaluation.learning_curve import Curve, points_of, save_curve
        from assistant.finetuning.precision import use_attention

        save_asked(self.folder, self.rows)
        say("asking the untrained model", 0, 1)
        began = monotonic()
        base = self._kept("base") or self._base()
        plan = self._plan(self.minutes * 60 - (monotonic() - started), monotonic() - began)
        use_attention(self.local.model, str(plan["attention"]))
        todo = points_of(int(plan["reach"]))
        done = [base]
        for number, point in enumerate(todo):
            say(f"training {point.facts} facts, {point.name}", number, len(todo))
            done.append(self._kept(point.name) or self._train(point, plan))
        say("done", len(todo), len(todo))
        curve = Curve(
            identity=self.identity,
            base_model=self.local.name,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            minutes=self.minutes,
            facts_total=len(self.pool.facts),
            facts_in_reach=int(plan["reach"]),
            questions=len(self.questions),
            question_source=self.source,
            clusters=dict(self.clusters),
            fact_clusters={p.id: p.document_id for p in self.prepared.development},
            points=tuple(done),
        )
        save_curve(curve, curve_folder(self.parts))
        return curve

    def _kept(self, name: str) -> "CurvePoint | None":
        """A point measured before, together with its answers."""
        from assistant.evaluation.curve_answers import has_answers
        from assistant.evaluation.learning_curve import CurvePoint, read_json

        try:
            point = CurvePoint(**read_json(self.folder / f"{name}.json"))
        except TypeError:
            return None
        return point if has_answers(self.folder, point) else None

    def _base(self) -> "CurvePoint":
        from assistant.evaluation.learning_curve import BASE
        from assistant.finetuning.curve import Trained
        from assistant.finetuning.development import answer_rows

        answers = tuple(answer_rows(self.local.model, self.local, self.asked))
        return self._keep("base", BASE, 0.0, Trained((), frozenset(), 0.0, 0, 0.0, answers), 0)

    def _plan(self, seconds: float, scoring: float) -> dict[str, Any]:
        """How many facts the largest point has time for; decided once, kept for a resumed run."""
        from assistant.evaluation.learning_curve import points_of, read_json, write_json
        from assistant.finetuning.curve import release
        from assistant.finetuning.development import Development
        from assistant.finetuning.encoding import Encoder
        from assistant.finetuning.plan import MIN_EXPOSURES
        from assistant.finetuning.trainer import Trainer

        kept = read_json(self.folder / "plan.json")
        if "reach" in kept:
            return kept
        costs = sum(point.cost for point in points_of(FEWEST))
        unit = max(1.0, (seconds - scoring * (1 + len(points_of(FEWEST)))) / costs)
        trainer = Trainer(
            self.local, self.pool, self.prepared.order, Development((), Encoder(self.local)),
            self.folder / "training", seed=self.seed,
        )  # fmt: skip
        try:
            plan = trainer.estimate(seconds=max(1.0, ROOM * unit), exposures=MIN_EXPOSURES)
        finally:
            release(trainer)
        reach = len(plan.fact_ids)
        if reach < FEWEST:
            needed = self.minutes * FEWEST / max(1, reach)
            raise UsageError(
                f"{self.minutes:g} minutes are enough to train {reach} facts, "
                f"expected at least {FEWEST} (of {len(self.pool.facts):,})",
                f"assistant finetune --curve --minutes {max(needed, 2 * self.minutes):.0f}",
            )
        made = {
            "reach": reach,
            "unit_seconds": unit,
            "exposures": MIN_EXPOSURES,
            "precision": trainer.precision,
            "attention": trainer.attention,
        }
        write_json(self.folder / "plan.json", made)
        return made

    def _train(self, point: "Point", plan: dict[str, Any]) -> "CurvePoint":
        from assistant.finetuning.checkpoint import remove_checkpoint
        from assistant.finetuning.curve import Settings, nested, train_point

        settings = Settings(
            int(plan["exposures"]), str(plan["precision"]), str(plan["attention"]), self.seed
        )
        order, folder = self.prepared.order, self.folder / f"training-{point.name}"
        trained = train_point(
            self.local,
            nested(self.pool, order, point.facts, point.wordings),
            order,
            self.asked,
            settings,
            seconds=max(1.0, float(plan["unit_seconds"]) * point.cost / ROOM),
            folder=folder,
            identity=f"{self.identity}/{point.name}",
        )
        kept = self._keep(point.name, point.sweep, point.setting, trained, settings.exposures)
        remove_checkpoint(folder)
        return kept

    def _keep(
        self, name: str, sweep: str, setting: float, trained: "Trained", planned: int
    ) -> "CurvePoint":
        """Scores the answers and writes them down, then the point that counts them."""
        from assistant.evaluation.curve_answers import (
            ASKED,
            HELD_OUT,
            judge_answers,
            save_point_answers,
        )
        from assistant.evaluation.learning_curve import CurvePoint, write_json
        from assistant.evaluation.strata import Stratum, map_strata

        pairs = [self.pairs[i] for i in sorted(trained.pair_ids) if i in self.pairs]
        strata = map_strata(self.questions, pairs) if pairs else {}
        covered = {q for q, s in strata.items() if s is not Stratum.NOT_TRAINED}
        answers = judge_answers(self.rows, trained.answers, covered)
        right, held_out = (
            {
                row.question.id: answer.correct
                for row, answer in zip(self.rows, answers, strict=True)
                if row.part == part
            }
            for part in (ASKED, HELD_OUT)
        )
        point = CurvePoint(
            sweep=sweep,
            setting=setting,
            facts=len(trained.fact_ids),
            wordings=round(trained.wordings, 2),
            exposures=trained.exposures,
            planned_exposures=planned,
            seconds=round(trained.seconds, 1),
            right=right,
            held_out=held_out,
            covered=len(covered),
        )
        save_point_answers(self.folder, name, answers)
        write_json(self.folder / f"{name}.json", asdict(point))
        return point
