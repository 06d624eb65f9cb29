"""Proper names: runs of capitalised words, with their particles."""

import re
from collections.abc import Iterable, Iterator

from assistant.finetuning.extractors.found import Found
from assistant.finetuning.text import word_set

_CAP = r"(?:[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ](?:[^\W\d_]|['’-](?=[^\W\d_]))+)"
_PARTICLE = r"(?:de|da|del|della|di|du|der|den|van|von|la|le|el|al|bin|of|the|and|Ó|&)"
_NAME = re.compile(rf"(?<![\w-]){_CAP}(?:\s(?:{_PARTICLE}\s){{0,2}}{_CAP})*(?![\w-]|\s?\()?")
_NOT_NAMES = word_set(
    """The This That These Those It Its If In On At For From With When Where Which Who What Why How A
    An And Or But Not No Yes You Your We Our They Their He She His Her I My As By To Of Each Every
    All Any Some Both After Before Until Since During While Because Then Than There Here Please Note
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December Is Are Was Were Has Have Do Does Did Can Must
    Should Will May Use Press Open Close Set See Send Choose Select Click Check Keep Wait"""
)
_ORGANISATION = word_set(
    """team care support office plant service services logistics department group company ltd inc ab
    gmbh street quay road avenue lane park house centre center lab labs works cloud policy guide
    manual handbook plan program programme system systems project board committee council university
    school hospital bank agency institute foundation association instruments warehouse region sales
    server gateway portal desk line unit north south east west new lake island"""
)
ROLE_WORDS = word_set(
    """manager director head lead leader officer president founder engineer chief ceo cto cfo coo
    chair chairman chairwoman secretary minister king queen author inventor designer owner doctor
    professor teacher artist composer writer scientist member contact person deputy vice supervisor
    coordinator administrator auditor editor successor predecessor captain coach mayor governor by
    with ask from"""
)


def find_names(text: str, known: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Names of two or more capitalised words, or one word that is known to be a name.

    Args:
        text: a sentence.
        known: names met elsewhere in mid-sentence (`gather_names`); they count at the start of a
            sentence too, where any word is capitalised, and single words only when listed here.
    """
    for start, end in _runs(text):
        name = text[start:end]
        initial = not text[:start].strip(' "“*`(-')
        many = len(name.split()) > 1
        if (many and not initial) or name in known:
            yield Found(start, end, "name")


def gather_names(sentences: Iterable[str]) -> frozenset[str]:
    """Names that stand in mid-sentence, where a capital letter means something."""
    return frozenset(
        text[start:end]
        for text in sentences
        for start, end in _runs(text)
        if start > 0 and text[:start].rstrip()[-1:] not in {"", ".", ":", "!", "?", "|", "(", "*"}
    )


def is_person(name: str, before: str, after: str) -> bool:
    """A careful guess: two or three name words, none of an organisation, and a role next to it.

    Args:
        name: the name.
        before: the text before it in its sentence.
        after: the text after it.
    """
    parts = name.split()
    if not 2 <= len(parts) <= 4 or any(p.lower() in _ORGANISATION for p in parts):
        return False
    if " and " in name or " of " in name or " the " in name:
        return False
    near = re.findall(r"\w+", " ".join(before.lower().split()[-6:] + after.lower().split()[:8]))
    return any(word in ROLE_WORDS for word in near)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for match in _NAME.finditer(text):
        start, end = match.span()
        while first := re.match(r"(\S+)\s+", text[start:end]):
            if first[1] not in _NOT_NAMES:
                break
            start += first.end()
        name = text[start:end]
        if name and name not in _NOT_NAMES and len(name) > 2 and not name.isupper():
            yield start, end
