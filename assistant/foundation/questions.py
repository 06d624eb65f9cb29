"""Turns plain declarative sentences into questions (distant supervision).

Subject and auxiliary are swapped ("The mill was built in 1320." -> "When was the mill built?"), so
the questions carry the open vocabulary of the text instead of a fixed list of relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from assistant.foundation.patterns import (
    ACTIVE,
    BORN,
    DATE,
    DIED,
    FIRST,
    HAVE,
    MONTHS,
    NAME,
    OBJECT,
    PASSIVE,
    SPAN,
    TITLED,
    VERB_PHRASE,
    WH,
)
from assistant.foundation.spaced import spaced

IRREGULAR = dict(
    pair.split(":")
    for pair in spaced(
        "won:win became:become began:begin left:leave wrote:write made:make took:take "
        "gave:give went:go had:have led:lead met:meet sold:sell told:tell found:find "
        "founded:found held:hold kept:keep lost:lose built:build bought:buy brought:bring "
        "taught:teach thought:think got:get sang:sing ran:run came:come saw:see knew:know "
        "grew:grow drew:draw flew:fly fell:fall fought:fight spoke:speak broke:break "
        "chose:choose drove:drive rose:rise wore:wear sent:send spent:spend lent:lend "
        "paid:pay said:say stood:stand understood:understand beat:beat put:put set:set "
        "cut:cut hit:hit read:read died:die used:use named:name moved:move lived:live "
        "married:marry studied:study released:release retired:retire served:serve "
        "received:receive caused:cause described:describe"
    )
)
_PRONOUNS = {
    "He",
    "She",
    "It",
    "They",
    "His",
    "Her",
    "Its",
    "Their",
    "This",
    "These",
    "There",
    "That",
    "In",
    "On",
    "At",
}
Pair = tuple[str, str]


def base_form(verb: str, known: set[str]) -> str | None:
    """The infinitive of a past tense, or None when it is not certain (``known``: a word list)."""
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if not verb.endswith("ed") or len(verb) < 5:
        return None
    stem = verb[:-2]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl" and stem[:-1] in known:
        return stem[:-1]
    with_e, without = stem + "e" in known, stem in known
    if with_e and (not without or len(stem) < 5):
        return stem + "e"
    return stem if without else None


def _lower_article(subject: str) -> str:
    return re.sub(r"^(The|A|An) ", lambda m: m[0].lower(), subject)


def _subject(raw: str, title: str) -> str | None:
    if raw in ("He", "She", "It"):
        return title
    if raw.split(" ")[0] in _PRONOUNS or len(raw.split()) > 7:
        return None
    return _lower_article(raw)


def from_sentence(
    sentence: str, title: str, person: bool, known: set[str], rng: Random
) -> Iterator[Pair]:
    """Yield (question, answer) pairs whose answers are spans of the sentence.

    Args:
        sentence: One sentence.
        title: The article it comes from; stands in for "he", "she" and "it".
        person: Whether the article is about a person.
        known: Words that exist, to undo past tenses.
        rng: Picks one wording where there are several.
    """
    for rule, forms in PASSIVE:
        if (m := rule.match(sentence)) and (s := _subject(m["s"], title)):
            yield rng.choice(forms).format(**{**m.groupdict(), "s": s}), m["a"]
    yield from _about_action(sentence, title, known, rng)
    if (m := HAVE.match(sentence)) and (s := _subject(m["s"], title)):
        verb = {"has": "does", "have": "do", "had": "did"}[m["v"]]
        yield f"How many {m['n']} {verb} {s} have?", m["a"]
    if (m := VERB_PHRASE.match(sentence)) and m["a"].split()[0] not in _PRONOUNS:
        who = (
            "Who"
            if person and m["a"].split()[-1] == title.split()[-1]
            else rng.choice(("What", "Who or what"))
        )
        yield f"{who} {m['m']}?", m["a"]


def _about_action(sentence: str, title: str, known: set[str], rng: Random) -> Iterator[Pair]:
    """Questions with "did": time, place, reason and object of what somebody did."""
    if (m := ACTIVE.match(sentence)) and (s := _subject(m["s"], title)):
        base, wh = base_form(m["v"], known), _question_word(m["w"], m["a"], rng)
        if base and wh:
            yield f"{wh} did {s} {base} {m['o']}?", m["a"]
    if (m := OBJECT.match(sentence)) and (s := _subject(m["s"], title)):
        base = base_form(m["v"], known)
        if base:
            wh = "Whom or what" if m["a"][:1].isupper() else "What"
            yield f"{wh} did {s} {base}?", m["a"]


def _question_word(preposition: str, answer: str, rng: Random) -> str:
    """The question word that a phrase ("in 1901", "at Oslo", "for money") answers, or ""."""
    if re.fullmatch(rf"{DATE}|(?:(?:{MONTHS}) )?\d{{4}}", answer):
        return rng.choice(("When", "In which year" if answer.isdigit() else "On what date"))
    if preposition in ("in", "at", "on") and re.fullmatch(NAME, answer):
        return "Where"
    return WH.get(preposition, "") if preposition in ("for", "with", "because") else ""


def from_title(text: str, title: str, person: bool, rng: Random) -> Iterator[Pair]:
    """Yield pairs that the opening of an article answers about its title."""
    if m := BORN.match(text):
        yield (
            rng.choice(
                (
                    "When was {s} born?",
                    "What is the birth date of {s}?",
                    "On which day was {s} born?",
                )
            ).format(s=m["s"]),
            m["a"],
        )
    if m := DIED.match(text):
        yield (
            rng.choice(("When did {s} die?", "What is the date of death of {s}?")).format(s=m["s"]),
            m["a"],
        )
        yield f"When was {m['s']} born?", m["b"]
    if m := FIRST.match(text):
        wh = "Who" if person else "What"
        yield (
            rng.choice(
                (f"{wh} {m['x']} {{s}}?", "How is {s} described?", f"{wh} exactly {m['x']} {{s}}?")
            ).format(s=_lower_article(m["s"])),
            m["a"],
        )
    for rule, forms in TITLED:
        if m := rule.search(text):
            yield rng.choice(forms).format(t=title), m["a"]


def echo(sentence: str, span: str) -> str:
    """The sentence as a question: "The mill stands in which place?" style, for any span in it."""
    if re.fullmatch(r"\d{4}", span):
        word = "which year"
    elif span[0].isdigit():
        word = "how much or how many" if not re.search(MONTHS, span) else "what date"
    else:
        word = "who or what" if len(span.split()) > 1 else "what"
    text = sentence.rstrip(".").replace(span, word, 1)
    return text[0].upper() + text[1:] + "?"


def recurring(sentences: list[str], title: str, rng: Random) -> Iterator[tuple[str, str, int]]:
    """Yield (question, answer, number of the sentence asked about) for spans said twice.

    The sentence that became the question must be taken out of the passage; the answer then has to
    be found in another sentence about the same thing.
    """
    seen: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        for span in dict.fromkeys(SPAN.findall(sentence)):
            if len(span) > 3 and span not in title and span.split()[0] not in _PRONOUNS:
                seen.setdefault(span, []).append(number)
    for span, where in seen.items():
        if len(where) == 2:
            number = rng.choice(where)
            if 30 < len(sentences[number]) < 160 and not sentences[number].startswith(span):
                yield echo(sentences[number], span), span, number
