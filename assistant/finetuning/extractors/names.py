"""Proper names: runs of capitalised words, with their particles."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.finetuning.extractors.found import Found
from assistant.finetuning.text import word_set
from assistant.finetuning.wording.verbs import VERBS

_CAP = r"(?:[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ](?:[^\W\d_]|['’-](?=[^\W\d_]))+)"
_PARTICLE = r"(?:de|da|del|della|di|du|der|den|van|von|la|le|el|al|bin|of|the|and|Ó|&)"
_NAME = re.compile(rf"(?<![\w-]){_CAP}(?:\s(?:{_PARTICLE}\s){{0,2}}{_CAP})*(?![\w-]|\s?\()?")
_NOT_NAMES = word_set(
    """The This That These Those It Its If In On At For From With When Where Which Who What Why How
    A An And Or But Not No Yes You Your We Our They Their He She His Her I My As By To Of
    Each Every All Any Some Both After Before Until Since During While Because Then Than
    There Here Please Note Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Is Are Was
    Were Has Have Do Does Did Can Must Should Will May Use Press Open Close Set See Send
    Choose Select Click Check Keep Wait"""
)
_ORGANISATION = word_set(
    """team care support office plant service services logistics department group company ltd inc ab
    gmbh street quay road avenue lane park house centre center lab labs works cloud policy guide
    manual handbook plan program programme system systems project board committee council university
    school hospital bank agency institute foundation association instruments warehouse region sales
    server gateway portal desk line unit north south east west new lake island"""
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How a collection of texts writes its words."""

    names: frozenset[str]
    """Names met in mid-sentence, where a capital letter means something."""
    common: frozenset[str]
    """Words met in lower case; a capital on them is not that of a name."""

    @property
    def name_words(self) -> frozenset[str]:
        """Words that keep their capital wherever they stand."""
        return frozenset(
            word for name in self.names for word in name.split() if word.lower() not in self.common
        )

    def is_name(self, text: str) -> bool:
        """Whether a capitalised word or run of words is a name rather than a word that starts one.

        Menu labels and headings put capitals on common words; a name has a word of its own.
        """
        parts = [p for p in text.split() if p[:1].isupper()]
        unusual = sum(part.lower() not in self.common for part in parts)
        return unusual > 0 if len(parts) > 1 else unusual > 0 and text in self.names

    def is_person(self, name: str) -> bool:
        """A careful guess: two to four words, none common, none of a place or an organisation."""
        parts = name.split()
        if not 2 <= len(parts) <= 4 or any(p.lower() in _ORGANISATION for p in parts):
            return False
        return all(p[:1].isupper() and p.lower() not in self.common for p in parts)


def read_lexicon(texts: Iterable[str]) -> Lexicon:
    """Names and common words of some sentences."""
    names: set[str] = set()
    common: set[str] = set()
    for text in texts:
        common.update(re.findall(r"(?<![\w@./:-])[^\W\d_A-Z][^\W\d_A-Z]+(?![\w@/-]|\.\w)", text))
        for start, end in _runs(text):
            if start > 0 and text[:start].rstrip()[-1:] not in {
                "",
                ".",
                ":",
                "!",
                "?",
                "|",
                "(",
                "*",
            }:
                names.add(text[start:end])
    return Lexicon(frozenset(names), frozenset(common))


def find_names(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Names of the text, at the start of a sentence only when met elsewhere in mid-sentence."""
    for start, end in _runs(text):
        initial = not text[:start].strip(' "“*`(-')
        first, _, others = text[start:end].partition(" ")
        if initial and others and (first.lower() in lexicon.common or first.lower() in VERBS):
            start, initial = end - len(others), False
        name = text[start:end]
        if lexicon.is_name(name) and (not initial or name in lexicon.names):
            yield Found(start, end, "name")


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
