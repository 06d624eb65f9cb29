"""Facts, pairs and filters: everything before training."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.finetuning.asking import Asked, ask_model
from assistant.finetuning.evidence import Evidence
from assistant.finetuning.facts import find_evidence
from assistant.finetuning.filters import ALREADY_KNOWN, Filtered, filter_pairs
from assistant.finetuning.passages import USUAL_SHOWN, Neighbours, passage_pairs
from assistant.finetuning.plan import stratified
from assistant.finetuning.records import Funnel
from assistant.finetuning.refusals import refusal_pairs
from assistant.finetuning.spans import propose_spans
from assistant.finetuning.synthesis import QUESTION, make_pairs
from assistant.schema import Chunk, Generator, Pair, Question


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs ready for training and how they came about."""

    evidence: tuple[Evidence, ...]
    """Facts, those proposed for the model only where its question was kept."""
    pairs: tuple[Pair, ...]
    funnel: Funnel


def collect_pairs(
    chunks: Sequence[Chunk],
    *,
    gold_questions: Sequence[Question] = (),
    user_pairs: Sequence[Pair] = (),
    generator: Generator | None = None,
    ask_seconds: float = 0.0,
    asked_file: Path | None = None,
    neighbours: Neighbours | None = None,
    fits: Callable[[Pair], bool] | None = None,
    passage_rows: int = 2000,
    shown: int = USUAL_SHOWN,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> PairSet:
    """Facts, pairs and filters without training.

    Args:
        chunks: of the whole index.
        gold_questions: pairs close to one of these are dropped.
        user_pairs: joined as they are (variant `user`), but for closeness to gold questions.
        generator: writes further questions and checks what the base knows; None: rules alone.
        ask_seconds: time for the generator.
        asked_file: where what it says is kept, so that nothing is asked twice.
        neighbours: (question, n) -> nearest chunks, for distractors; default is keyword overlap.
        fits: whether a row with passages fits the model.
        passage_rows: rows with passages to make, at most.
        shown: passages that an answer is given.
        seed: of every choice.
        progress: (facts asked about, facts to ask about).

    Raises:
        ModelError: the generator does not answer at all.
    """
    evidence = find_evidence(chunks)
    made = [*make_pairs(evidence), *user_pairs]
    filtered = filter_pairs(made, [one.fact for one in evidence], chunks, gold_questions)
    asked = Asked((), 0, 0, {}, frozenset())
    if generator is not None and ask_seconds > 0:
        evidence, asked = _ask(
            evidence, chunks, filtered.kept, generator, ask_seconds, asked_file, seed, progress
        )
        made += asked.pairs
        filtered = _with_asked(evidence, chunks, made, asked, gold_questions)
    kept = list(filtered.kept)
    facts = {pair.fact_id for pair in kept if pair.fact_id}
    reading = passage_pairs(
        kept,
        evidence,
        chunks,
        neighbours=neighbours,
        fits=fits,
        shown=shown,
        limit=passage_rows,
        seed=seed,
    )
    declined = refusal_pairs(
        evidence,
        chunks,
        count=min(2 * passage_rows, max(20, len(facts) // 2)),
        asked=[pair.question for pair in kept if pair.variant == QUESTION],
        neighbours=neighbours,
        fits=fits,
        shown=shown,
        seed=seed,
    )
    extra = filter_pairs(declined, (), (), gold_questions)
    kept += [*reading, *extra.kept]
    funnel = Funnel(
        facts=len(evidence),
        made=dict(Counter(p.variant for p in [*made, *reading, *declined])),
        asked=asked.tried,
        written=asked.written,
        reused=asked.reused,
        damaged=asked.damaged,
        dropped=dict(Counter(filtered.reasons) + Counter(extra.reasons) + Counter(asked.reasons)),
        kept=dict(Counter(p.variant for p in kept)),
    )
    return PairSet(tuple(evidence), tuple(kept), funnel)


def _ask(
    evidence: list[Evidence],
    chunks: Sequence[Chunk],
    kept: Sequence[Pair],
    generator: Generator,
    seconds: float,
    file: Path | None,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> tuple[list[Evidence], Asked]:
    """Lets the model ask, first about facts that the rules found no question for."""
    wordings = _first_questions(kept)
    proposed = propose_spans(chunks, evidence)
    everything = {one.fact.id: one for one in [*evidence, *proposed]}
    need = {
        fact: 0.0 if fact in wordings else 2.0 if one.fact.kind != "model" else 1.0
        for fact, one in everything.items()
    }
    documents = {fact: one.fact.document_id for fact, one in everything.items()}
    order = [everything[fact] for fact in stratified(documents, need, seed)]
    asked = ask_model(
        order,
        chunks,
        generator,
        seconds=seconds,
        wordings=wordings,
        file=file,
        progress=progress,
    )
    accepted = {pair.fact_id for pair in asked.pairs}
    return [*evidence, *(one for one in proposed if one.fact.id in accepted)], asked


def _first_questions(pairs: Sequence[Pair]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        if pair.variant == QUESTION:
            found.setdefault(pair.fact_id, pair.question)
    return found


def _with_asked(
    evidence: Sequence[Evidence],
    chunks: Sequence[Chunk],
    made: Sequence[Pair],
    asked: Asked,
    gold_questions: Sequence[Question],
) -> Filtered:
    """All filters again over both kinds of pairs, without what the base knows already."""
    unknown = [pair for pair in made if not pair.fact_id or pair.fact_id not in asked.known]
    facts = [one.fact for one in evidence]
    filtered = filter_pairs(unknown, facts, chunks, gold_questions)
    dropped = len(made) - len(unknown)
    reasons = {**filtered.reasons, ALREADY_KNOWN: dropped} if dropped else filtered.reasons
    return Filtered(filtered.kept, reasons)
