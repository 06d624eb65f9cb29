"""Refusals: does an answer decline to answer?

"I don't know." declines. "I don't know the exact day, but it is within 30 days" attempts, and so
do "There is no limit" and "The API does not support it": they assert something about the world.
A refusal speaks of the speaker's knowledge or of what the documents say.
"""

import re

_SUBJECT = (
    r"(?:(?:the|these|those|this|your|any|my|our|provided|given|available|supplied|retrieved)"
    r"\s+){0,4}"
)
_SOURCE = (
    _SUBJECT
    + r"(?:documents?|documentation|passages?|context|sources?|texts?|materials?|files?|excerpts?|"
    r"knowledge base|information|manual|articles?|records?|data|corpus|pages?)"
)
_MODAL = (
    r"(?:do(?:es)?\s+not|don't|doesn't|did\s+not|didn't|never|cannot|can't|could\s+not|couldn't)"
)
_NOT_SAY = (
    rf"{_MODAL}\s+(?:\w+\s+)?(?:say|state|mention|specify|contain|include|provide|give|cover|tell|"
    r"discuss|address|indicate|list|answer|describe|reveal|disclose|explain)\b"
)
_STATED = (
    r"(?:stated|mentioned|specified|given|provided|listed|covered|documented|included|found|"
    r"available|disclosed|described|known|indicated|recorded|published)"
)
_KNOW = (
    r"(?:know|have\s+(?:(?:any|enough|sufficient|that|the|this|access|such|a|an)\s+)*"
    r"(?:information|knowledge|data|details?|access|context|answer|to that)|"
    r"find|see|recall|remember)"
)

_REFUSALS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:i|we)\s+(?:really\s+|just\s+|simply\s+|honestly\s+)?(?:{_MODAL}|am\s+not\s+able\s+to|"
        rf"am\s+unable\s+to|was\s+unable\s+to|were\s+unable\s+to)\s+(?:really\s+|actually\s+)?{_KNOW}\b",
        r"\b(?:i|we)(?:\s+am|'m|\s+are|'re)\s+(?:not\s+(?:sure|certain|aware|able|familiar)|unsure|"
        r"unable|sorry,?\s+but\s+i)\b",
        r"\b(?:i|we)\s+(?:can't|cannot|can\s+not|could\s+not|couldn't|won't|will\s+not)\s+(?:\w+\s+)?"
        r"(?:answer|say|tell|help|determine|confirm|verify|provide|give|respond|assist|be\s+sure)",
        r"\b(?:i|we)\s+have\s+no\s+(?:idea|information|knowledge|way|data|answer|clue)",
        rf"\b{_SOURCE}\s+{_NOT_SAY}",
        rf"\b{_SOURCE}\s+(?:is|are)\s+silent",
        rf"\b(?:is|are|was|were|has|have)\s*(?:n't|\s+not)\s+(?:been\s+)?(?:\w+ly\s+)?{_STATED}\s+"
        rf"(?:\w+\s+)?(?:in|by|from)\s+{_SOURCE}\b",
        r"\b(?:is|are|was|were|has|have)\s*(?:n't|\s+not)\s+(?:been\s+)?(?:\w+ly\s+)?"
        r"(?:stated|mentioned|specified|given|listed|documented|disclosed|indicated|known)"
        r"(?:\s+(?:here|anywhere))?\W*(?:$|,\s*so\b)",
        rf"\bno\s+(?:\w+\s+)?(?:information|mention|answer|details?|data|record|reference|figure|"
        rf"indication|statement|number)\b"
        rf"(?:\s+(?:is|was|are|were|can|could|be|found|given|available|provided|exists?)){{0,4}}"
        rf"\s+(?:(?:in|from)\s+{_SOURCE}|about|on|regarding|of)\b",
        r"\bno\s+(?:answer|mention|information)(?:\s+(?:was|is|could be))?\s+"
        r"(?:found|given|provided|available)\b",
        rf"\b(?:none|neither)\s+of\s+{_SOURCE}\s+(?:\w+\s+)?(?:say|state|mention|specif|contain|include|"
        r"give|cover|provide|tell|answer|list)",
        r"\bno\s+\w+(?:\s+\w+)?\s+(?:is|are|was|were)\s+(?:stated|mentioned|specified|given|listed|"
        r"documented)\b",
        rf"\b{_SOURCE}\s+(?:give|contain|offer|provide|include|state|mention|list)s?\s+no\b",
        r"\b(?:there\s+is|there's|i\s+found|i\s+see)\s+(?:no|not\s+enough|insufficient)\s+"
        r"(?:information|data|answer|evidence|context|detail)",
        rf"\bnothing\s+(?:in|about|on)\s+{_SOURCE}",
        rf"\b(?:not|nowhere)\s+(?:stated|mentioned|specified|found|given|in|documented)\b.*\b{_SOURCE}",
        r"\b(?:can(?:not|'t|\s+not)|could(?:\s+not|n't))\s+be\s+(?:answered|determined|found|"
        r"established|inferred|verified|concluded)",
        r"\b(?:impossible|not\s+possible|unable)\s+to\s+(?:say|tell|answer|determine|know|find)",
        r"\b(?:insufficient|not\s+enough)\s+(?:information|context|data|evidence|detail)",
        r"\b(?:outside|beyond)\s+(?:of\s+)?(?:my|the|our)\s+(?:knowledge|scope|documents?|expertise)",
        r"\bthe\s+answer\s+is\s+(?:not\s+known|unknown|not\s+(?:in|given|available|provided))",
        r"\bi(?:'d|\s+would)\s+(?:need|have\s+to)\s+(?:more|to\s+(?:look|check))",
    )
)
_SHORT = re.compile(
    r"\W*(?:(?:sorry|unfortunately|hmm|well)\W+)*(?:no idea(?: sorry|, sorry)?|no clue|unknown|"
    r"unanswerable|n/?a|none known|not known|"
    r"not stated|not specified|not mentioned|not given|not found|not available|not provided|"
    r"not in the (?:documents?|text|context|passages?)|no answer|no information|"
    r"cannot say|can't say|"
    r"don'?t know|dunno|idk|not sure|unclear|unsure|no data|insufficient information|"
    r"not enough information|cannot answer|can't answer|pass|\?+|-+)\W*",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:but|however|though|although|that said|still|nevertheless|my best guess|probably|"
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
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_POLITE = re.compile(
    r"\b(?:contact|ask|check|consult|refer|reach out|let me know|please|try|visit|sorry|apolog|"
    r"suggest|recommend|happy to|could you|can you|would you|may want|you can|you could|you might|"
    r"support|help)\b",
    re.IGNORECASE,
)


def is_refusal(text: str) -> bool:
    """Whether `text` declines to answer; an empty answer does.

    A refusal followed by an attempt ("I'm not sure, but it is 30 days") is an attempt, and so is
    an answer that states something and then adds what it does not know.
    """
    plain = re.sub(r"[’‘`´]", "'", text).strip()
    if not re.search(r"\w", plain):
        return True
    if _SHORT.fullmatch(plain):
        return True
    sentences = [s for s in _SENTENCE.split(plain) if re.search(r"\w", s)]
    refusing = [_refuses(s) for s in sentences]
    if not any(refusing):
        return False
    for sentence, refuses in zip(sentences, refusing, strict=True):
        if refuses and _attempts_after_turn(sentence):
            return False
        if not refuses and not _POLITE.search(sentence):
            return False  # says something of its own
    return True


def _refuses(sentence: str) -> bool:
    return bool(_SHORT.fullmatch(sentence)) or any(p.search(sentence) for p in _REFUSALS)


def _attempts_after_turn(sentence: str) -> bool:
    refusal_end = max((m.end() for p in _REFUSALS for m in [p.search(sentence)] if m), default=0)
    starts = [m.start() for p in _REFUSALS for m in [p.search(sentence)] if m]
    before = sentence[: min(starts, default=0)]
    turn = _TURN.search(sentence, min(refusal_end, len(sentence)))
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
