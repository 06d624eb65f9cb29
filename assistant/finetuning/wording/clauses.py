"""Splits a plain statement into lead, subject, verb and rest, or says that it cannot.

No parser: a lexicon and cautious rules. A sentence it is unsure about gives None, and the fact then
gets gap-filling pairs instead of questions, because a broken question teaches a broken question.
"""

import re
from dataclasses import dataclass

from assistant.finetuning.text import word_set
from assistant.finetuning.wording.verbs import AUXILIARIES, NOUN_TOO, PARTICIPLES, VERBS

PREPOSITIONS = word_set(
    """about above across after against along among around as at before behind below beneath
    beside besides between beyond by despite during except for from in inside into like near of off
    on onto out outside over past per since through throughout till to toward towards under until up
    upon via with within without"""
)
DETERMINERS = word_set(
    "the a an this that these those its their our your his her every each any no some all both"
)
_LEADS = PREPOSITIONS | {"if", "when", "once", "while", "whenever", "where", "unless", "because"}
_RELATIVE = word_set(
    """who which that whose where when if while because although whether how what why and"""
)
_PRONOUNS = word_set(
    """it they this these that those he she we you i there here one both such neither either
    none someone anyone everyone what who which how why when where"""
)
_ADVERBS = word_set(
    """also always only currently usually normally still never automatically typically now therefore
    however then already often generally not just about exactly approximately roughly nearly almost
    up at least most more less fewer around over under"""
)


_NO_OPENINGS = word_set("but or nor so yet then thus hence suppose assume let note see e.g i.e")
_ORDINALS = word_set("first last second third next other others former latter")


@dataclass(frozen=True, slots=True)
class Clause:
    """`lead, subject verb rest`, words as in the sentence.

    `auxiliary` is what a question puts before the subject (`is`, `must`, `does`), `verb` what stays
    behind it (empty for `is`, else the base form or what followed the auxiliary).
    """

    lead: str
    subject: str
    auxiliary: str
    verb: str
    rest: str
    finite: str
    """The verb as it stood in the statement (`takes`, `is`), for questions about the subject."""


def parse_clause(sentence: str, names: frozenset[str] = frozenset()) -> Clause | None:
    """Finds the parts of a statement.

    Args:
        sentence: one sentence, plain text, white space squeezed, no final full stop needed.
        names: words that are names; they keep their capital when they move into a question.

    Returns:
        None for questions, commands, pronoun subjects, subordinate clauses in the subject and
        sentences whose verb is not certain.
    """
    text = sentence.strip().rstrip(".!")
    if not text or text.endswith(("?", ":")) or len(text.split()) > 45 or ";" in text:
        return None
    lead, main = _split_lead(text)
    tokens = main.split()
    if _is_command(tokens):
        return Clause(lead, "you", "should", tokens[0].lower(), " ".join(tokens[1:]), "should")
    position = _verb_position(tokens)
    if position is None or position == 0:
        return None
    subject_words, finite = tokens[:position], tokens[position]
    if not _good_subject(subject_words):
        return None
    rest = " ".join(tokens[position + 1 :])
    if not rest and not lead:
        return None
    subject = lower_first(" ".join(subject_words), names)
    word = finite.lower()
    if word in AUXILIARIES and not (
        word in {"has", "have", "had", "does", "do", "did"}
        and not _participle_next(tokens, position)
    ):
        return Clause(lead, subject, word, "", rest, word)
    form = VERBS[word]
    return Clause(lead, subject, form.auxiliary, form.base, rest, word)


def _split_lead(text: str) -> tuple[str, str]:
    """`From May, the fee is 5 EUR` -> (`From May`, `the fee is 5 EUR`)."""
    first, comma, remainder = text.partition(", ")
    if comma and first.split()[0].lower() in _LEADS and len(first.split()) <= 14:
        return first, remainder
    return "", text


def _is_command(tokens: list[str]) -> bool:
    """`Press the button for 8 seconds`: a base form first, then what a verb takes."""
    form = VERBS.get(tokens[0].lower())
    if form is None or form.base != tokens[0].lower() or len(tokens) < 3:
        return False
    following = tokens[1].lower()
    if following == "by" or (following in PREPOSITIONS and form.base in NOUN_TOO):
        return False
    return following in DETERMINERS | PREPOSITIONS | {"and", "it", "them", "only"} - {"of"}


def _verb_position(tokens: list[str]) -> int | None:
    """Index of the finite verb: the first certain one; an ambiguous form only when none follows."""
    doubtful = None
    for index, token in enumerate(tokens[:14]):
        word = token.lower()
        if index == 0:
            continue
        previous = tokens[index - 1].lower().strip(",")
        if previous in PREPOSITIONS or previous in DETERMINERS or token != word:
            continue
        if word in _RELATIVE and word != "and":
            return None
        joined = doubtful is not None and previous in {"and", "but", "or"}
        if word in AUXILIARIES:
            return doubtful if joined else index
        form = VERBS.get(word)
        if form is not None and index + 1 == len(tokens) and form.auxiliary == "did":
            return index if doubtful is None else doubtful
        if form is None or index + 1 >= len(tokens):
            continue
        if not form.ambiguous:
            return doubtful if joined else index
        following = tokens[index + 1].lower().strip("(\"'")
        opens = following in DETERMINERS | PREPOSITIONS | _ADVERBS or not following.isalpha()
        opens = opens or tokens[index + 1][:1].isupper()
        if (doubtful is None and opens and form.auxiliary != "do") or (
            doubtful is None and opens and previous.endswith("s") and previous not in VERBS
        ):
            doubtful = index
    return doubtful


def _good_subject(words: list[str]) -> bool:
    if len(words) > 12 or words[0].lower() in _PRONOUNS:
        return False
    first = VERBS.get(words[0].lower())
    noun = words[0].lower() in NOUN_TOO and len(words) > 1 and words[1].lower() in PREPOSITIONS
    # "Applies to ...", "Replaced by ..." have no subject; "Returns", "Results" are nouns.
    verbal = first is not None and (first.auxiliary != "does" or not first.ambiguous)
    if verbal and len(words) > 1 and not noun:
        return False
    if words[0].lower() in _LEADS or words[-1].lower() in DETERMINERS | PREPOSITIONS:
        return False
    if any(word.lower() in _RELATIVE - {"and"} for word in words):
        return False
    if words[-1].lower() in _ADVERBS | {"and", "or", "but"} or words[0].lower() in _RELATIVE:
        return False
    if any(word.lower() in {"you", "it", "they", "we", "he", "she"} for word in words):
        return False
    if words[0].lower() in _NO_OPENINGS or any(word.lower() in AUXILIARIES for word in words):
        return False
    if len(words) == 1 and words[0].lower() in _ORDINALS:
        return False
    text = " ".join(words)
    if sum(map(text.count, '"“”')) % 2 or re.search(r"[.!?] ", text):
        return False  # half a quotation, or two sentences
    return "," not in text and text.count("(") == text.count(")") and ":" not in text


def _participle_next(tokens: list[str], position: int) -> bool:
    """Whether `has` at `position` is an auxiliary (`has changed`) and not a full verb."""
    following = [t.lower().strip(",") for t in tokens[position + 1 : position + 3]]
    following = [t for t in following if t not in _ADVERBS]
    return bool(following) and (following[0] in PARTICIPLES or following[0] in {"been", "to"})


def lower_first(text: str, names: frozenset[str] = frozenset()) -> str:
    """Lower-cases a sentence's capital unless the first word is a name, code or acronym."""
    first = text.split()[0] if text.split() else ""
    if first in names or not first[1:].islower() or not first.replace("-", "").isalpha():
        return text[:1].lower() + text[1:] if first.lower() in DETERMINERS else text
    following = text.split()[1:2]
    named = following and re.match(r"[A-Z0-9]", following[0]) and first.lower() not in DETERMINERS
    return text if named else text[:1].lower() + text[1:]
