"""When documents change: which questions need review, and who still tells the old fact.

A reference belongs to a state of the documents. When the sentence it rests on is gone or reads
differently, the question leaves the score until a person has looked at it. A chunk that changed
elsewhere does no harm. An unanswerable question rests on no sentence: it needs review when its
documents have gained a sentence that looks like an answer.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.anchors import (
    Anchor,
    Anchored,
    DocumentTexts,
    answers_in_sight,
    around,
    content_words,
    statement,
    statements_of,
)
from assistant.evaluation.changes import (
    Change,
    ChangeKind,
    Review,
    RunStaleness,
    StalenessSummary,
)
from assistant.evaluation.counts import Count, StaleShares
from assistant.evaluation.phrases import Sentence, sentences_with
from assistant.evaluation.reviews import ReviewDecision, edited, settled
from assistant.schema import Answer, Chunk, Outcome, Question
from assistant.scoring.correctness import score

ALIKE = 0.15
"""Least word overlap (Jaccard) of a sentence with its successor."""
BONUS = 0.3
"""What holding the reference is worth when the successor of a sentence is looked for."""
OLD, NEW, NEITHER = "old", "new", "neither"
"""Which fact an answer tells."""


def needs_review(entries: Iterable[Anchored], documents: DocumentTexts) -> list[Review]:
    """Questions whose anchors are not said in the documents any more, in order.

    Args:
        entries: one for each question.
        documents: as they are now.
    """
    said: dict[str, dict[str, Sentence]] = {}
    found = []
    for entry in entries:
        changes = tuple(_changes(entry, documents, said))
        if changes:
            found.append(Review(entry.question.id, entry.key, entry.snapshot, changes))
    return found


def _changes(
    entry: Anchored, documents: DocumentTexts, said: dict[str, dict[str, Sentence]]
) -> Iterable[Change]:
    for anchor in entry.anchors:
        text = documents.text(anchor.document)
        if text is None:
            yield Change(ChangeKind.GONE, anchor.document, anchor.sentence, "", anchor.passage)
            continue
        if anchor.document not in said:
            said[anchor.document] = statements_of(text)
        now = said[anchor.document]
        if not all(s in now for s in anchor.statements):
            yield _successor(entry.question, anchor, text, now)
    if not entry.question.answerable:
        seen = set(entry.seen)
        for document, sentence in answers_in_sight(entry.question, documents):
            if statement(sentence.text) not in seen:
                passage = around(documents.text(document) or "", sentence)
                yield Change(ChangeKind.ANSWERED, document, "", sentence.text, "", passage)


def _successor(
    question: Question, anchor: Anchor, text: str, now: Mapping[str, Sentence]
) -> Change:
    """The sentence that took the anchor's place, as far as words can tell."""
    holding = {s.start for p in anchor.claim for s in sentences_with(question, p, text)}
    wanted = content_words(anchor.sentence)
    best: tuple[float, Sentence] | None = None
    for sentence in now.values():
        words = content_words(sentence.text)
        alike = len(words & wanted) / max(1, len(words | wanted))
        if alike < ALIKE:
            continue
        worth = alike + BONUS * (sentence.start in holding)
        if best is None or worth > best[0]:
            best = worth, sentence
    if best is None:
        return Change(ChangeKind.VANISHED, anchor.document, anchor.sentence, "", anchor.passage)
    found = best[1]
    kind = ChangeKind.REWORDED if found.start in holding else ChangeKind.CHANGED
    return Change(
        kind, anchor.document, anchor.sentence, found.text, anchor.passage, around(text, found)
    )


def stale_shares(told: Mapping[tuple[str, str], str]) -> dict[str, StaleShares]:
    """Approach -> how many answers tell the old fact, the new one, or neither.

    Args:
        told: from `tellings`.
    """
    counts: dict[str, Counter[str]] = {}
    for (approach, _), said in told.items():
        counts.setdefault(approach, Counter())[said] += 1
    return {
        name: StaleShares(*(Count(row[said], row.total()) for said in (OLD, NEW, NEITHER)))
        for name, row in counts.items()
    }


def tellings(
    before: Mapping[str, Question], after: Iterable[Question], answers: Iterable[Answer]
) -> dict[tuple[str, str], str]:
    """(approach, question id) -> which fact its answer tells: `old`, `new` or `neither`.

    For a fact that was withdrawn the new fact is that nobody can know: declining tells it.

    Args:
        before: question id -> the question with the key of the old documents.
        after: the same ids with the key of the new documents; unchanged ones are left out.
        answers: of any approaches; failed ones are left out.
    """
    new = {q.id: q for q in after if q.id in before and key_differs(before[q.id], q)}
    told: dict[tuple[str, str], str] = {}
    for answer in answers:
        question = new.get(answer.question_id)
        if question is None or answer.error:
            continue
        said = NEITHER
        if score(question, answer.text).outcome is Outcome.CORRECT:
            said = NEW
        elif score(before[question.id], answer.text).outcome is Outcome.CORRECT:
            said = OLD
        told[answer.approach, question.id] = said
    return told


@dataclass(frozen=True, slots=True)
class ReviewedRun:
    """A run as people's decisions since have left it."""

    questions: tuple[Question, ...]
    """With the keys of edited questions."""
    dropped: tuple[str, ...]
    summary: StalenessSummary
    """Without shares, which need the answers."""
    before: Mapping[str, Question]
    """Changed questions with their old key."""


def reviewed_run(
    questions: Sequence[Question], found: RunStaleness, decisions: Sequence[ReviewDecision]
) -> ReviewedRun:
    """Lay decisions over a run that was scored before they were made.

    A decision counts only where it is about the very change this run met: a run on the old
    documents keeps the references of the old documents.
    """
    made = {r.question_id: settled(r, decisions) for r in found.reviews}
    done = {i: d for i, d in made.items() if d is not None}
    before = {q.id: q for q in found.before}
    after = []
    for question in questions:
        one = done.get(question.id)
        if one is not None and one.decision == "edit":
            before[question.id] = question
            question = edited(question, one.key)
        after.append(question)
    summary = StalenessSummary(
        waiting=tuple(r for r in found.reviews if r.question_id not in done),
        decided={i: d.decision for i, d in done.items()},
        changed=sum(q.id in before and key_differs(before[q.id], q) for q in after),
    )
    dropped = tuple(i for i, d in done.items() if d.decision == "drop")
    return ReviewedRun(tuple(after), dropped, summary, before)


def key_differs(one: Question, other: Question) -> bool:
    """Whether the right answer changed; the order of references does not matter."""

    def key(q: Question) -> tuple[object, ...]:
        return frozenset(q.references), frozenset(q.must), q.answerable

    return key(one) != key(other)


def changed_chunks(chunks: Iterable[Chunk], trained: Iterable[str]) -> list[Chunk]:
    """Chunks an adapter has not seen: what a delta pair set is made from."""
    seen = set(trained)
    return [chunk for chunk in chunks if chunk.id not in seen]
