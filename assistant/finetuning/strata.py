"""Which trained pairs, if any, taught what a gold question asks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.finetuning.filters import GoldGuard
from assistant.finetuning.text import contains_value, content_words, distinctive, normalise
from assistant.schema import Fact, Pair, Question

SUBJECT_OVERLAP = 0.5
"""Share of a fact's subject words a question must hold to be about that fact."""


class Stratum(StrEnum):
    """Where a gold question stands towards training."""

    SAME_WORDING = "same wording trained"
    NEW_WORDING = "same fact, new wording"
    NOT_TRAINED = "fact not trained"
    NO_FACT = "no fact to train"


@dataclass(frozen=True, slots=True)
class GoldMapping:
    """One gold question's stratum and the facts behind it."""

    question_id: str
    stratum: Stratum
    fact_ids: tuple[str, ...] = ()
    """Facts that answer it, trained or not."""


def map_gold_to_pairs(
    questions: Sequence[Question],
    pairs: Iterable[Pair],
    facts: Iterable[Fact],
    trained: Iterable[str] | None = None,
) -> dict[str, GoldMapping]:
    """Sorts gold questions into strata; they explain a score and are never its headline.

    A fact answers a question when its value stands in a reference or `must` phrase (or the other
    way round), it comes from one of the question's sources (where these are named), and the
    question speaks of the fact's subject with the same codes. A question with several `must`
    phrases counts as trained only when every phrase is covered by a trained fact.

    Args:
        questions: gold questions.
        pairs: the pairs that were trained (`records.read_training_set`).
        facts: all facts found, trained or not.
        trained: ids of trained facts; default: the facts the pairs name.

    Returns:
        Question id -> mapping, for every question. Unanswerable questions and those with checks
        but no reference are `NO_FACT`.
    """
    pairs = list(pairs)
    chosen = frozenset(trained) if trained is not None else frozenset(p.fact_id for p in pairs)
    by_document: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_document[fact.document_id].append(fact)
    guards = {q.id: GoldGuard([q]) for q in questions}
    by_word: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for word in content_words(pair.question):
            by_word[word].append(pair)
    return {q.id: _map_one(q, guards[q.id], by_word, by_document, chosen) for q in questions}


def _map_one(
    question: Question,
    guard: GoldGuard,
    by_word: Mapping[str, Sequence[Pair]],
    by_document: Mapping[str, Sequence[Fact]],
    trained: frozenset[str],
) -> GoldMapping:
    if _wording_trained(question, guard, by_word):
        return GoldMapping(question.id, Stratum.SAME_WORDING)
    wanted = question.must or question.references
    if not question.answerable or not wanted:
        return GoldMapping(question.id, Stratum.NO_FACT)
    documents = {source.split("#")[0] for source in question.sources} or set(by_document)
    near = [f for d in sorted(documents) for f in by_document.get(d, ()) if _speaks_of(question, f)]
    if question.must:
        needed = [[f for f in near if _value_in(f.value, phrase)] for phrase in question.must]
    else:
        needed = [[f for f in near if any(_value_in(f.value, r) for r in question.references)]]
    ids = tuple(dict.fromkeys(f.id for found in needed for f in found))
    covered = all(any(f.id in trained for f in found) for found in needed)
    return GoldMapping(question.id, Stratum.NEW_WORDING if covered else Stratum.NOT_TRAINED, ids)


def _wording_trained(
    question: Question, guard: GoldGuard, by_word: Mapping[str, Sequence[Pair]]
) -> bool:
    """Whether a trained question is the same but for trifles; the rarest word finds it fast."""
    rows = [by_word.get(word, ()) for word in content_words(question.question)]
    same = normalise(question.question)
    for pair in min(rows, key=len, default=()):
        if normalise(pair.question) == same or guard.too_close(pair.question):
            return True
    return False


def _value_in(value: str, phrase: str) -> bool:
    return contains_value(phrase, value) or contains_value(value, phrase)


def _speaks_of(question: Question, fact: Fact) -> bool:
    """Whether the question names what the fact is about."""
    asked = content_words(question.question)
    marks = distinctive(fact.subject)
    if marks and distinctive(question.question) and not marks & distinctive(question.question):
        return False
    about = content_words(f"{fact.subject} {fact.relation}")
    if not about:
        return True
    subject = content_words(fact.subject)
    shared = len(subject & asked) / len(subject) if subject else 0.0
    return shared >= SUBJECT_OVERLAP or bool(question.sources and about & asked)
