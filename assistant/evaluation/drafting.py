"""Questions proposed from the documents, for a person to accept, edit or reject.

Drafts stay apart from training: a wording that an adapter was trained on is never proposed, and
facts are drawn at random over the documents, blind to what makes training choose a fact. Otherwise
the test would be the training set.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from random import Random

from assistant.documents.question_records import text_id
from assistant.errors import UsageError
from assistant.evaluation.typed import one_line, wordings
from assistant.finetuning.asking import ask_model
from assistant.finetuning.evidence import Evidence
from assistant.finetuning.facts import find_evidence
from assistant.finetuning.filters import GoldGuard, filter_pairs
from assistant.finetuning.plan import stratified
from assistant.finetuning.refusals import refusal_pairs
from assistant.finetuning.synthesis import QUESTION, make_pairs, stands_alone
from assistant.schema import Chunk, Generator, Outcome, Pair, Question
from assistant.scoring.correctness import score

DRAFTED_TAG = "drafted"
DRAFT_ID = "draft"
"""Stands before the ids of drafted questions."""
UNANSWERABLE_SHARE = 0.15
ASKED_SHARE = 2
"""The model is asked about this many times as many facts as questions are wanted."""
_APART = 7919
"""Added to the seed, so that the draw never repeats the order of training."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One proposed question with what it rests on."""

    question: Question
    passage: str
    """The chunk the answer stands in; empty for what should be declined."""
    origin: str
    """`rules`, `model`, or `nothing says this` for an unanswerable question."""
    trained: bool
    """Whether an adapter was trained on this fact, in other words."""


def draft_questions(
    chunks: Sequence[Chunk],
    *,
    count: int,
    gold: Sequence[Question] = (),
    trained: Sequence[Pair] = (),
    rejected: Collection[str] = (),
    generator: Generator | None = None,
    seconds: float = 0.0,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> list[Draft]:
    """Propose questions, documents in turns, about one in seven of them unanswerable.

    Args:
        chunks: of the whole index.
        count: how many, at most.
        gold: existing questions; nothing close to one is proposed again.
        trained: pairs of every adapter; their wordings are never proposed.
        rejected: ids of questions a person has turned down.
        generator: also writes questions, kept when it can answer them with the passage.
        seconds: time for the generator.
        seed: of every choice.
        progress: (facts asked about, facts to ask about).

    Raises:
        ModelError: the generator does not answer at all.
    """
    evidence = find_evidence(chunks)
    facts = {one.fact.id: one for one in evidence}
    apart = GoldGuard([Question(p.id, p.question) for p in trained if p.question])

    def fitting(pairs: Sequence[Pair]) -> list[Pair]:
        kept = filter_pairs(pairs, [one.fact for one in evidence], chunks, gold).kept
        return [p for p in kept if stands_alone(p.question) and not apart.too_close(p.question)]

    ruled = fitting([p for p in make_pairs(evidence) if p.variant == QUESTION])
    by_fact: dict[str, list[Pair]] = {}
    for pair in ruled:
        by_fact.setdefault(pair.fact_id, []).append(pair)
    documents = {fact: facts[fact].fact.document_id for fact in by_fact}
    order = stratified(documents, {}, seed + _APART)
    written: dict[str, list[Pair]] = {}
    if generator is not None and seconds > 0:
        asked = ask_model(
            [facts[fact] for fact in order[: ASKED_SHARE * count]],
            chunks,
            generator,
            seconds=seconds,
            progress=progress,
        )
        for pair in fitting(asked.pairs):
            written.setdefault(pair.fact_id, []).append(pair)
    declined = _unanswerable(evidence, chunks, round(UNANSWERABLE_SHARE * count), gold, apart, seed)
    declined = [d for d in declined if d.question.id not in rejected]
    texts = {chunk.id: chunk for chunk in chunks}
    known = {p.fact_id for p in trained if p.fact_id}
    rng = Random(f"draft/{seed}")
    drafts: list[Draft] = []
    seen = {*rejected, *(d.question.id for d in declined)}
    for fact in order:
        if len(drafts) >= count - len(declined):
            break
        by_model = fact in written
        pair = rng.choice(written[fact] if by_model else by_fact[fact])
        question = _question(pair, facts[fact], texts[pair.chunk_id])
        # The rule must accept its own reference, or no answer could ever be right.
        sound = score(question, pair.answer).outcome is Outcome.CORRECT
        if sound and question.id not in seen:
            seen.add(question.id)
            origin = "model" if by_model else "rules"
            drafts.append(Draft(question, texts[pair.chunk_id].text, origin, fact in known))
    return _mixed(drafts, declined, rng)


def reworded(question: Question, text: str, answer: str) -> Question:
    """A proposed question as a person corrected it.

    Args:
        question: as proposed.
        text: its new wording.
        answer: its references; not looked at when the question is to be declined.

    Raises:
        UsageError: no question, or no answer to one that has an answer.
    """
    text = " ".join(text.split())
    if not text:
        raise UsageError("the question is empty", "type a question, or reject the proposal")
    if not question.answerable or answer == one_line(question.references):
        references = question.references  # a separator may be part of a reference
    else:
        references = wordings(answer)
        if not references:
            raise UsageError("the answer is empty", "type an answer, or reject the proposal")
    if text == question.question:
        return replace(question, references=references)
    return replace(question, id=text_id(DRAFT_ID, text), question=text, references=references)


def _question(pair: Pair, one: Evidence, chunk: Chunk) -> Question:
    return Question(
        id=text_id(DRAFT_ID, pair.question),
        question=pair.question,
        references=(pair.answer,),
        sources=(chunk.source,),
        group=f"fact-{pair.fact_id}",
        kind=one.fact.kind,
        tags=(DRAFTED_TAG,),
    )


def _unanswerable(
    evidence: Sequence[Evidence],
    chunks: Sequence[Chunk],
    count: int,
    gold: Sequence[Question],
    apart: GoldGuard,
    seed: int,
) -> list[Draft]:
    made = refusal_pairs(evidence, chunks, count=2 * count, passages_share=0.0, seed=seed + _APART)
    known = GoldGuard(gold)
    return [
        Draft(
            Question(
                id=text_id(DRAFT_ID, pair.question),
                question=pair.question,
                answerable=False,
                kind="unanswerable",
                tags=(DRAFTED_TAG,),
            ),
            "",
            "nothing says this",
            False,
        )
        for pair in made
        if not apart.too_close(pair.question) and not known.too_close(pair.question)
    ][:count]


def _mixed(drafts: list[Draft], declined: list[Draft], rng: Random) -> list[Draft]:
    """Unanswerable ones spread among the others, so that stopping early keeps the mixture."""
    whole = [*drafts]
    for draft in declined:
        whole.insert(rng.randint(0, len(whole)), draft)
    return whole
