"""What declining sounds like: patterns of sentences that say "I do not know" in many ways.

They speak of the speaker's knowledge or of what the sources say; "the API does not support it"
and "no permit is required" speak of the world and are no refusals.
"""

import re

_SUBJECT = (
    r"(?:(?:the|these|those|this|your|any|my|our|provided|given|available|supplied|retrieved)"
    r"\s+){0,4}"
)
SOURCE = (
    _SUBJECT
    + r"(?:documents?|documentation|passages?|context|sources?|texts?|materials?|files?|excerpts?|"
    r"knowledge base|information|manual|articles?|records?|data|corpus|pages?|handbook|guide|"
    r"brochure|sections?|chapters?|paragraphs?|rules|notes|regulations|leaflet)"
    r"(?:\s+(?:provided|given|available|i\s+have|i\s+was\s+given|at\s+hand))?"
)
_MODAL = (
    r"(?:do(?:es)?\s+not|don't|doesn't|did\s+not|didn't|never|cannot|can't|could\s+not|couldn't)"
)
_NOT_SAY = (
    rf"{_MODAL}\s+(?:\w+\s+)?(?:say|state|mention|specify|contain|include|provide|give|cover|tell|"
    r"discuss|address|indicate|list|answer|describe|reveal|disclose|explain|name|go\s+into|touch|"
    r"refer|define|clarify|hold|confirm)\b"
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

_SPEAK = r"(?:say|tell|state|mention|give|contain|answer|cover|discus|addres|specif|name|show)\w*"
_MORE = (
    rf"\b{SOURCE}\s+{_SPEAK}\s+(?:us\s+)?(?:nothing|no\b)",
    rf"\b{SOURCE}\s+(?:make|hold|have|offer)s?\s+no\s+(?:mention|reference|answer|information|detail)",
    rf"\b{SOURCE}\s+(?:leave|keep)s?\s+(?:this|that|it)?\s*(?:open|unclear|unspecified|quiet|silent)",
    rf"\b{SOURCE}\s+fails?\s+to\s+{_SPEAK}",
    rf"\b{SOURCE}\s+\w+(?:\s+\w+){{0,5}},?\s+but\s+not\b",
    rf"\b{SOURCE}\s+\w+(?:\s+\w+){{0,5}}\s+without\s+(?:giving|saying|naming|stating|mentioning)\b",
    rf"\b{SOURCE}\b.*\b(?:they|it|but|and)\s+{_NOT_SAY}",
    rf"\b(?:none|neither)\s+of\s+(?:them|what\s+i\s+was\s+given|{SOURCE})\s+(?:\w+\s+)?{_SPEAK}",
    rf"\b(?:no|neither)\s+(?:passage|document|source|text|section|page)s?\s+{_SPEAK}",
    rf"\bnothing\s+(?:\w+\s+){{0,3}}in\s+(?:{SOURCE}|what\s+i)\b",
    rf"\b(?:isn't|aren't|wasn't|(?:is|are|was)\s+not)\s+(?:part\s+of|(?:covered|addressed|named)\s+"
    rf"(?:by|in)|contained\s+in|in|found\s+in|anywhere\s+in)\s+(?:{SOURCE}\b|here\b)",
    rf"\b(?:does\s+not|doesn't|do\s+not|don't)\s+(?:appear|occur)\s+(?:anywhere\s+)?in\s+{SOURCE}",
    r"\bnowhere\s+to\s+be\s+found\b",
    rf"\bno\s+(?:such\s+)?\w+(?:\s+\w+){{0,5}}\s+(?:appears?|is|are|was)\s*"
    rf"(?:given|stated|mentioned|specified|provided|named)?\s+in\s+{SOURCE}",
    rf"\b(?:unclear|unspecified|not\s+(?:clear|known)|unknown)\s+(?:from|in|by)\s+{SOURCE}",
    r"^\W*(?:this|that|it)\s+(?:is|remains)\s+(?:unspecified|unclear|open|not\s+clear)\W*$",
    r"\b(?:isn't|is\s+not|not)\s+something\s+(?:i|we|(?:the|these|my)\s+\w+)\b",
    r"\b(?:is|are)(?:n't|\s+not)\s+(?:stated|specified|mentioned|known)\s+(?:who|when|where|whether|"
    r"how|why|what|which)\b|\bwhether\b.*\b(?:is|are)(?:n't|\s+not)\s+(?:stated|specified|known)\b",
    r"\bi\s+(?:have\s+not|haven't|was\s+not|wasn't|am\s+not|were\s+not)\s+(?:been\s+)?(?:able\s+to|"
    r"given|told|found|seen)\b",
    r"\bi\s+(?:lack|am\s+missing)\s+(?:the|any|that|enough)\b",
    r"\bi\s+(?:do\s+not|don't)\s+(?:have|see|know\s+of)\s+any\b",
    r"\bi\s+(?:can't|cannot|could\s+not|couldn't|did\s+not|didn't)\s+(?:really\s+)?(?:find|locate|see|"
    r"work\s+out|identify|establish)\b",
    r"\bi\s+(?:would\s+rather\s+not|'d\s+rather\s+not|do\s+not\s+want\s+to|don't\s+want\s+to|won't|"
    r"will\s+not)\s+(?:guess|speculate)\b",
    rf"\bi\s+(?:don't|do\s+not)\s+(?:think|believe)\s+{SOURCE}\s+{_SPEAK}",
    r"\bi\s+(?:found|have)\s+nothing\b|\bcame?\s+up\s+empty\b",
    r"\b(?:nobody|no\s+one)\s+knows\b",
    r"\b(?:information|details?|figure|answer|data)\b[^.;]{0,30}\b(?:is|are|seems?\s+to\s+be)\s+missing\b",
    rf"\bleft\s+(?:out\s+of|unspecified|open)\s+(?:by|in)?\s*{SOURCE}",
    r"\bcan(?:not|'t|\s+not)\s+be\s+(?:derived|worked\s+out|told|deduced)\s+from\b",
    r"^\W*(?:(?:sorry|honestly|regrettably)\W+)*(?:can't|cannot|couldn't|don't|do\s+not)\s+(?:tell|say|"
    r"know|answer)(?:\W*$|\W+(?:this|that|it|sorry)\b)",
    r"^\W*answer\W+(?:is\s+)?(?:unknown|not\s+(?:found|known|given|available)|n/?a|none)\b",
)

REFUSALS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:i|we)\s+(?:really\s+|just\s+|simply\s+|honestly\s+)?(?:{_MODAL}|am\s+not\s+able\s+to|"
        rf"am\s+unable\s+to|was\s+unable\s+to|were\s+unable\s+to)\s+(?:really\s+|actually\s+)?{_KNOW}\b",
        r"\b(?:i|we)(?:\s+am|'m|\s+are|'re)\s+(?:not\s+(?:sure|certain|aware|able|familiar)|unsure|"
        r"unable|sorry,?\s+but\s+i)\b",
        r"\b(?:i|we)\s+(?:can't|cannot|can\s+not|could\s+not|couldn't|won't|will\s+not)\s+(?:\w+\s+)?"
        r"(?:answer|say|tell|help|determine|confirm|verify|provide|give|respond|assist|be\s+sure)",
        r"\b(?:i|we)\s+have\s+no\s+(?:idea|information|knowledge|way|data|answer|clue)",
        rf"\b{SOURCE}\s+(?:\w+ly\s+)?{_NOT_SAY}",
        rf"\b{SOURCE}\s+(?:is|are)\s+silent",
        rf"\b(?:is|are|was|were|has|have)\s*(?:n't|\s+not)\s+(?:been\s+)?(?:\w+ly\s+)?{_STATED}\s+"
        rf"(?:\w+\s+)?(?:in|by|from)\s+{SOURCE}\b",
        r"\b(?:is|are|was|were|has|have)\s*(?:n't|\s+not)\s+(?:been\s+)?(?:\w+ly\s+)?"
        r"(?:stated|mentioned|specified|given|listed|documented|disclosed|indicated|known)"
        r"(?:\s+(?:here|anywhere))?\W*(?:$|,\s*so\b)",
        rf"\bno\s+(?:\w+\s+)?(?:information|mention|answer|details?|data|record|reference|figure|"
        rf"indication|statement|number)\b"
        rf"(?:\s+(?:is|was|are|were|can|could|be|found|given|available|provided|exists?)){{0,4}}"
        rf"\s+(?:(?:in|from)\s+{SOURCE}|about|on|regarding|of)\b",
        r"\bno\s+(?:answer|mention|information)(?:\s+(?:was|is|could be))?\s+"
        r"(?:found|given|provided|available)\b",
        rf"\b(?:none|neither)\s+of\s+{SOURCE}\s+(?:\w+\s+)?(?:say|state|mention|specif|contain|include|"
        r"give|cover|provide|tell|answer|list)",
        r"\bno\s+\w+(?:\s+\w+)?\s+(?:is|are|was|were)\s+(?:stated|mentioned|specified|given|listed|"
        r"documented)\b",
        rf"\b{SOURCE}\s+(?:give|contain|offer|provide|include|state|mention|list)s?\s+no\b",
        r"\b(?:there\s+is|there's|i\s+found|i\s+see)\s+(?:no|not\s+enough|insufficient)\s+"
        r"(?:information|data|answer|evidence|context|detail)",
        rf"\bnothing\s+(?:in|about|on)\s+{SOURCE}",
        rf"\b(?:not|nowhere)\s+(?:stated|mentioned|specified|found|given|in|documented)\b.*\b{SOURCE}",
        r"\b(?:can(?:not|'t|\s+not)|could(?:\s+not|n't))\s+be\s+(?:answered|determined|found|"
        r"established|inferred|verified|concluded)",
        r"\b(?:impossible|not\s+possible|unable)\s+to\s+(?:say|tell|answer|determine|know|find)",
        r"\b(?:insufficient|not\s+enough)\s+(?:information|context|data|evidence|detail)",
        r"\b(?:outside|beyond)\s+(?:of\s+)?(?:my|the|our)\s+(?:knowledge|scope|documents?|expertise)",
        r"\bthe\s+answer\s+is\s+(?:not\s+known|unknown|not\s+(?:in|given|available|provided))",
        r"\bi(?:'d|\s+would)\s+(?:need|have\s+to)\s+(?:more|to\s+(?:look|check))",
        *_MORE,
    )
)
