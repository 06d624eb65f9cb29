"""Yes or no: what an answer to a yes/no question says, with or without the word."""

import re

_YES = re.compile(r"\W*(?:yes|yep|yeah|yup|correct|true|right|indeed|certainly|absolutely)\b", re.I)
_NO = re.compile(r"\W*(?:no|nope|nah|false|incorrect|wrong|never)\b", re.IGNORECASE)
_SOFT_NOT = re.compile(r"\bnot\s+(?:only|just|merely|hesitate)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:not|never|cannot|(?:is|are|was|comes?|works?)\s+without|nobody|none|neither|nothing|nowhere|unable|lacks?|refuses?|"
    r"hardly|barely)\b|\bno\s",
    re.I,
)
# Each pair: a question in the words of one side is denied by the other side's.
_CONTRARY = (
    (
        r"allow(?:s|ed)?|permit(?:s|ted)?|possible|may|can|welcome|accepted|accessible",
        r"banned|forbidden|forbids?|prohibit(?:s|ed)?|disallowed|impossible|refused|denied|illegal|"
        r"rejected|excluded",
    ),
    (
        r"required?s?|mandatory|compulsory|necessary|needed|needs?|must|obliged|have to|has to|"
        r"obligatory",
        r"optional|voluntary|unnecessary|exempt|waived|dispensable",
    ),
    (r"open|opens|opened", r"closed?|closes|shut"),
    (r"free|exempt|gratis", r"charged?|pays?|cost(?:s|ing)?|payable"),
    (
        r"includ(?:e|es|ed|ing)|part of|covers?|covered",
        r"exclud(?:e|es|ed)|extra|excluding|separate",
    ),
    (r"safe|harmless", r"dangerous|unsafe|harmful|toxic|hazardous"),
    (r"same|identical|equal", r"different|differs?|unequal|distinct"),
    (r"switched on|turned on|enabled|active", r"switched off|turned off|disabled|inactive"),
    (r"public", r"private|confidential|secret"),
    (r"inside|indoors?", r"outside|outdoors?"),
    (r"before", r"after|afterwards"),
    (r"available|in stock", r"sold out|out of stock|discontinued|unavailable"),
)
_PAIRS = tuple(
    tuple(re.compile(rf"\b(?:{side})\b", re.IGNORECASE) for side in pair) for pair in _CONTRARY
)
_REQUIRED = _PAIRS[1][0]
_NOT_WITHOUT = re.compile(
    r"\b(?:not|no|never|nobody|cannot|refused|rejected|forbidden|banned)\b.*\bwithout\b|"
    r"\bwithout\b.*\b(?:not|no|never|nobody|cannot|refused|rejected|forbidden|banned)\b|"
    r"\b(?:only|just)\s+(?:valid\s+|possible\s+|allowed\s+)?with\b",
    re.IGNORECASE,
)
# "Only staff can switch it off" denies it of everybody else; "only until ten" is a condition.
_ONLY = re.compile(
    r"(?:^|\b(?:but|is|are|can|may|it|they|works?)\s+)\W*(?:only|solely|exclusively)\s+"
    r"(?P<who>[^.;,]+)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\W*(?:until|till|if|when|after|before|by|once|with|while|up|from|because|about|a\s+few|"
    r"at\s+\d|on\s+\d|\d)",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:can|may|is|are|has|have|do|does|will|should|must)\b", re.IGNORECASE)
_VERB_FORM = re.compile(
    r"\b(?:do|does|is|are|can|may|will|has|have|did|was|were|should|must)\b", re.I
)
_STOP = frozenset((  # without the final s, as `_words` has them
    "a", "an", "the", "in", "on", "at", "of", "to", "for", "by", "and", "or", "it", "its", "can",
    "may", "i", "are", "have", "ha", "be", "them", "thi", "that", "they", "do", "doe", "one", "it",
    "they", "also", "even", "who", "for",
))  # fmt: skip


def polarity_key(reference: str) -> bool | None:
    """True for a "Yes, ..." key, False for "No, ...", None for any other reference."""
    head = re.match(r"\s*(yes|no)\b(?=\W|$)", reference, re.IGNORECASE)
    if not head:
        return None
    rest = reference[head.end() :].strip()
    if rest and rest[0] not in ",.;:-–—!":
        return None  # "No refunds after 30 days" is a phrase, not a yes/no key
    return head[1].lower() == "yes"


def polarity(text: str, question: str = "") -> bool | None:
    """True for a yes, False for a no, None for an empty text; a plain statement is a yes.

    A word that says the contrary of one in the question (closed for open, optional for required,
    unencrypted for encrypted) counts as a denial, and two denials cancel. "Only staff" denies it
    of whoever else is asked about.
    """
    if not re.search(r"\w", text):
        return None
    if _NO.match(text):
        return False
    if _YES.match(text):
        return True
    first = re.split(r"(?<=[.!?;])\s|\n|,\s*(?:but|however|although|unless|if)\b", text.strip())[0]
    if _NOT_WITHOUT.search(first) and _REQUIRED.search(question):
        return True
    if _only_others(first, question):
        return False
    negative = _DENIAL.search(_SOFT_NOT.sub("", first)) is not None
    return not negative ^ _contrary(first, question)


def _contrary(first: str, question: str) -> bool:
    turned = False
    for pair in _PAIRS:
        for mine, theirs in (pair, pair[::-1]):
            if mine.search(question) and theirs.search(first) and not theirs.search(question):
                # "You may pay" says the question's own word besides: only strong pairs turn then.
                own = mine.search(first)
                if own is None or pair is _PAIRS[0] or pair is _PAIRS[1]:
                    turned = not turned
                break
    words = set(re.findall(r"[a-z]{4,}", question.casefold()))
    opposed = re.findall(r"\b(?:un|in|im|non-?|dis)([a-z]{4,})\b", first.casefold())
    return turned ^ any(w in words and f"un{w}" not in words for w in opposed)


def _only_others(first: str, question: str) -> bool:
    only = _ONLY.search(first)
    if not only or not _VERB_FORM.match(question.strip()):
        return False
    asked, said = _words(question), _words(first)
    if not asked - said - _STOP:
        return False  # nothing is left that "only" could leave out
    rest = only["who"]
    while (word := re.match(r"\W*([^\W_]+)", rest)) and _words(word[1]) <= asked | _STOP:
        rest = rest[word.end() :]
    if not word or _CONDITION.match(rest):
        return False
    return bool(_words(_VERB.split(rest)[0]) - _STOP)


def _words(text: str) -> set[str]:
    return {w.rstrip("s") for w in re.findall(r"[^\W_]+", text.casefold())}
