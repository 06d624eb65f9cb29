"""What an adapter was trained on, seen from the gold questions.

Strata explain a fine-tuned number; only "same wording" leaves the headline, because an answer to
a question that was trained word for word shows memory, not knowledge of the fact.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from assistant.evaluation.jsonl import write_whole
from assistant.schema import Outcome, Pair, Question, split_source
from assistant.scoring.correctness import score
from assistant.scoring.text import FILLER
from assistant.scoring.units import find_unit
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
    index = _PairIndex(pairs)
    return {q.id: _stratum(q, index) for q in questions}


FILE = "strata.json"
VERSION = 1
"""Raise it when the mapping changes: what was kept under an older one is made again."""


def read_strata(run: Path, adapter: str, questions: str) -> dict[str, Stratum] | None:
    """What `keep_strata` left in a run folder; None when it was for others.

    Args:
        run: the run folder.
        adapter: its id.
        questions: their hash, for a review may have edited them since.
    """
    try:
        data = json.loads((run / FILE).read_text(encoding="utf-8"))
        if (data["version"], data["adapter"], data["questions"]) != (VERSION, adapter, questions):
            return None
        return {question: Stratum(name) for question, name in data["strata"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_strata(run: Path, adapter: str, questions: str, strata: Mapping[str, Stratum]) -> None:
    """Keep a mapping beside the run: runs and adapters never change, and mapping takes seconds."""
    data = {"version": VERSION, "adapter": adapter, "questions": questions,
            "strata": {question: s.value for question, s in strata.items()}}  # fmt: skip
    with suppress(OSError):  # a run on a disk that cannot be written is mapped each time
        write_whole(run / FILE, json.dumps(data, indent=1) + "\n")


ALWAYS_READ = 8
MOST_READ = 40
"""Distinct trained answers the rule reads for one question, most similar questions first."""


class _PairIndex:
    """Pairs by document and by the words of their questions: ten thousand pairs are usual."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = pairs
        self.words = [_words(p.question) for p in pairs]
        self.wordings = {_normal(p.question) for p in pairs}
        self.holding: dict[str, list[int]] = {}
        for number, words in enumerate(self.words):
            for word in words:
                self.holding.setdefault(word, []).append(number)

    def near(self, question: Question) -> list[Pair]:
        """Pairs that may ask the same, most similar first."""
        own = _words(question.question)
        codes = _codes(own)
        documents = {split_source(source)[0] for source in question.sources}
        shared = Counter(n for word in own for n in self.holding.get(word, ()))
        ranked = []
        for number, count in shared.items():
            overlap = count / (len(own) + len(self.words[number]) - count)
            if overlap < _SAME_QUESTION and self.pairs[number].document_id not in documents:
                continue
            other = _codes(self.words[number]) if codes else codes
            if other and not codes & other:
                continue  # the twin's fact, not this one
            ranked.append((-overlap, number))
        return [self.pairs[number] for _, number in sorted(ranked)]


def _stratum(question: Question, index: _PairIndex) -> Stratum:
    if _normal(question.question) in index.wordings:
        return Stratum.SAME_WORDING
    if not question.answerable or not (question.references or question.must):
        return Stratum.NOT_TRAINED
    key = _telling(" ".join((*question.references, *question.must)))
    tried: set[str] = set()
    for place, pair in enumerate(index.near(question)):
        plain = pair.answer.casefold()
        # Reading an answer by the whole rule is slow. The most similar questions are read in any
        # case ("two years" shares no word with "24 months"), the others if they share something.
        if plain in tried or (place >= ALWAYS_READ and not key & _telling(plain)):
            continue
        tried.add(plain)
        if score(question, pair.answer).outcome is Outcome.CORRECT:
            return Stratum.NEW_WORDING
        if len(tried) >= MOST_READ:
            break
    return Stratum.NOT_TRAINED


_SAME_QUESTION = 0.6
_COMMON = frozenset(word_list("what which when where who how is are the a an of in for to does do"))


def _telling(text: str) -> set[str]:
    """Words that can tell one answer from another: no filler, no units."""
    words = re.findall(r"\w+", text.casefold())
    return {w for w in words if w not in FILLER and (w.isdigit() or find_unit(w) is None)}


def _codes(words: frozenset[str]) -> set[str]:
    return {w for w in words if any(c.isdigit() for c in w) and any(c.isalpha() for c in w)}


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text.casefold())) - _COMMON


def _normal(text: str) -> str:
    return " ".join(re.findall(r"[\w.-]*\w", text.casefold()))
