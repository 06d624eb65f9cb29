"""What an adapter was trained on, seen from the gold questions.

Strata explain a fine-tuned number; only "same wording" leaves the headline, because an answer to
a question that was trained word for word shows memory, not knowledge of the fact.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from assistant.schema import Outcome, Pair, Question
from assistant.scoring.correctness import score
from assistant.scoring.wordlist import word_list


class Stratum(StrEnum):
    """How a gold question relates to the training pairs."""

    SAME_WORDING = "same wording trained"
    NEW_WORDING = "same fact, new wording"
    NOT_TRAINED = "fact not trained"


def map_strata(questions: Sequence[Question], pairs: Sequence[Pair]) -> Mapping[str, Stratum]:
    """Question id -> stratum.

    Same wording: a pair asks it word for word (case and punctuation aside). Same fact: a pair from
    one of the question's documents, or one with nearly the same words (Jaccard 0.6), has an answer
    that the `correct` rule accepts for this question. Unanswerable questions have no fact: they
    are *not trained* unless trained word for word.
    """
    wordings = {_normal(p.question) for p in pairs}
    by_document: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_document.setdefault(pair.document_id, []).append(pair)
    pair_words = [(p, _words(p.question)) for p in pairs]
    return {q.id: _stratum(q, wordings, by_document, pair_words) for q in questions}


def _stratum(
    question: Question,
    wordings: set[str],
    by_document: Mapping[str, Sequence[Pair]],
    pair_words: Sequence[tuple[Pair, frozenset[str]]],
) -> Stratum:
    if _normal(question.question) in wordings:
        return Stratum.SAME_WORDING
    if not question.answerable or not (question.references or question.must):
        return Stratum.NOT_TRAINED
    documents = {source.split("#", 1)[0] for source in question.sources}
    own = _words(question.question)
    near = [p for d in documents for p in by_document.get(d, ()) if _words(p.question) & own]
    near += [p for p, words in pair_words if len(words & own) >= 0.6 * len(words | own) > 0]
    tried: set[str] = set()
    for pair in near:
        if pair.answer not in tried:
            tried.add(pair.answer)
            if score(question, pair.answer).outcome is Outcome.CORRECT:
                return Stratum.NEW_WORDING
    return Stratum.NOT_TRAINED


_COMMON = frozenset(word_list("what which when where who how is are the a an of in for to does do"))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text.casefold())) - _COMMON


def _normal(text: str) -> str:
    return " ".join(re.findall(r"[\w.-]*\w", text.casefold()))
