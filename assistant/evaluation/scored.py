"""A run's answers with their scores: the rule first, people's grades on top."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import QuestionFileError
from assistant.evaluation.grades import GradeBook, apply_grade
from assistant.evaluation.runs import RunFolder
from assistant.schema import Answer, Question, Score
from assistant.scoring.agreeing import agree
from assistant.scoring.correctness import score
from assistant.scoring.text import prepare
from assistant.scoring.values import extract

_TWIN_OVERLAP = 0.6
_MOST_TWINS = 5
"""The nearest questions only: in a set of one pattern everything would be a twin."""


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """One answer, its question and both verdicts."""

    question: Question
    answer: Answer
    score: Score
    """What counts: the person's grade where there is one."""
    rule: Score
    """What the rule alone says."""


def score_run(run: RunFolder, book: GradeBook | None = None) -> list[ScoredAnswer]:
    """Score every answer of a run; loads no model."""
    book = book if book is not None else GradeBook.around(run.path)
    return score_answers(run.questions, list(run.answers()), book)


def score_answers(
    questions: Sequence[Question], answers: Sequence[Answer], book: GradeBook
) -> list[ScoredAnswer]:
    """Score answers to questions; answers to unknown questions are left out."""
    by_id = {q.id: q for q in questions}
    twins = twin_values(questions)
    scored = []
    for answer in answers:
        question = by_id.get(answer.question_id)
        if question is None:
            continue
        try:
            rule = score(
                question,
                answer.text,
                error=answer.error,
                twin_values=twins.get(question.id, ()),
                cited_support=_cited_support(answer),
            )
        except QuestionFileError as error:  # one malformed check must not stop the others
            rule = Score(None, f"not scored: {error.message}")
        grade = None if answer.error else book.find(question, answer.text)
        scored.append(ScoredAnswer(question, answer, apply_grade(rule, grade, question), rule))
    return scored


def _cited_support(answer: Answer) -> bool | None:
    if not answer.citations:
        return None
    return any(c.supported for c in answer.citations)


def twin_values(questions: Sequence[Question]) -> Mapping[str, tuple[str, ...]]:
    """References of questions that differ from this one in little but what they ask about.

    "Warranty of the QX-4410?" and "Warranty of the QX-4420?" are twins: their words overlap by
    at least 0.6 (Jaccard), their groups differ and so do their references.
    """
    words = {q.id: _words(q.question) for q in questions}
    found: dict[str, tuple[str, ...]] = {}
    for question in questions:
        near: list[tuple[float, str, tuple[str, ...]]] = []
        for other in questions:
            if other.id == question.id or not other.references or not question.answerable:
                continue
            if question.group and question.group == other.group:
                continue
            a, b = words[question.id], words[other.id]
            overlap = len(a & b) / max(1, len(a | b))
            if overlap < _TWIN_OVERLAP or a == b:
                continue
            if not set(other.references) & set(question.references):
                near.append((-overlap, other.id, other.references))
        if near:
            found[question.id] = tuple(r for *_, refs in sorted(near)[:_MOST_TWINS] for r in refs)
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w.-]+", text.casefold()))


def ungrounded_values(answer: Answer, question: Question) -> list[str]:
    """Numbers, dates, codes and names that stand in none of its passages nor in the question.

    Empty for answers without passages: there it is not measured.
    """
    if not answer.passages:
        return []
    there = [v for p in answer.passages for v in extract(p.chunk.indexed_text)]
    there += list(prepare(question.question).values)
    values = extract(answer.text)
    found = [v.text for v in values if not v.weak and not any(agree(v, o) for o in there)]
    known = _words(" ".join([question.question, *(p.chunk.indexed_text for p in answer.passages)]))
    taken = [(v.start, v.end) for v in values]
    return found + [n for n in _names(answer.text, taken) if not _name_words(n) <= known]


_NAME = re.compile(r"(?<![\w'’.-])[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\s+[A-ZÀ-ÖØ-Þ][\w’'-]*)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|\n\s*)[\"“'(]*$")


def _names(text: str, taken: Sequence[tuple[int, int]]) -> list[str]:
    """Runs of capitalised words, without values and without a sentence's first word."""
    names = []
    for match in _NAME.finditer(text):
        name, start = match[0], match.start()
        if any(a < match.end() and start < b for a, b in taken):
            continue
        if _SENTENCE_START.search(text[:start]):
            name = name.partition(" ")[2].strip()
        if len(name) > 1:
            names.append(name)
    return names


def _name_words(name: str) -> frozenset[str]:
    return frozenset(w.removesuffix("'s").removesuffix("’s") for w in _words(name))
