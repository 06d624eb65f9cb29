"""Which pairs are worth training on, with a counted reason for each one that is not."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.finetuning.text import (
    contains_value,
    content_words,
    distinctive,
    jaccard,
    ngrams,
    normalise,
    squeeze,
    words,
)
from assistant.schema import Chunk, Fact, Pair, Question

NOT_IN_CHUNK = "value not literally in the passage"
IN_QUESTION = "answer stands in the question"
MALFORMED = "question too short, too long or broken"
AMBIGUOUS = "same question, different answers"
DUPLICATE = "near-duplicate wording"
NEAR_GOLD = "close to a gold question"
NOT_ANSWERABLE = "not answerable with its passage"
ALREADY_KNOWN = "base model knows it without training"

_BROKEN = re.compile(
    r"\b(?:and|or|but|the|an?|of|than|which|that)\s*\?$|\s(?:it|they|them|this|these|his|her)[\s?]"
)
"""Ends in the middle of a phrase, or points to something outside the question."""
NEAR = 0.8
"""Token Jaccard from which two questions count as the same wording."""
GRAM = 8
"""A gold question's run of this many words may not occur in a training question."""
BOILERPLATE = 4
"""Runs of words standing in this many gold questions are instructions, not content."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """What is left of a set of pairs, and why the rest went."""

    kept: tuple[Pair, ...]
    reasons: Mapping[str, int]
    """Reason -> number of pairs dropped for it (each pair counts once, for the first reason)."""


def filter_pairs(
    pairs: Iterable[Pair],
    facts: Iterable[Fact],
    chunks: Iterable[Chunk],
    gold: Sequence[Question] = (),
) -> Filtered:
    """Applies every check that needs no model, in the order of the constants above.

    Pairs of variant `user` are only compared with the gold questions. Near-duplicates are looked
    for among the pairs of one fact; one question with two answers is dropped whichever facts the
    answers belong to, because a model can learn neither.
    """
    values = {fact.id: fact.value for fact in facts}
    texts = {chunk.id: chunk.text for chunk in chunks}
    reasons: Counter[str] = Counter()
    pairs = list(pairs)
    ambiguous = _ambiguous(pairs)
    guard = GoldGuard(gold)
    kept: list[Pair] = []
    by_fact: dict[str, list[frozenset[str]]] = defaultdict(list)
    for pair in pairs:
        reason = _own_fault(pair, values, texts)
        if not reason and normalise(pair.question) in ambiguous:
            reason = AMBIGUOUS
        wording = frozenset(words(pair.question))
        if not reason and any(jaccard(wording, other) > 0.9 for other in by_fact[pair.fact_id]):
            reason = DUPLICATE
        if not reason and guard.too_close(pair.question):
            reason = NEAR_GOLD
        if reason:
            reasons[reason] += 1
            continue
        if pair.fact_id:
            by_fact[pair.fact_id].append(wording)
        kept.append(pair)
    return Filtered(tuple(kept), dict(reasons))


def _own_fault(pair: Pair, values: Mapping[str, str], texts: Mapping[str, str]) -> str:
    if pair.variant in {"user", "refusal"}:
        return ""
    value = values.get(pair.fact_id)
    text = texts.get(pair.chunk_id, "")
    if value is not None and squeeze(value) not in squeeze(text):
        return NOT_IN_CHUNK
    if not 2 <= len(words(pair.question)) <= 60 or pair.question.count("(") != pair.question.count(
        ")"
    ):
        return MALFORMED
    if not words(pair.answer) or (pair.variant == "question" and _BROKEN.search(pair.question)):
        return MALFORMED
    short = len(words(pair.answer)) <= 8
    if pair.variant != "statement" and short and contains_value(pair.question, pair.answer):
        return IN_QUESTION
    return ""


def _ambiguous(pairs: Iterable[Pair]) -> frozenset[str]:
    """Normalised questions that have more than one answer."""
    answers: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.variant != "user":
            answers[normalise(pair.question)].add(normalise(pair.answer))
    return frozenset(question for question, found in answers.items() if len(found) > 1)


class GoldGuard:
    """Recognises questions too close to a gold question to be trained on.

    Close means: equal but for case and punctuation; or a token Jaccard of at least `NEAR` with the
    same codes and numbers (`warranty of the TL-7` and `of the TL-7C` are different questions); or
    a shared run of `GRAM` words that is not an instruction common to many gold questions.
    """

    def __init__(self, gold: Sequence[Question]) -> None:
        self._exact = {normalise(q.question) for q in gold}
        self._wordings = [(frozenset(words(q.question)), distinctive(q.question)) for q in gold]
        grams = Counter(g for q in gold for g in ngrams(words(q.question), GRAM))
        self._grams = {gram for gram, count in grams.items() if count < BOILERPLATE}
        self._index: dict[str, list[int]] = defaultdict(list)
        for number, question in enumerate(gold):
            for word in content_words(question.question):
                self._index[word].append(number)

    def too_close(self, question: str) -> bool:
        """Whether training on this question would be training on the test."""
        if not self._exact:
            return False
        if normalise(question) in self._exact:
            return True
        wording, marks = frozenset(words(question)), distinctive(question)
        near = {n for word in content_words(question) for n in self._index.get(word, ())}
        for number in near:
            other, other_marks = self._wordings[number]
            if marks == other_marks and jaccard(wording, other) >= NEAR:
                return True
        return not self._grams.isdisjoint(ngrams(words(question), GRAM))
