"""Pairs from facts: each fact asked in several wordings, forwards, backwards and as a gap."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.finetuning.evidence import Evidence
from assistant.finetuning.text import distinctive, plain, short_hash, words
from assistant.finetuning.wording.attributes import (
    attribute_questions,
    lower_label,
    reverse_question,
)
from assistant.finetuning.wording.questions import Marked, value_questions
from assistant.schema import Pair

QUESTION, REVERSE, STATEMENT, CLOZE = "question", "reverse", "statement", "cloze"
GAP = "____"
MAX_STATEMENT_WORDS = 26
MAX_CLOZE_WORDS = 34


def make_pairs(evidence: Iterable[Evidence], names: frozenset[str] = frozenset()) -> list[Pair]:
    """Every deterministic pair of every fact, unfiltered.

    Args:
        evidence: facts with their text, from `facts.find_evidence`.
        names: words that keep their capital letter (`facts.known_names`).

    Returns:
        Pairs in the order of the facts. Variants: `question`, `reverse` (the answer is the thing,
        the question holds its value), `cloze` (a gap) and `statement` (a whole sentence).
    """
    pairs: list[Pair] = []
    stated: set[str] = set()
    for one in evidence:
        pairs.extend(_of_cell(one) if one.marked is None else _of_sentence(one, one.marked, names))
        sentence = one.marked.sentence if one.marked else ""
        if sentence and sentence not in stated and one.fact.kind != "heading":
            stated.add(sentence)
            pairs.extend(_statement(one, sentence))
    return pairs


def pair_of(one: Evidence, variant: str, question: str, answer: str) -> Pair:
    """A pair with its provenance and an id that depends on nothing else."""
    return Pair(
        id=short_hash([one.fact.id, variant, question, answer]),
        question=question,
        answer=answer,
        fact_id=one.fact.id,
        document_id=one.fact.document_id,
        chunk_id=one.fact.chunk_id,
        variant=variant,
    )


def stands_alone(question: str) -> bool:
    """Whether a question names what it is about: a code, a number or a proper name."""
    body = question.rstrip("?").split()[1:]
    return bool(distinctive(question)) or any(word[:1].isupper() and len(word) > 1 for word in body)


def qualified(question: str, one: Evidence) -> str:
    """The question with its topic added when it would not make sense without the page."""
    if stands_alone(question) or not one.topic.name:
        return question
    if one.topic.entity:
        return f"{question.rstrip('?')} for the {one.topic.name}?"
    return by_title(question, one)


def by_title(question: str, one: Evidence) -> str:
    """`According to the Travel policy 2026, what ...?`"""
    return f"According to {_the(one.title)}, {_lower(question)}"


def _the(title: str) -> str:
    title = re.sub(r"[\"“”]", "", plain(title)).strip()
    return f'"{title}"' if len(title.split()) > 1 else title


def _lower(question: str) -> str:
    first = question.split()[0]
    return (
        question[:1].lower() + question[1:] if first.isalpha() and first[1:].islower() else question
    )


def _of_sentence(one: Evidence, marked: Marked, names: frozenset[str]) -> Iterator[Pair]:
    answer = one.answer
    if one.fact.kind == "definition":
        term = one.fact.subject
        yield pair_of(one, QUESTION, qualified(f"What is {_term(term, names)}?", one), answer)
        yield pair_of(
            one, QUESTION, qualified(f"How is {_term(term, names)} described?", one), answer
        )
        yield pair_of(one, REVERSE, qualified(f"What is described as {answer}?", one), term)
        return
    questions = value_questions(marked, one.fact.kind, names)
    for number, question in enumerate(questions):
        yield pair_of(one, QUESTION, qualified(question, one), answer)
        if number == 0 and one.title:
            yield pair_of(one, QUESTION, by_title(question, one), answer)
        if number == 0 and one.topic.entity and one.topic.name not in question:
            yield pair_of(one, QUESTION, f"{one.topic.name}: {_lower(question)}", answer)
    sentence = marked.sentence
    if len(sentence.split()) <= MAX_CLOZE_WORDS and len(words(marked.before + marked.after)) >= 4:
        gap = f"{marked.before}{GAP}{marked.after}"
        yield pair_of(one, CLOZE, f"Fill in the gap ({_where(one)}): {gap}", answer)
        if len(words(marked.before)) >= 4:
            yield pair_of(one, CLOZE, f"{_where(one)}: {marked.before.rstrip()} ...?", answer)


def _term(term: str, names: frozenset[str]) -> str:
    first = term.split()[0]
    return (
        term[:1].lower() + term[1:] if first in {"The", "A", "An"} and first not in names else term
    )


def _where(one: Evidence) -> str:
    title = re.sub(r"[\"“”]", "", plain(one.title))
    return f"{title}, {one.heading}" if one.heading and one.heading != title else title


def _of_cell(one: Evidence) -> Iterator[Pair]:
    fact, answer = one.fact, one.answer
    for subject in _subjects(one):
        for question in attribute_questions(subject, one.attribute, answer, one.noun):
            yield pair_of(one, QUESTION, question, answer)
    bare = fact.subject
    first = attribute_questions(bare, one.attribute, answer, one.noun)[0]
    if one.title and not one.topic.entity:
        yield pair_of(one, QUESTION, by_title(first, one), answer)
    label = lower_label(one.attribute)
    yield pair_of(one, CLOZE, f"{bare}, {label}: {GAP}", answer)
    if answer.lower() not in {"yes", "no"}:
        yield pair_of(one, CLOZE, f"Fill in the gap: The {label} of {bare} is {GAP}.", answer)
    if one.unique and answer.lower() not in {"yes", "no"}:
        yield pair_of(one, REVERSE, reverse_question(one.noun, one.attribute, answer), bare)


def _subjects(one: Evidence) -> Sequence[str]:
    """How the subject is called: `the GW-31`; with the topic when the row alone says too little."""
    subject = one.fact.subject
    if subject == one.topic.name:
        return [f"the {subject}"] if one.topic.entity else [subject]
    if distinctive(subject) or (
        re.match(r"[A-Z][a-z]+$", subject) is not None and not one.topic.entity
    ):
        return [subject]
    if one.topic.entity:
        return [
            f"{subject} of the {one.topic.name}",
            f"the {one.topic.name} {lower_label(subject)}",
        ]
    return [subject]


def _statement(one: Evidence, sentence: str) -> Iterator[Pair]:
    if len(sentence.split()) > MAX_STATEMENT_WORDS or not sentence.endswith("."):
        return
    if one.fact.subject in {"", "you", one.topic.name}:
        return
    about = _lower(one.fact.subject) if one.fact.subject[:1].isupper() else one.fact.subject
    yield pair_of(one, STATEMENT, f"What does {_the(one.title)} say about {about}?", sentence)
