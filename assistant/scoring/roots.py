"""Word forms and everyday synonyms: "lost" and "loss", "shut" and "close".

Used where an answer may put a reason, a way, an action or a place in its own words; names and
values are never compared so.
"""

import re
from functools import lru_cache

from assistant.scoring.wordlist import word_list

_SUFFIX = re.compile(r"(?:ing|ed|es|e|s)$")
_IRREGULAR = """
lose lost loss losing : break broke broken : build built : write wrote written : sell sold sale
buy bought purchase purchased : give gave given donate donated hand handed pass passed
take took taken : keep kept store stored storage : send sent submit submitted mail mailed
pay paid payment : hold held : wear wore worn : throw threw thrown : drive drove driven driving
grow grew grown growth : fall fell fallen : rise rose risen : begin began begun start started
steal stole stolen theft : freeze froze frozen : choose chose chosen choice : weigh weight
deliver delivered delivery : safe safety safely : heavy heavily : rain rained rainy rainfall raining
snow snowed snowfall : shut close closed closure closing : end ended finish finished
repair repaired fix fixed mend mended : ban banned forbid forbidden prohibit prohibited
allow allowed permit permitted : rubbish trash garbage waste : lorry truck lorries trucks
car automobile : lift elevator : phone telephone : photo picture photograph : autumn
staff employee personnel : big large : small little : fast quick quickly rapidly
need require required requirement : get receive received obtain obtained : next following
show display shown displayed : stop halt stopped : help assist assistance : mistake error
cancel cancelled canceled cancellation : expensive costly : cheap inexpensive
turn turned switch switched : meeting session : doctor physician : child kid children
protect protection protected : prevent avoid prevention : clean cleaned cleaning
destroy destroyed destruction : damage damaged : leak leaking leakage : fail failed failure
fire blaze : enough sufficient : dangerous hazardous : immediately straightaway : via through
have has had : replace change swap exchange renew replacement : swim swam swimming
save saved saving : energy power electricity : reduce reduced lower lowered cut
arrive arrived arrival : leave left depart departed departure : dry dried drying
flood flooded flooding : road street : fog foggy : wind windy : ice icy
"""
_ROOT = {
    word: group.split()[0]
    for line in _IRREGULAR.strip().splitlines() for group in line.split(" : ")
    for word in group.split()
}  # fmt: skip
_ENDINGS = ("er", "ee", "or", "less", "free", "able", "ful", "ist", "ian")

_LIGHT = {word: "put" for word in word_list("put place lay set apply throw fit attach")}
_LIGHT |= {word: "give" for word in word_list("give donate hand pass send")}
_LIGHT |= {word: "" for word in word_list("go belong get do use make be happen become carry gone")}


def stem(word: str) -> str:
    """A word without its verb ending, a doubled last letter made single; short words stay."""
    bare = _SUFFIX.sub("", word)
    if len(bare) < 3:
        return word
    return bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "sl" else bare


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """What the forms and everyday synonyms of a word share."""
    known = _ROOT.get(word)
    if known:
        return known
    if len(word) > 4 and word.endswith(("ied", "ies")):
        word = word[:-3] + "y"
    if len(word) > 5 and word.endswith("ly"):
        word = word[:-2]
    return _ROOT.get(word) or stem(word)


def same_root(one: str, other: str) -> bool:
    """Whether two roots belong together: `reduc` and `reduct`, not `depart` and `department`."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    rest = long[len(short) :]
    return len(short) >= 5 and long.startswith(short) and len(rest) <= 4 and (
        rest not in _ENDINGS and not rest.startswith("ment")
    )  # fmt: skip


def light(word: str) -> str | None:
    """The sense of a verb that says little ("put", "give"); empty for "go", None for others."""
    return _LIGHT.get(word, _LIGHT.get(root(word)))
