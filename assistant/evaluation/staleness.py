"""When documents change: which questions need review, and who still tells the old fact.

A reference belongs to a state of the documents. The sentence that holds it is kept as an anchor;
when that sentence is gone or reads differently, the question leaves the score until a person has
looked at it. A chunk that changed elsewhere does no harm.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant.errors import UsageError
from assistant.evaluation.codec import key_hash
from assistant.evaluation.jsonl import append_lines, read_lines, repair
from assistant.evaluation.phrases import checkable_phrases, sentences, sentences_with
from assistant.evaluation.records import Count
from assistant.schema import Answer, Chunk, Outcome, Question
from assistant.scoring.correctness import score

ReadDocument = Callable[[str], str | None]
"""Document id -> text, None when it is not there."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The sentence a reference stood in."""

    question_id: str
    question_key: str
    document: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Review:
    """A question whose sentence changed or vanished."""

    question_id: str
    document: str
    old: str
    new: str
    """The nearest sentence now; empty when the document is gone."""
    reason: str


Decision = Literal["keep", "edit", "drop"]


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What a person decided about a question under review."""

    question_id: str
    question_key: str
    decision: Decision
    references: tuple[str, ...] = ()
    """The new references, for `edit`."""
    sentence: str = ""
    """What the documents said then: another change asks again."""
    created: str = ""


def make_anchors(questions: Sequence[Question], read: ReadDocument) -> list[Anchor]:
    """Anchors of all questions whose sources hold their reference.

    Args:
        questions: those without sources, and those whose key stands in no single sentence (lists
            over several rows, yes/no), get none and are never called stale.
        read: the documents as they are now.
    """
    found = []
    for question in questions:
        for document in dict.fromkeys(s.split("#", 1)[0] for s in question.sources):
            text = read(document)
            if text is None:
                continue
            held: dict[str, None] = {}
            for phrase in checkable_phrases(question):
                held |= dict.fromkeys(s.text for s in sentences_with(question, phrase, text))
            found += [Anchor(question.id, key_hash(question), document, s) for s in held]
    return found


def needs_review(
    anchors: Iterable[Anchor],
    questions: Sequence[Question],
    read: ReadDocument,
    decisions: Sequence[ReviewDecision] = (),
) -> list[Review]:
    """Questions whose anchor sentences are not in the documents any more.

    A question with several sentences is stale when any sentence of a document it still names has
    changed and none of that document's other sentences still holds its key unchanged.
    """
    by_id = {q.id: q for q in questions}
    grouped: dict[tuple[str, str], list[Anchor]] = {}
    for anchor in anchors:
        question = by_id.get(anchor.question_id)
        if question and key_hash(question) == anchor.question_key:
            grouped.setdefault((anchor.question_id, anchor.document), []).append(anchor)
    settled = {(d.question_id, d.question_key, _plain(d.sentence)) for d in decisions}
    found: dict[str, Review] = {}
    for (question_id, document), held in grouped.items():
        text = read(document)
        now = {} if text is None else {_plain(s.text): s.text for s in sentences(text)}
        if question_id in found or any(_plain(a.sentence) in now for a in held):
            continue
        nearest = _nearest(held[0].sentence, list(now.values()))
        if (question_id, held[0].question_key, _plain(nearest)) in settled:
            continue
        reason = "the document is gone" if text is None else "the sentence changed or vanished"
        found[question_id] = Review(question_id, document, held[0].sentence, nearest, reason)
    return list(found.values())


def decide(review: Review, question: Question, decision: Decision,
           references: Sequence[str] = ()) -> ReviewDecision:  # fmt: skip
    """A person's decision, dated now.

    Raises:
        UsageError: `edit` without a new reference.
    """
    if decision == "edit" and not references:
        raise UsageError("editing a question needs a reference", cure="give the new reference")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return ReviewDecision(
        question.id, key_hash(question), decision, tuple(references), review.new, now
    )


def apply_decisions(
    questions: Sequence[Question], decisions: Sequence[ReviewDecision]
) -> list[Question]:
    """The question set after review: edited references in, dropped questions out."""
    latest = {(d.question_id, d.question_key): d for d in decisions}
    kept = []
    for question in questions:
        decision = latest.get((question.id, key_hash(question)))
        if decision is None or decision.decision == "keep":
            kept.append(question)
        elif decision.decision == "edit":
            kept.append(replace(question, references=decision.references, must=()))
    return kept


def save_decision(path: Path, decision: ReviewDecision) -> None:
    """Append a decision, durably."""
    repair(path)
    append_lines(path, [asdict(decision)])


def read_decisions(path: Path) -> list[ReviewDecision]:
    """All decisions of a file, oldest first; none when it does not exist."""
    return [
        ReviewDecision(**{**data, "references": tuple(data["references"])})
        for data in read_lines(path)
    ]


@dataclass(frozen=True, slots=True)
class StaleShares:
    """What an approach says about facts that changed."""

    old: Count
    new: Count
    neither: Count


def stale_shares(
    before: Sequence[Question], after: Sequence[Question], answers: Iterable[Answer]
) -> Mapping[str, StaleShares]:
    """Approach -> how many answers tell the old fact, the new one, or neither.

    Args:
        before: questions with the references of the old documents.
        after: the same ids with the references of the new documents; unchanged ones are left out.
        answers: of any approaches.
    """
    old, new = {q.id: q for q in before}, {q.id: q for q in after}
    changed = {i for i in old if i in new and set(old[i].references) != set(new[i].references)}
    counts: dict[str, list[int]] = {}
    for answer in answers:
        if answer.question_id not in changed or answer.error:
            continue
        row = counts.setdefault(answer.approach, [0, 0, 0])
        if score(new[answer.question_id], answer.text).outcome is Outcome.CORRECT:
            row[1] += 1
        elif score(old[answer.question_id], answer.text).outcome is Outcome.CORRECT:
            row[0] += 1
        else:
            row[2] += 1
    return {
        name: StaleShares(*(Count(part, sum(row)) for part in row)) for name, row in counts.items()
    }


def changed_chunks(chunks: Iterable[Chunk], trained: Iterable[str]) -> list[Chunk]:
    """Chunks an adapter has not seen: what a delta pair set is made from."""
    seen = set(trained)
    return [chunk for chunk in chunks if chunk.id not in seen]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _nearest(sentence: str, candidates: Sequence[str]) -> str:
    wanted = set(sentence.casefold().split())

    def overlap(candidate: str) -> float:
        words = set(candidate.casefold().split())
        return len(words & wanted) / max(1, len(words | wanted))

    best = max(candidates, key=overlap, default="")
    return best if best and overlap(best) > 0.2 else ""
