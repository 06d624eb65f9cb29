# ruff: noqa: E501
"""Patterns of plain declarative sentences, and what to ask about each."""

from __future__ import annotations

import re

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"(?:(?:{MONTHS}) \d{{1,2}}, \d{{4}}|\d{{1,2}} (?:{MONTHS}) \d{{4}})"
NAME = r"[A-Z][\w'’-]+(?: (?:of |the |de |von |van )?[A-Z](?:\.(?= [A-Z])|[\w'’-]+)){0,3}"
SUBJECT = r"(?P<s>(?:The |A |An )?[A-Z][\w'’ -]{1,50}?)"
AUXILIARY = r"(?P<x>was|is|were|are)"
TAIL = r"(?=[,.;]| and | which | who |$)"
PASSIVE = [
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
ACTIVE = re.compile(
    rf"^{SUBJECT} (?P<v>[a-z]+) (?P<o>[^,;]{{2,70}}?) (?P<w>in|on|at|for|with|because) (?P<a>[^,.;()]{{2,60}}){TAIL}"
)
OBJECT = re.compile(
    rf"^{SUBJECT} (?P<v>[a-z]+) (?P<a>(?:the |a |an |his |her |its )?[^,.;()]{{3,50}}?)(?= in | on | at | for | with | from |[.,;])"
)
WH = {"for": "For what", "with": "With whom or what", "because": "Why", "at": "Where"}
HAVE = re.compile(
    rf"^{SUBJECT} (?P<v>has|have|had) (?:about |around |over |only )?(?P<a>\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|twelve) (?P<n>[a-z]+(?: [a-z]+)?){TAIL}"
)
FIRST = re.compile(
    r"^(?P<s>[A-Z][^(),]{2,60}?)(?: \([^()]*\))? (?P<x>is|was|are|were) (?P<a>(?:a|an|the|one of) [^.;]{5,90}?)(?=[.;,]| that | who | which )"
)
VERB_PHRASE = re.compile(
    rf"^(?P<a>{NAME}) (?P<m>(?:was|is|were|are|has|had|became|won|wrote|made|led|founded|[a-z]+ed) [^.;]{{8,90}})[.;]"
)
BORN = re.compile(rf"^(?P<s>[A-Z][^()]{{2,60}}?) \((?:[^()]*?\b)?born (?P<a>{DATE})")
DIED = re.compile(
    rf"^(?P<s>[A-Z][^()]{{2,60}}?) \((?:[^()]*?; )?(?P<b>{DATE}) ?[–-] ?(?P<a>{DATE})\)"
)
TITLED = [
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
SPAN = re.compile(rf"{DATE}|\b\d[\d,.]*\d\b|\b{NAME}")
