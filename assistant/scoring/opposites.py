"""The right value said of the opposite: "it ends at 22:30" where the beginning was asked for.

A clause that uses the opposite of a word of the question, and nowhere the word itself, speaks of
the other end, the other direction or the other twin.
"""

import re
from functools import lru_cache

from assistant.scoring.roots import stem
from assistant.scoring.text import Found, Prepared, Token, segment
from assistant.scoring.wordlist import word_list

_PAIRS = """
start begin began begun open commence beginning : end close finish stop cease expire ending
arrive arrival : leave depart departure
rise rose increase grow grew climb raise : fall fell drop sink sank decline decrease reduce cut
buy bought purchase buyer : sell sold seller
win won winner : lose lost loser
lend lent lender : borrow borrower
north northern : south southern
east eastern : west western
upper top : lower bottom
inner inside indoor indoors internal : outer outside outdoor outdoors external
large big larger largest biggest : small little smaller smallest
long longer longest : short shorter shortest
high higher highest tall taller tallest : low lower lowest
wide wider widest : narrow narrower narrowest
deep deeper deepest : shallow shallower shallowest
thick thicker : thin thinner
old older oldest : new newer newest young younger youngest
early earlier earliest : late later latest
1st : last
fast faster fastest : slow slower slowest
hot hotter hottest warm : cold colder coldest
summer : winter
morning : evening
weekday : weekend saturday sunday
import : export
enter entry entrance : exit
boil boiling : freeze freezing melt melting
upload : download
input : output
inbound outward : outbound return
front : rear back
adult : child children
push : pull
lock : unlock
gross : net
sender : recipient receiver addressee
employer : employee
landlord : tenant
"""

_ENDS = "start"
"""The first pair: one end of a stretch of time is told by "until" as well."""
_UNTIL = re.compile(r"\b(?:until|till|to|from|since|between|by)\b", re.IGNORECASE)
_JUST_UNTIL = re.compile(r"(?:\b(?:until|till|to|before|through|and)\s+|[-–]\s?)$", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:unlike|than|not|never|instead\s+of|compared|versus|as\s+opposed\s+to)\b", re.IGNORECASE
)
_RECEIVER = re.compile(r"\b(?:to|against|by)\s+(?:the\s+)?$", re.IGNORECASE)
_BEATEN = re.compile(
    r"\b(?:beats?|beaten|defeat(?:s|ed)|outran|outplayed|overc[oa]me)\s+(?:the\s+)?$", re.IGNORECASE
)
_END_ASKED = re.compile(r"^\W*(?:until|till|how late|by when|by what)\b")
_BEFORE_ASKED = re.compile(r"\b(?:by|before|until|till)\b")
_END_KEY = re.compile(r"(?:until|till|by|before|no later)\b", re.IGNORECASE)
_BEGIN_ASKED = re.compile(r"^\W*(?:from|since|after)\b")
_BEGIN_KEY = re.compile(r"(?:from|since|after)\b|not before\b", re.IGNORECASE)
_DIMENSION = {
    "high": "height", "tall": "height", "height": "height", "wide": "width", "width": "width",
    "broad": "width", "deep": "depth", "depth": "depth", "long": "length", "length": "length",
    "thick": "thickness", "thickness": "thickness",
}  # fmt: skip
_MEASURED = re.compile(
    r"\bhow (high|tall|wide|broad|deep|long|thick)\b|\b(height|width|depth|length|thickness) of\b"
)
_SIDES = {"before": "after", "after": "before"}


@lru_cache(maxsize=1)
def _opposites() -> dict[str, list[tuple[str, frozenset[str], frozenset[str]]]]:
    table: dict[str, list[tuple[str, frozenset[str], frozenset[str]]]] = {}
    for line in _PAIRS.strip().splitlines():
        left, right = (word_list(side) for side in line.split(" : "))
        one, other = (frozenset(stem(w) for w in side) for side in (left, right))
        for mine, theirs in ((one, other), (other, one)):
            for word in mine:
                table.setdefault(word, []).append((left[0], mine, theirs))
    return table


def said_of_the_opposite(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> str:
    """The opposite of a question's word that governs the phrase at `place`; empty when none."""
    side = _other_side(answer, place, key, question)
    if side:
        return side
    left, right = segment(answer, place.start, place.end)
    here = [t for t in answer.tokens if left <= t.start < right and not t.value]
    before = answer.text[left : place.start]
    if _COMPARED.search(answer.text[left:right]):
        return ""
    said = {stem(t.word): t for t in here if not place.start <= t.start < place.end}
    asked = _asked_words(question)
    of_key = {stem(t.word) for t in key.tokens if not t.value}
    for word in sorted(asked):  # the explanation must not depend on hashing
        for name, mine, theirs in _opposites().get(word, ()):
            hits = theirs & said.keys()
            if not hits or mine & said.keys() or theirs & asked or theirs & of_key:
                continue
            if name == _ENDS and _tells_an_end(question, before):
                continue
            if _RECEIVER.search(before) and name in ("buy", "win", "lend"):
                continue  # "sold to X": X bought
            return min(said[h].word for h in hits)
    if asked & {"win", "won", "winner"} and _BEATEN.search(before):
        return "beaten"
    return ""


def _tells_an_end(question: Prepared, before: str) -> bool:
    return bool(_UNTIL.search(question.text) or _JUST_UNTIL.search(before))


def _asked_words(question: Prepared) -> set[str]:
    """Stems of the question's words; "how long" measures, it does not tell long from short."""
    found: set[str] = set()
    last: Token | None = None
    for token in question.tokens:
        if not token.value and not (last and last.word == "how"):
            found.add(stem(token.word))
        if token.word == "up" and last and stem(last.word) in ("go", "goe", "went", "gone"):
            found.add(stem("rise"))
        if token.word == "down" and last and stem(last.word) in ("go", "goe", "went", "gone"):
            found.add(stem("fall"))
        last = token
    return found


def _other_side(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> str:
    """Tell "45 minutes after departure" from "before departure", "without" from "with"."""
    after = answer.text[place.end : place.end + 40]
    before = answer.text[max(0, place.start - 20) : place.start]
    asked = question.text.casefold()
    if re.search(r"\bby how much\b", asked) and re.search(r"\bto\s+$", before, re.IGNORECASE):
        return "to"
    return (
        _before_or_after(after, question)
        or _other_limit(before, after, key.text.strip(), asked)
        or _other_place(after, asked)
        or _other_dimension(after, asked)
    )


def _before_or_after(after: str, question: Prepared) -> str:
    words = {t.word for t in question.tokens if not t.value}
    side = re.match(r"\s+(before|after)\b\s*(?:the\s+|its\s+)?(\w*)", after, re.IGNORECASE)
    if not side:
        return ""
    said, noun = side[1].lower(), side[2].lower()
    known = not noun or any(stem(noun) == stem(w) for w in words)
    return said if _SIDES[said] in words and said not in words and known else ""


def _other_limit(before: str, after: str, key: str, asked: str) -> str:
    """From for until: where question or key set an end, the answer sets a beginning."""
    limit = re.search(
        r"\b(not before|after|before|from|until|till|atmost)\s+(?:the\s+)?$", before, re.I
    )
    if not limit or re.match(r"\s*(?:to|until|till|[-–])\s*\S", after):
        return ""  # a whole range is told
    said = limit[1].lower()
    if said in ("after", "from", "not before"):
        ends = _END_ASKED.search(asked) or _END_KEY.match(key)
        return said if ends or (said == "after" and _BEFORE_ASKED.search(asked)) else ""
    if said == "atmost":  # "up to" for "from which"
        return "up to" if _BEGIN_ASKED.search(asked) else ""
    begins = _BEGIN_ASKED.search(asked) or (_BEGIN_KEY.match(key) and "until" not in asked)
    return said if begins else ""


def _other_place(after: str, asked: str) -> str:
    """Outside the tunnel for in the tunnel, without battery for with battery."""
    inside = re.search(r"\b(?:in|inside|within|on|at)\s+(?:the\s+)?(\w+)", asked)
    if inside and re.match(
        rf"\s+(?:outside|beyond)\s+(?:of\s+)?(?:the\s+)?{inside[1]}\b", after, re.IGNORECASE
    ):
        return "outside"
    having = re.search(r"\bwith\s+(?:(?:the|an?|its)\s+)?(\w+)", asked)
    lacking = having and re.match(
        rf"\s+without\s+(?:(?:the|an?|its)\s+)?{having[1]}\b", after, re.IGNORECASE
    )
    return "without" if lacking else ""


def _other_dimension(after: str, asked: str) -> str:
    """3.5 m long for how wide."""
    measured, said = _MEASURED.search(asked), re.match(r"\s+(?:in\s+)?(\w+)", after)
    if not measured or not said:
        return ""
    mine = _DIMENSION.get(measured[1] or measured[2])
    theirs = _DIMENSION.get(said[1].lower())
    return said[1] if mine and theirs and mine != theirs else ""
