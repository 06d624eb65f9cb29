"""The corpus's own questions, asked of things that do not exist.

A model that was only ever taught answers gives one to anything that sounds like what it was
taught. So the taught wordings themselves are put to invented products, people and places: then
nothing but the name tells what is known from what is not.
"""

import re
from collections.abc import Collection
from random import Random

_WORD = re.compile(r"[^\W_]+(?:[-.'’/][^\W_]+)*")
_STARTS: tuple[str, ...] = (*"bdfghklmnprstvz", "br", "dr", "gr", "kl", "pr", "sk", "st", "tr")
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ee", "ou")
_ENDS = ("l", "m", "n", "r", "s", "t", "x", "nd", "rk", "lt", "sk", "ll", "rn", "th")
_TRIES = 20


def stranger(question: str, names: Collection[str], known: Collection[str], rng: Random) -> str:
    """The question about an invented thing; empty when it names nothing that could be another.

    Args:
        question: a question the corpus answers.
        names: words of the collection that keep their capital letter.
        known: all words of the collection, lower case; an invented name is none of them.
        rng: of the choice.
    """
    if '"' in question:  # a document's title, which people do not ask with
        return ""
    replaced: dict[str, str] = {}
    spans = [m for m in _WORD.finditer(question) if _is_name(m, names)]
    for match in spans:
        word = match[0]
        if word not in replaced:
            replaced[word] = _invented(word, known, rng)
    if not all(replaced.values()) or not replaced:
        return ""
    made = question
    for match in reversed(spans):
        made = made[: match.start()] + replaced[match[0]] + made[match.end() :]
    return made


def _is_name(match: re.Match[str], names: Collection[str]) -> bool:
    """A code, or a proper name that does not only open the sentence; no bare acronym (USB, EUR)."""
    word = match[0]
    if is_code(word):
        return True
    return bool(match.start()) and word in names and word[:1].isupper() and not word.isupper()


def is_code(word: str) -> bool:
    """Letters in capitals and digits together: `BP-2M`, `SB6022`, `INC-2026-007`."""
    letters = [c for c in word if c.isalpha()]
    return any(c.isdigit() for c in word) and bool(letters) and all(c.isupper() for c in letters)


def _invented(word: str, known: Collection[str], rng: Random) -> str:
    """A name of the same make that the collection does not have; empty if none was found."""
    for _ in range(_TRIES):
        made = _code(word, rng) if is_code(word) else _name(rng)
        if made != word and made.lower() not in known:
            return made
    return ""


def _code(word: str, rng: Random) -> str:
    """The code with other letters and digits, zeros kept (`SB-6022` -> `KD-4081`)."""
    return "".join(_other(character, rng) for character in word)


def _other(character: str, rng: Random) -> str:
    if character.isalpha():
        return rng.choice("ABCDEFGHKLMNPRSTVWXZ")
    return rng.choice("123456789") if character.isdigit() and character != "0" else character


def _name(rng: Random) -> str:
    """Two or three syllables with a capital (`Trouvask`)."""
    middle = "".join(
        rng.choice(_STARTS) + rng.choice(_VOWELS) for _ in range(rng.choice((1, 1, 2)))
    )
    return (middle + rng.choice(_STARTS) + rng.choice(_VOWELS) + rng.choice(_ENDS)).capitalize()
