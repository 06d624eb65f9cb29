"""Refusals: does an answer decline to answer?

"I don't know." declines. "I don't know the exact day, but it is within 30 days" attempts, and so
do "There is no limit" and "The API does not support it": they assert something about the world.
A refusal speaks of the speaker's knowledge or of what the documents say.
"""

import re

from assistant.scoring.refusal_patterns import CUE, REFUSALS, SOURCE

_SHORT = re.compile(
    r"\W*(?:(?:sorry|unfortunately|hmm|well|honestly|regrettably|i am afraid|i'm afraid)\W+)*"
    r"(?:no idea(?: sorry|, sorry)?|no clue|unknown|"
    r"unanswerable|n/?a|none known|not known|"
    r"not stated|not specified|not mentioned|not given|not found|not available|not provided|"
    r"not covered|not addressed|no data available|not documented|undocumented|unspecified|unstated|"
    r"no (?:such |relevant |matching )?(?:mention|passage|match|result|evidence)s?(?: found)?|"
    r"no mention of (?:it|this|that)|(?:information|data|details?|answer) (?:is |are )?(?:not "
    r"(?:available|provided|given|found|stated|specified)|missing|unavailable)|"
    r"cannot determine|can't determine|"
    r"not in the (?:documents?|text|context|passages?)|no answer|no information|"
    r"cannot say|can't say|"
    r"don'?t know|dunno|idk|not sure|unclear|unsure|no data|insufficient information|"
    r"not enough information|cannot answer|can't answer|unable to answer|pass|\?+|-+)"
    r"(?:,? (?:i am |i'm )?(?:sorry|unfortunately|i am afraid|i'm afraid))?\W*",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:but|yet|however|though|although|that said|still|nevertheless|nonetheless|"
    r"my best guess|probably|"
    r"i (?:would |'d )?(?:think|guess|believe|assume|say)|it (?:is|was|should be|must be|looks)|"
    r"presumably|likely|most likely|roughly|perhaps|maybe)\b",
    re.IGNORECASE,
)
# What follows the turn and still answers nothing.
_EMPTY_TURN = re.compile(
    r"\b(?:contact|ask|check|consult|refer|see|try|visit|reach out|may|might|can|could|let me|"
    r"happy to|help|look|suggest|recommend|please|sorry|not|n't|no|unclear|other|another|"
    r"different|related|similar)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:whether|if|how|why|who|what|when|where|which)\b[^,;]*$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
# Quoted words are somebody else's: a policy, a form, a display.
_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]")
# So are words after "reads:" or "says:".
_TOLD = re.compile(
    r"\b(?:reads?|says?|shows?|displays?|prints?|replies|writes?)\s*:.*", re.I | re.S
)
_CONDITION = re.compile(r"\b(?:if|when|unless|who|whose)\b[^,;.]*$", re.IGNORECASE)
# What the sources do say is no answer when another sentence declines.
_ABOUT_SOURCE = re.compile(
    rf"^\W*(?:(?:while|although|though)\s+)?{SOURCE}\s+(?:only\s+|just\s+)?(?:talk|cover|describe|discuss|"
    r"mention|list|deal|speak|concern|focus|is\s+about|are\s+about|go)\w*",
    re.IGNORECASE,
)
_CONCESSION = re.compile(r"^\W*(?:while|although|though|even\s+if)\b([^,]*),(.*)", re.IGNORECASE)
_POLITE = re.compile(
    r"\b(?:contact|ask|check|consult|refer|reach out|let me know|please|try|visit|sorry|apolog|"
    r"suggest|recommend|happy to|could you|can you|would you|may want|you can|you could|you might|"
    r"support|help)\b",
    re.IGNORECASE,
)


def is_refusal(text: str) -> bool:
    """Whether `text` declines to answer; an empty answer does.

    A refusal followed by an attempt ("I'm not sure, but it is 30 days") is an attempt, and so is
    an answer that states something and then adds what it does not know. Quoted words and
    conditions ("if you do not know your number, call") are not the speaker's refusal.
    """
    plain = re.sub(r"[’‘`´]", "'", text).strip()
    if not re.search(r"\w", plain):
        return True
    bare = plain.strip(' "“”*_')
    if _SHORT.fullmatch(bare):
        return True
    unquoted = _TOLD.sub(" ", _QUOTED.sub(" ", plain))
    spoken = unquoted if re.search(r"\w", unquoted) else bare
    sentences = [s for s in _SENTENCE.split(spoken) if re.search(r"\w", s)]
    refusing = [_refuses(s) or _refuses_going_on(sentences, i) for i, s in enumerate(sentences)]
    if not any(refusing):
        return False
    for sentence, refuses in zip(sentences, refusing, strict=True):
        if refuses and _attempts_after_turn(sentence):
            return False
        if refuses or sentence.rstrip().endswith("?"):
            continue
        if not (_POLITE.search(sentence) or _ABOUT_SOURCE.match(sentence)):
            return False  # says something of its own
    return True


def _refuses(sentence: str) -> bool:
    return bool(_SHORT.fullmatch(sentence)) or (
        bool(CUE.search(sentence)) and bool(_hits(sentence))
    )


def _hits(sentence: str) -> list[re.Match[str]]:
    """Refusing phrases that do not stand in a condition."""
    found = (p.search(sentence) for p in REFUSALS)
    return [m for m in found if m and not _CONDITION.search(sentence[: m.start()])]


def _refuses_going_on(sentences: list[str], i: int) -> bool:
    """Tell "they give no prices" after a sentence about the sources."""
    if i == 0 or not _ABOUT_SOURCE.match(sentences[i - 1]):
        return False
    return bool(_hits(f"{sentences[i - 1].rstrip(';. ')}, {sentences[i]}"))


def _attempts_after_turn(sentence: str) -> bool:
    hits = _hits(sentence)
    refusal_end = max((m.end() for m in hits), default=0)
    conceded = _CONCESSION.match(sentence)
    if conceded and not _refuses(conceded[2]):
        return not _EMPTY_TURN.search(conceded[2]) and _refuses(conceded[1] + ".")
    before = sentence[: min((m.start() for m in hits), default=0)]
    turn = _TURN.search(sentence, min(refusal_end, len(sentence)))
    # "do not say whether it is allowed" asserts nothing.
    if turn and _ASKED.search(sentence[: turn.start()]) and turn[0].lower().startswith("it "):
        turn = None
    if turn:
        rest = sentence[turn.end() :]
        said = sentence[turn.start() :]
        if re.search(r"\d", rest) and not _EMPTY_TURN.search(rest[:12]):
            return True
        if not _refuses(rest) and not _EMPTY_TURN.search(said[:60]) and len(rest.split()) >= 1:
            return True
    # "The limit is 30 days, but I don't know whether it applies to you."
    return bool(
        re.search(r"\d|\b(?:is|are|was|costs|takes)\b.*,\s*(?:but|though|although)", before)
    ) and bool(re.search(r",|;|\bbut\b|\bthough\b", before))
