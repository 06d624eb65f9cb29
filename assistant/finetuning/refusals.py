"""Questions that must be declined: things of the corpus asked for what nothing says about them."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from random import Random

from assistant.answering.prompts import REFUSAL
from assistant.finetuning.evidence import Evidence
from assistant.finetuning.passages import (
    USUAL_SHOWN,
    ChunkIndex,
    Neighbours,
    distractors,
    with_passages,
)
from assistant.finetuning.strangers import stranger
from assistant.finetuning.text import content_words, distinctive, short_hash, words
from assistant.finetuning.wording.attributes import (
    attribute_questions,
    is_noun_phrase,
    lower_label,
)
from assistant.finetuning.wording.questions import value_questions
from assistant.schema import Chunk, Pair

CLOSED, OPEN = "refusal", "refusal_passages"
STRANGERS = 0.6
"""Of the refusals, questions that are taught and now ask about something invented."""
_INVENTED = (
    "colour",
    "inventor",
    "birthplace",
    "nickname",
    "market share",
    "resale value",
    "insurance value",
    "annual budget",
    "profit margin",
    "number of competitors",
    "carbon footprint",
    "patent number",
    "customs tariff",
    "export licence",
    "advertising slogan",
    "recycling rate",
    "tax code",
    "stock symbol",
    "founding members",
    "retirement date",
    "previous name",
    "sister company",
    "failure rate",
    "success rate",
    "training cost",
    "storage cost",
    "fuel consumption",
    "water consumption",
    "noise level",
    "radiation level",
    "magnetic field",
    "chemical formula",
    "melting point",
    "acceleration",
    "top speed",
    "population",
    "altitude",
    "postal code",
    "bank account",
    "shareholders",
    "opening ceremony",
    "designer",
    "photographer",
    "translator",
    "favourite book",
    "university degree",
    "home town",
    "shoe size",
    "salary",
    "age",
)
"""Attributes many things have and few documents state; those a corpus does state are not used."""


def refusal_pairs(
    evidence: Sequence[Evidence],
    chunks: Sequence[Chunk],
    *,
    count: int,
    asked: Sequence[str] = (),
    neighbours: Neighbours | None = None,
    fits: Callable[[Pair], bool] | None = None,
    passages_share: float = 0.3,
    shown: int = USUAL_SHOWN,
    seed: int = 0,
) -> list[Pair]:
    """Unanswerable questions about real subjects, answered with the refusal sentence.

    Four kinds: a question that is taught, about an invented thing; a real question about another
    thing of the corpus (`How long does the BP-2 last?` asked of the TL-7), an attribute that other
    things of the same kind have, an invented attribute. Of the last three a question is only made
    when no chunk that names the subject contains all its other words.

    Args:
        evidence: facts, for subjects and attributes.
        chunks: all chunks, to make sure of the absence.
        count: how many, at most.
        asked: wordings that are taught with their answers.
        neighbours: finds passages near a question; default is `ChunkIndex`.
        fits: whether a row fits the model.
        passages_share: part of them that are shown with passages (variant `refusal_passages`).
        shown: passages that an answer is given.
        seed: of the choice.
    """
    rng = Random(f"refusals/{seed}")
    subjects = _subjects(evidence)
    real = _attributes_by_noun(evidence)
    swaps = _swappable(evidence)
    if not subjects or count <= 0:
        return []
    index = ChunkIndex(chunks)
    find = neighbours or index.nearest
    told = _Told(chunks)
    names = frozenset().union(*(one.names for one in evidence))
    made: list[Pair] = []
    seen: set[str] = set()
    for _ in range(count * 8):
        if len(made) >= count:
            break
        subject, noun = rng.choice(subjects)
        draw = rng.random()
        taught = rng.choice(asked) if asked and rng.random() < STRANGERS else ""
        if taught:
            question = stranger(taught, names, told.known, rng)
        elif draw < 0.35 and swaps:
            question = _swapped(rng.choice(swaps), subject, told)
        else:
            near = real.get(noun) or real.get("", [])
            attribute = rng.choice(near if draw < 0.7 and near else _INVENTED)
            absent = not told.mentions(subject, attribute)
            forms = attribute_questions(subject, attribute, "", noun)
            question = rng.choice(forms) if absent else ""
        if not question or question in seen:
            continue
        seen.add(question)
        pair = Pair(short_hash([CLOSED, question]), question, REFUSAL, variant=CLOSED)
        if rng.random() < passages_share:
            # Beside an invented thing stand the passages that answer for the real one.
            beside = find(taught or question, 6)[: max(1, distractors(rng, shown))]
            row = with_passages(pair, beside, rng)
            pair = Pair(row.id, question, REFUSAL, variant=OPEN, passages=row.passages)
            if not beside or (fits is not None and not fits(pair)):
                continue
        made.append(pair)
    return made


class _Told:
    """Whether any passage that names a subject also speaks of an attribute."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._by_word: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._seen: dict[tuple[str, str], bool] = {}
        for chunk in chunks:
            text = frozenset(content_words(chunk.indexed_text)) | frozenset(
                words(chunk.indexed_text)
            )
            for word in text:
                self._by_word[word].append(text)

    @property
    def known(self) -> Collection[str]:
        """Every word, lower case."""
        return self._by_word.keys()

    def mentions(self, subject: str, attribute: str) -> bool:
        names = frozenset(words(subject))
        rare = min(names, key=lambda w: len(self._by_word.get(w, ())), default="")
        wanted = content_words(attribute)
        return any(names <= text and wanted <= text for text in self._by_word.get(rare, ()))


def _attributes_by_noun(evidence: Iterable[Evidence]) -> dict[str, list[str]]:
    """What is said of things of one kind (`kit`); under the empty noun, of anything by name."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in evidence:
        if _plain_attribute(one.attribute) and is_noun_phrase(lower_label(one.attribute)):
            found[one.noun].add(one.attribute)
    return {noun: sorted(attributes) for noun, attributes in found.items()}


def _swappable(evidence: Iterable[Evidence]) -> list[tuple[str, str]]:
    """(question, the one code in it) of plain sentences: to be asked of another thing."""
    found = []
    for one in evidence:
        if one.marked is None:
            continue
        for question in value_questions(
            one.marked, one.fact.kind, person=one.person, names=one.names, antecedent=one.antecedent
        )[:1]:
            codes = re.findall(r"(?<![\w-])[A-Z]{1,4}-\d+[A-Z]?(?![\w-])", question)
            if len(codes) == 1:
                found.append((question, codes[0]))
    return sorted(set(found))


def _swapped(asked: tuple[str, str], subject: str, told: _Told) -> str:
    """The question about another thing, if no passage could answer it; else empty."""
    question, code = asked
    if subject == code or not re.fullmatch(r"[A-Z]{1,4}-\d+[A-Z]?", subject):
        return ""
    rest = question.replace(code, "")
    return "" if told.mentions(subject, rest) else question.replace(code, subject)


def _subjects(evidence: Iterable[Evidence]) -> list[tuple[str, str]]:
    """Things with a name of their own: codes, table rows, capitalised subjects."""
    found: dict[str, str] = {}
    for one in evidence:
        subject = one.fact.subject
        named = bool(distinctive(subject)) and not subject[:1].isdigit()
        capital = subject[:1].isupper() and one.marked is None and len(subject.split()) == 1
        if (named or capital) and 1 <= len(subject.split()) <= 4:
            found.setdefault(subject, one.noun)
    return sorted(found.items())


def _plain_attribute(attribute: str) -> bool:
    return 0 < len(attribute.split()) <= 3 and attribute.replace(" ", "").isalpha()
