"""Turns plain declarative sentences into questions (distant supervision).

Subject and auxiliary are swapped ("The mill was built in 1320." -> "When was the mill built?"), so
the questions carry the open vocabulary of the text instead of a fixed list of relations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"(?:(?:{MONTHS}) \d{{1,2}}, \d{{4}}|\d{{1,2}} (?:{MONTHS}) \d{{4}})"
NAME = r"[A-Z][\w'’-]+(?: (?:of |the |de |von |van )?[A-Z][\w'’.-]+){0,3}"
SUBJECT = r"(?P<s>(?:The |A |An )?[A-Z][\w'’ -]{1,50}?)"
AUXILIARY = r"(?P<x>was|is|were|are)"
TAIL = r"(?=[,.;]| and | which | who |$)"
IRREGULAR = dict(
    pair.split(":")
    for pair in ["won:win", "became:become", "began:begin", "left:leave", "wrote:write", "made:make", "took:take", "gave:give", "went:go", "had:have", "led:lead", "met:meet", "sold:sell", "told:tell", "found:find", "founded:found", "held:hold", "kept:keep", "lost:lose", "built:build", "bought:buy", "brought:bring", "taught:teach", "thought:think", "got:get", "sang:sing", "ran:run", "came:come", "saw:see", "knew:know", "grew:grow", "drew:draw", "flew:fly", "fell:fall", "fought:fight", "spoke:speak", "broke:break", "chose:choose", "drove:drive", "rose:rise", "wore:wear", "sent:send", "spent:spend", "lent:lend", "paid:pay", "said:say", "stood:stand", "understood:understand", "beat:beat", "put:put", "set:set", "cut:cut", "hit:hit", "read:read", "died:die", "used:use", "named:name", "moved:move", "lived:live", "married:marry", "studied:study", "released:release", "retired:retire", "served:serve", "received:receive", "caused:cause", "described:describe"]
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


_PASSIVE = [
    (
        re.compile(
            rf"^{SUBJECT} {AUXILIARY} (?P<m>[a-z][^,;]{{2,70}}?) (?:in|on) (?P<a>{DATE}|(?:(?:{MONTHS}) )?\d{{4}})\b"
        ),
        ("When {x} {s} {m}?", "When {x} {s} {m}?", "At what time {x} {s} {m}?"),
    ),
    (
        re.compile(
            rf"^{SUBJECT} {AUXILIARY} (?P<m>[a-z][^,;]{{2,70}}?) (?:in|at|near|to|from) (?P<a>{NAME}(?:, {NAME})?){TAIL}"
        ),
        ("Where {x} {s} {m}?", "In which place {x} {s} {m}?"),
    ),
    (
        re.compile(
            rf"^{SUBJECT} {AUXILIARY} (?P<m>[a-z]\w+ed|written|built|won|made|led|sung|run) by (?P<a>(?:the )?{NAME})"
        ),
        ("Who {m} {s}?", "By whom {x} {s} {m}?", "Who {x} {s} {m} by?"),
    ),
    (
        re.compile(
            rf"^{SUBJECT} {AUXILIARY} (?:also )?(?:called|known as|named) (?P<a>[^,.;()]{{3,40}}){TAIL}"
        ),
        ("What {x} {s} called?", "By what name {x} {s} known?"),
    ),
    (
        re.compile(
            rf"^{SUBJECT} {AUXILIARY} (?P<m>[a-z][^,;]{{2,70}}?) because (?:of )?(?P<a>[^.;]{{5,100}})"
        ),
        ("Why {x} {s} {m}?", "What is the reason that {s} {x} {m}?"),
    ),
    (
        re.compile(
            rf"^{SUBJECT} {AUXILIARY} (?P<m>(?:used|needed|made|meant|designed)) (?P<a>(?:to|for) [^,.;]{{4,70}})"
        ),
        ("What {x} {s} {m} for?",),
    ),
    (
        re.compile(
            rf"^{SUBJECT} (?P<x>can|will|must|may|should|could|would) (?P<m>[a-z]+) (?P<a>[^,.;]{{4,60}}){TAIL}"
        ),
        ("What {x} {s} {m}?",),
    ),
]
_ACTIVE = re.compile(
    rf"^{SUBJECT} (?P<v>[a-z]+) (?P<o>[^,;]{{2,70}}?) (?P<w>in|on|at|for|with|because) (?P<a>[^,.;()]{{2,60}}){TAIL}"
)
_OBJECT = re.compile(
    rf"^{SUBJECT} (?P<v>[a-z]+) (?P<a>(?:the |a |an |his |her |its )?[^,.;()]{{3,50}}?)(?= in | on | at | for | with | from |[.,;])"
)
_WH = {"for": "For what", "with": "With whom or what", "because": "Why", "at": "Where"}
_HAVE = re.compile(
    rf"^{SUBJECT} (?P<v>has|have|had) (?:about |around |over |only )?(?P<a>\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|twelve) (?P<n>[a-z]+(?: [a-z]+)?){TAIL}"
)
_FIRST = re.compile(
    r"^(?P<s>[A-Z][^(),]{2,60}?)(?: \([^()]*\))? (?P<x>is|was|are|were) (?P<a>(?:a|an|the|one of) [^.;]{5,90}?)(?=[.;,]| that | who | which )"
)
_VERB_PHRASE = re.compile(
    rf"^(?P<a>{NAME}) (?P<m>(?:was|is|were|are|has|had|became|won|wrote|made|led|founded|[a-z]+ed) [^.;]{{8,90}})[.;]"
)
_BORN = re.compile(rf"^(?P<s>[A-Z][^()]{{2,60}}?) \((?:[^()]*?\b)?born (?P<a>{DATE})")
_DIED = re.compile(
    rf"^(?P<s>[A-Z][^()]{{2,60}}?) \((?:[^()]*?; )?(?P<b>{DATE}) ?[–-] ?(?P<a>{DATE})\)"
)
_TITLED = [
    (
        re.compile(rf"\bdirected by (?P<a>{NAME})"),
        ("Who directed {t}?", "Who was the director of {t}?"),
    ),
    (
        re.compile(
            r"\bpopulation (?:of [\w ]{2,30} )?(?:was|is|of)(?: about| around)? (?P<a>\d[\d,]{2,12})"
        ),
        (
            "What is the population of {t}?",
            "How many people live in {t}?",
            "How many inhabitants does {t} have?",
        ),
    ),
    (
        re.compile(rf"\bcapital (?:city )?(?:of [\w ]{{2,30}} )?(?:is|was) (?P<a>{NAME})"),
        ("What is the capital of {t}?", "Which city is the capital of {t}?"),
    ),
    (
        re.compile(rf"\b(?:played|plays) (?:as a [\w ]+ )?for (?P<a>(?:the )?{NAME})"),
        ("For which team did {t} play?", "Who did {t} play for?"),
    ),
    (
        re.compile(
            r"\b(?:died|dying) (?:of|from) (?P<a>[a-z][\w' -]{3,40}?)(?= in | on | at |[.,;])"
        ),
        ("What did {t} die of?", "What was the cause of death of {t}?"),
    ),
    (re.compile(rf"\bstarring (?P<a>{NAME})"), ("Who stars in {t}?", "Who acted in {t}?")),
    (
        re.compile(rf"\bmarried (?:to )?(?P<a>{NAME})"),
        ("To whom was {t} married?", "Who married {t}?"),
    ),
]


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
    for rule, forms in _PASSIVE:
        if (m := rule.match(sentence)) and (s := _subject(m["s"], title)):
            yield rng.choice(forms).format(**{**m.groupdict(), "s": s}), m["a"]
    if (m := _ACTIVE.match(sentence)) and (s := _subject(m["s"], title)):
        base = base_form(m["v"], known)
        answer, word = m["a"], m["w"]
        if re.fullmatch(rf"{DATE}|(?:(?:{MONTHS}) )?\d{{4}}", answer):
            ask = rng.choice(
                (
                    "When did {s} {b} {o}?",
                    "In which year did {s} {b} {o}?"
                    if answer.isdigit()
                    else "On what date did {s} {b} {o}?",
                )
            )
        elif word in ("in", "at", "on") and re.fullmatch(NAME, answer):
            ask = "Where did {s} {b} {o}?"
        elif word in ("for", "with", "because"):
            ask = _WH[word] + " did {s} {b} {o}?"
        else:
            ask = ""
        if base and ask:
            yield ask.format(s=s, b=base, o=m["o"]), answer
    if (
        (m := _OBJECT.match(sentence))
        and (s := _subject(m["s"], title))
        and (base := base_form(m["v"], known))
    ):
        yield f"{'Whom or what' if m['a'][:1].isupper() else 'What'} did {s} {base}?", m["a"]
    if (m := _HAVE.match(sentence)) and (s := _subject(m["s"], title)):
        verb = {"has": "does", "have": "do", "had": "did"}[m["v"]]
        yield f"How many {m['n']} {verb} {s} have?", m["a"]
    if (m := _VERB_PHRASE.match(sentence)) and m["a"].split()[0] not in _PRONOUNS:
        who = (
            "Who"
            if person and m["a"].split()[-1] == title.split()[-1]
            else rng.choice(("What", "Who or what"))
        )
        yield f"{who} {m['m']}?", m["a"]


def from_title(text: str, title: str, person: bool, rng: Random) -> Iterator[Pair]:
    """Yield pairs that the opening of an article answers about its title."""
    if m := _BORN.match(text):
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
    if m := _DIED.match(text):
        yield (
            rng.choice(("When did {s} die?", "What is the date of death of {s}?")).format(s=m["s"]),
            m["a"],
        )
        yield f"When was {m['s']} born?", m["b"]
    if m := _FIRST.match(text):
        wh = "Who" if person else "What"
        yield (
            rng.choice(
                (f"{wh} {m['x']} {{s}}?", "How is {s} described?", f"{wh} exactly {m['x']} {{s}}?")
            ).format(s=_lower_article(m["s"])),
            m["a"],
        )
    for rule, forms in _TITLED:
        if m := rule.search(text):
            yield rng.choice(forms).format(t=title), m["a"]


_SPAN = re.compile(rf"{DATE}|\b\d[\d,.]*\d\b|\b{NAME}")


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
        for span in set(_SPAN.findall(sentence)):
            if len(span) > 3 and span not in title and span.split()[0] not in _PRONOUNS:
                seen.setdefault(span, []).append(number)
    for span, where in seen.items():
        if len(where) == 2:
            number = rng.choice(where)
            if 30 < len(sentences[number]) < 160 and not sentences[number].startswith(span):
                yield echo(sentences[number], span), span, number


Rule = Callable[[str], Iterator[Pair]]
