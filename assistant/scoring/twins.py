"""Somebody else's name around the right one: a relative, a longer name, another who did it."""

import re
from itertools import pairwise

from assistant.scoring.forms import OWNER, plain_word
from assistant.scoring.roots import stem
from assistant.scoring.text import FILLER, Found, Prepared, segment
from assistant.scoring.wordlist import word_list

_KIN = frozenset(
    word_list(
        "brother sister father mother son daughter wife husband widow cousin uncle aunt child "
        "nephew niece parent grandfather grandmother deputy assistant secretary predecessor "
        "successor colleague neighbour neighbor friend rival competitor opponent subsidiary "
        "supplier branch partner boss student pupil apprentice owner founder namesake twin heir "
        "friend critic coach lawyer agent"
    )
)
_DOING = frozenset(
    word_list("job task duty responsibility role work call decision turn business own team")
)
_PERSON = re.compile(r"\W*(?:who|whose|(?:which|what) (?:person|company|firm|club|team))\b", re.I)
_TITLES = frozenset(
    word_list(
        "dr prof professor mr mrs ms miss sir dame captain director president chancellor manager "
        "judge officer sister nurse doctor pastor coach chief head mayor sergeant lieutenant "
        "inspector engineer teacher father rector dean deacon lady lord madam madame maestro"
    )
)


_COPULAS = frozenset(word_list("is are was were the a an also then has have"))


def relative(answer: Prepared, place: Found, question: Prepared) -> str:
    """Ingrid Solheim's predecessor, a subsidiary of Norrland Steel."""
    after, before = answer.text[place.end :], answer.text[: place.start]
    owned = re.match(rf"(?:{OWNER}|(?<=s)')\s*(?:own\s+|\w+er\s+)?([a-z]+)", after)
    if owned:
        word = owned[1].casefold()
        known = {stem(t.word) for t in question.tokens if not t.value}
        if word in _KIN and stem(word) not in known:
            return f"names the {word} of"
        named = _PERSON.match(question.text) and word not in _DOING and stem(word) not in known
        if named and word not in FILLER:
            return f"names the {word} of"
    of = re.search(r"\b([a-z]+)\s+(?:of|to)\s+(?:the\s+)?(?:late\s+)?$", before)
    if of and plain_word(of[1]) in _KIN and plain_word(of[1]) not in {
        t.word for t in question.tokens
    }:  # fmt: skip
        return f"names the {of[1]} of"
    return ""


def longer_name(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> str:
    """Breakwater Plus for Breakwater, Ingmar Solheim for Ingrid Solheim, Hill-Nwosu for Hill."""
    last = key.content[-1] if key.content else None
    if (
        last is None
        or not key.text[key.content[0].start].isupper()
        or (last.value is not None and (len(key.content) == 1 or last.value.unit is not None))
    ):
        return ""
    if last.value is None and not key.text[last.start].isupper():
        return ""
    text = answer.text
    after, before = text[place.end :], text[: place.start]
    if re.match(r"-[A-Z]", after) or re.search(r"[a-z]-$", before):
        return "names something longer than"
    known = {t.word for t in (*question.tokens, *key.tokens)}
    words = [w for w in re.findall(r"[^\W\d_]{4,}", text) if plain_word(w) not in known]
    if words and all(w[0].isupper() for w in words) and len(words) > 2:
        return ""  # Written In Title Case: capitals say nothing
    longer = re.match(r"\s+([A-Z][a-z]{2,}|I{2,3}|IV|V)\b", after)
    if longer and plain_word(longer[1]) not in known and not any(
        v.start <= place.end + longer.start(1) < v.end for v in answer.values
    ):  # fmt: skip
        return "names something longer than"
    return _other_first_name(before, text[: place.end], key, known)


def _other_first_name(before: str, until: str, key: Prepared, known: set[str]) -> str:
    """Ingmar Solheim for Ingrid Solheim, where the family name alone was found."""
    given = key.content[0].word
    words = [t for t in key.content if not t.value]
    if len(words) < 2 or any(plain_word(w) == given for w in re.findall(r"\w+", until[-60:])):
        return ""
    first = re.search(r"(\S+\s+)?\b([A-Z][a-z]+|[A-Z]\.)\s+$", before)
    if not first or (first[1] is None and len(before.split()) != 1):
        return ""
    word = plain_word(first[2].rstrip("."))
    title = word in _TITLES or word in known or word in FILLER
    return "" if title or word == given[:1] else "names another first name before"


def parallel_subject(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> str:
    """Another name does what was asked: Ingrid Solheim signed them, Per Aas wrote them."""
    known = {stem(t.word) for t in question.content if not t.value}
    own = {t.word for t in (*question.tokens, *key.tokens)}
    left, right = segment(answer, place.start, place.end)
    if answer.text[left : place.start].strip().casefold() not in ("", "the", "a", "an"):
        return ""
    rest = [t for t in answer.content if place.end <= t.start < right and not t.value]
    if not rest or any(stem(t.word) in known for t in rest):
        return ""
    others = [t for t in answer.tokens if not left <= t.start < right and not t.value]
    for first, then in pairwise([t for t in others if t.word not in _COPULAS]):
        if segment(answer, first.start, first.end) != segment(answer, then.start, then.end):
            continue
        for name, verb in ((first, then), (then, first)):
            written = answer.text[name.start : name.end]
            if written[0].isupper() and name.word not in own | FILLER and stem(verb.word) in known:
                return "says that another one is what was asked for, not"
    return ""
