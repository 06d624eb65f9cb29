"""Pairs from facts: each fact asked in several wordings, forwards, backwards and as a gap."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.finetuning.evidence import Evidence
from assistant.finetuning.text import STOP_WORDS, distinctive, plain, short_hash, words
from assistant.finetuning.wording.attributes import (
    attribute_questions,
    lower_label,
    reverse_question,
)
from assistant.finetuning.wording.clauses import lower_first, parse_clause
from assistant.finetuning.wording.marked import Marked
from assistant.finetuning.wording.questions import value_questions
from assistant.schema import Pair

QUESTION, REVERSE, STATEMENT, CLOZE = "question", "reverse", "statement", "cloze"
KEYWORDS = "keywords"
GAP = "____"
MAX_STATEMENT_WORDS = 26
MAX_CLOZE_WORDS = 34
KEYWORD_COUNT = (3, 12)
"""Fewer words do not say what is asked; more are a sentence again."""


def make_pairs(evidence: Iterable[Evidence]) -> list[Pair]:
    """Every deterministic pair of every fact, unfiltered.

    Args:
        evidence: facts with their text, from `facts.find_evidence`.

    Returns:
        Pairs in the order of the facts. Variants: `question`, `reverse` (the answer is the thing,
        the question holds its value), `cloze` (a gap), `statement` (a whole sentence) and
        `keywords` (what one would type into a search box, forwards and turned round).
    """
    pairs: list[Pair] = []
    stated: set[str] = set()
    for one in evidence:
        pairs.extend(_of_cell(one) if one.marked is None else _of_sentence(one, one.marked))
        sentence = one.marked.sentence if one.marked else ""
        if sentence and sentence not in stated and one.fact.kind != "heading":
            stated.add(sentence)
            pairs.extend(_statement(one, sentence))
    return list({pair.id: pair for pair in pairs}.values())


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
    """Puts the document first: `According to "Travel policy 2026", what ...?`."""
    return f"According to {_the(one.title)}, {_lower(question)}"


def _the(title: str) -> str:
    title = re.sub(r"[\"“”]", "", plain(title)).strip()
    return f'"{title}"' if len(title.split()) > 1 else title


def _lower(question: str) -> str:
    first = question.split()[0]
    return (
        question[:1].lower() + question[1:] if first.isalpha() and first[1:].islower() else question
    )


def _of_sentence(one: Evidence, marked: Marked) -> Iterator[Pair]:
    answer = one.answer
    if one.fact.kind == "definition":
        yield from _of_definition(one, answer)
        return
    questions = value_questions(
        marked, one.fact.kind, person=one.person, names=one.names, antecedent=one.antecedent
    )
    for number, question in enumerate(questions):
        yield pair_of(one, QUESTION, qualified(question, one), answer)
        if number == 0 and one.title and not one.topic.entity:
            yield pair_of(one, QUESTION, by_title(question, one), answer)
        if number == 0 and one.topic.entity and one.topic.name not in question:
            yield pair_of(one, QUESTION, f"{one.topic.name}: {_lower(question)}", answer)
    sentence = marked.sentence
    if len(sentence.split()) <= MAX_CLOZE_WORDS and len(words(marked.before + marked.after)) >= 4:
        gap = f"{marked.before}{GAP}{marked.after}"
        yield pair_of(one, CLOZE, f"Fill in the gap ({_where(one)}): {gap}", answer)
        if len(words(marked.before)) >= 4 and not words(marked.after):
            yield pair_of(one, CLOZE, f"{_where(one)}: {marked.before.rstrip()} ...?", answer)
    for asked in _keywords(one, marked):
        yield pair_of(one, KEYWORDS, asked, answer)


def _keywords(one: Evidence, marked: Marked) -> Iterator[str]:
    """The words that carry the sentence, without the value; then the same, last part first.

    A person's question shares these words with the document and little else: a fact that was only
    met in whole questions of one shape is not found again under a wording of another shape.
    """
    text = f"{marked.before} {marked.after}"
    if one.topic.name.lower() not in text.lower():
        text = f"{one.topic.name} {text}"
    found = [w.strip('.,;:!?()[]"') for w in text.split()]
    found = [w for w in found if w and w.lower() not in STOP_WORDS and words(w)]
    if KEYWORD_COUNT[0] <= len(found) <= KEYWORD_COUNT[1]:
        half = len(found) // 2
        yield " ".join(found)
        yield " ".join([*found[half:], *found[:half]])


def _of_definition(one: Evidence, answer: str) -> Iterator[Pair]:
    term, verb = lower_first(one.fact.subject, one.names), one.fact.relation
    forms = [f"What {verb} {term}?", f"How {verb} {term} described?", f"What does {term} mean?"]
    for form in forms[: 3 if verb == "is" else 2]:
        yield pair_of(one, QUESTION, qualified(form, one), answer)
    yield pair_of(one, REVERSE, qualified(f"What {verb} described as {answer}?", one), term)


def _where(one: Evidence) -> str:
    title = re.sub(r"[\"“”]", "", plain(one.title))
    return f"{title}, {one.heading}" if one.heading and one.heading != title else title


def _of_cell(one: Evidence) -> Iterator[Pair]:
    fact, answer = one.fact, one.answer
    for subject in _subjects(one):
        for question in attribute_questions(subject, one.attribute, answer, one.noun):
            yield pair_of(one, QUESTION, question, answer)
    bare = fact.subject
    asked = attribute_questions(bare, one.attribute, answer, one.noun)
    if asked and one.title and not one.topic.entity:
        yield pair_of(one, QUESTION, by_title(asked[0], one), answer)
    yield pair_of(one, CLOZE, f"{bare}, {lower_label(one.attribute)}: {GAP}", answer)
    if one.title:
        yield pair_of(one, CLOZE, f"{_where(one)} | {bare} | {one.attribute} | {GAP}", answer)
    if asked and one.unique and answer.lower() not in {"yes", "no"}:
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
    """The whole sentence as the answer, where its subject says what to ask for."""
    if len(sentence.split()) > MAX_STATEMENT_WORDS or not sentence.endswith("."):
        return
    clause = parse_clause(sentence, one.names)
    if clause is None or clause.subject in {"you", one.topic.name} or clause.lead:
        return
    if len(clause.subject.split()) > 8 or clause.subject.split()[0] in {"its", "their", "nobody"}:
        return
    question = f"What does {_the(one.title)} say about {clause.subject}?"
    yield pair_of(one, STATEMENT, question, sentence)
