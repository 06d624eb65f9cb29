"""What declining sounds like: patterns of sentences that say "I do not know" in many ways.

They speak of the speaker's knowledge or of what the sources say; "the API does not support it"
and "no permit is required" speak of the world and are no refusals.
"""

import re

_SUBJECT = (
    r"(?:(?:the|these|those|this|your|any|all|both|either|my|our|two|three|four|five|provided|"
    r"given|available|supplied|retrieved|relevant|listed|whole|entire)\s+){0,4}"
)
_NOUNS = (
    r"documents?|documentation|passages?|context|sources?|texts?|materials?|files?|excerpts?|"
    r"extracts?|knowledge base|information|manual|articles?|records?|data|corpus|pages?|handbook|"
    r"guide|brochure|sections?|chapters?|paragraphs?|rules|notes|regulations|leaflet|booklet|"
    r"snippets?|material i have"
)
SOURCE = (
    _SUBJECT + rf"(?:{_NOUNS})"
    r"(?:\s+(?:provided|given|available|supplied|i\s+have|i\s+was\s+given|at\s+hand))?"
)
_MODAL = (
    r"(?:do(?:es)?\s+not|don't|doesn't|did\s+not|didn't|never|cannot|can't|could\s+not|couldn't)"
)
_VOICED = (
    r"(?:say|state|mention|specify|tell|discuss|address|indicate|answer|reveal|disclose|explain|"
    r"name|go\s+into|touch|refer|clarify|confirm|describe|define|identify|elaborate|quantify)"
)
# "The guide does not cover tips" speaks of the world, "does not cover this" of the question.
_OBJECT = (
    r"(?:\W*$|(?:\s+(?:us|me))?\s+(?:an?|any|the|this|that|these|those|it|such|enough|its|their|"
    r"his|her|information|details?|data|whether|who|what|when|where|why|how)\b)"
)
_NOT_SAY = (
    rf"{_MODAL}\s+(?:\w+\s+)?(?:{_VOICED}\b|"
    rf"(?:contain|include|provide|give|cover|list|hold|offer|show)\b{_OBJECT})"
)
# Writings that regulate as well as report: only that they do not *say* a thing is a refusal.
_PAPERS = (
    r"(?:the|this|that|my|your)\s+(?:\w+\s+)?(?:data\s?sheet|contract|report|policy|agreement|"
    r"statutes?|minutes|transcript|catalogue|website|label|entry|book|story|"
    r"instructions?|terms|by-?laws?|summary|list|note)"
)
_STATED = (
    r"(?:stated|mentioned|specified|given|provided|listed|covered|documented|included|found|"
    r"available|disclosed|described|known|indicated|recorded|published)"
)
_KNOW = (
    r"(?:know|have\s+(?:(?:any|enough|sufficient|that|the|this|access|such|a|an)\s+)*"
    r"(?:information|knowledge|data|details?|access|context|answer|to that)|"
    r"find|see(?!\s+(?:why|a\s+problem|any\s+reason))|recall|remember)"
)

_FACTS = (
    r"(?:information|mention|answers?|details?|data|records?|references?|figures?|indications?|"
    r"statements?|numbers?|evidence|hints?|clues?|trace|documentation|passages?|"
    r"results?|match(?:es)?|word)"
)
_SAID = r"(?:stated|mentioned|specified|given|provided|listed|named|documented|disclosed|indicated)"
_SPEAK = r"(?:say|tell|state|mention|give|contain|answer|cover|discus|addres|specif|name|show)\w*"
_BROADER = (
    rf"\b{_PAPERS}\s+(?:\w+ly\s+)?{_MODAL}\s+(?:\w+\s+)?{_VOICED}\b",
    rf"\b(?:{_PAPERS}|{SOURCE}|it|they)\s+(?:says?|states?|mentions?|tells?)\s+(?:us\s+|me\s+)?"
    r"(?:nothing|no\s+word)\b",
    r"^\W*(?:(?:sorry|but|and|so)\W+)*(?:it|they)\s+(?:do(?:es)?\s+not|don't|doesn't|never)\s+"
    r"(?:say|state|mention|specify|tell|indicate|reveal)"
    r"(?:\W*$|\s+(?:this|that|it|so|whether|who|when|where|why|how|what|which)\b)",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+(?:is|are|was|were)\s+(?:of\s+)?(?:no|little)\s+help",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+(?:is|are|was|were)\s+(?:insufficient|inadequate|not\s+(?:enough|"
    r"sufficient|clear\s+(?:on|about)))\b",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+(?:remains?|stays?|keeps?|falls?|is|are)\s+(?:silent|quiet|mute)\b",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+(?:has|have|had|contains?|offers?|holds?)\s+nothing\b",
    rf"\b{SOURCE}\s+(?:gives?|states?|names?|mentions?|contains?|tells?)\s+neither\b",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+(?:\w+\s+)?lacks?\s+(?:this|that|any|the|such|information|details?)\b",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+(?:omits?|leaves?\s+out)\s+(?:the|this|that|any|it)\b",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+(?:ends?|breaks?\s+off|stops?|is\s+cut\s+off)\s+(?:before|without)\b",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+(?:do\s+not|does\s+not|don't|doesn't|neither)\s+(?:confirm\s+(?:n?or)"
    r"\s+den|help)",
    rf"\b(?:{SOURCE}|{_PAPERS})\s+leaves?\s+(?:\w+\s+){{0,5}}(?:unnamed|unclear|open|unspecified|"
    r"unmentioned|unanswered|unstated|unsaid)\b",
    rf"\b(?:{SOURCE}|{_PAPERS})\b[^.;]*,?\s+but\s+(?:none|nothing|no\s+word|not\s+(?:one|a))\b",
    rf"\b(?:goes?|is|are|was|remains?|stays?|left)\s+(?:left\s+)?(?:unmentioned|unspecified|unstated|"
    rf"unsaid)\b(?:\W*$|\s+(?:in|by)\s+(?:{SOURCE}|{_PAPERS}))",
    rf"\b(?:absent|missing|left\s+out|omitted)\s+(?:from|of|in)\s+(?:{SOURCE}|what\s+(?:i|we|is|was))\b",
    rf"\b(?:beyond|outside|outside\s+of)\s+(?:what|the\s+scope\s+of\s+what|anything)\s+(?:{SOURCE}|i|we)\b",
    r"\bleft\s+(?:un\w+|out|open)\s+(?:of|by|in)\s+(?:the|these|this|my|your)\b",
    r"\bmy\s+(?:knowledge|information|sources?|data)\s+(?:does\s+not|doesn't|do\s+not|don't)\s+"
    r"(?:extend|reach|include|cover|go)",
    r"\b(?:i(?:'d|\s+would)|i\s+could)\s+(?:only\s+|just\s+)?(?:have\s+to\s+|be\s+)?guess(?:ing)?\W*(?:$|[;,.])",
    r"\b(?:that|this|it|anything)\s+would\s+be\s+(?:a\s+|pure\s+|mere\s+)*(?:guess|speculation)",
    r"\banyone's\s+guess\b|\bguess\s+is\s+as\s+good\s+as\s+mine\b|\bescapes\s+me\b|\bbeyond\s+me\b",
    r"\b(?:there\s+is|there\s+was|there's|i\s+see|i\s+have|i\s+found|i\s+find)\s+nothing\s+"
    r"(?:\w+\s+)?(?:on|about|regarding|concerning|of\s+the\s+kind)\b",
    r"^\W*nothing\s+(?:\w+\s+)?(?:was|is|has\s+been|could\s+be|can\s+be)\s+found\b",
    rf"\b(?:there\s+(?:is\s+not|isn't|aren't|are\s+not|wasn't|was\s+not)|i\s+(?:don't|do\s+not)\s+"
    rf"(?:have|see))\s+(?:an?\s+|any\s+|enough\s+|one\s+|a\s+single\s+)?(?:\w+\s+)?{_FACTS}\b"
    r"(?:\W*$|\s+(?:of|on|about|in|for|from|regarding|to|that)\b)",
    r"\bnot\s+(?:a|one|a\s+single|any)\s+(?:word|hint|clue|mention|trace|line)\b(?:\W*$|\s+(?:about|of|on|as)\b)",
    rf"^\W*no\s+(?:\w+\s+){{0,2}}{_FACTS}(?:\s+(?:was|is|were|are|has\s+been|could\s+be))?"
    rf"(?:\s+(?:found|available|given|provided|exists?|on|about|of|regarding|in|for|to)\b|\W*$)",
    rf"\b(?:i|we)(?:\s+have|'ve|\s+could|\s+can)?\s+(?:have|see|found|find|hold)\s+no\s+(?:such\s+|relevant\s+)?{_FACTS}\b",
    rf"\b(?:found|find|see)\s+no\s+\w+(?:\s+\w+)?\s+in\s+{SOURCE}",
    rf"^\W*no\s+\w+(?:[\s-]\w+){{0,3}}\s+(?:(?:is|are|was|were)\s+)?{_SAID}(?:\W*$|\s+(?:here|in|by)\b)",
    rf"^\W*(?:the\s+)?(?:\w+\s+)?(?:{_FACTS}|price|date|name)(?:\s+(?:is|are))?(?:n't|\s+not)\s+"
    rf"(?:available|found|{_SAID})\W*$",
    rf"^\W*not\s+(?:available|found|{_SAID}|covered|documented)\s+(?:in|by)\s+{SOURCE}",
    r"\b(?:one|you)\s+(?:cannot|can't|can\s+not|could\s+not|couldn't)\s+(?:really\s+)?(?:tell|know|say|"
    r"determine)\b(?:\W*$|[^.;]*\bfrom\s+(?:the|this|these|what))",
    r"\b(?:i|we)(?:'ve|\s+have)?\s+(?:not|never|n't)\s+(?:come\s+across|seen|read|found)\b",
    r"\b(?:i|we)\s+(?:was|were|have|am|are)(?:n't|\s+not|\s+never)\s+(?:been\s+)?(?:told|informed|given)\b"
    r"(?:\W*$|\s+(?:this|that|it|any|the|who|when|where|whether|how|why|what|about)\b)",
    r"\b(?:i\s+(?:was|am|were)\s+|we\s+(?:were|are)\s+|i'm\s+|^\W*)(?:unable|not\s+able)\s+to\s+(?:find|"
    r"locate|answer|determine|say|tell|extract|identify|provide|give|establish|see)\b",
    r"\b(?:i|we)\s+(?:can't|cannot|could\s+not|couldn't|failed\s+to|fail\s+to)\s+(?:extract|derive|"
    r"retrieve|discover|spot|make\s+out|gather|deduce|infer|trace|conclude|find)\b",
    r"^\W*(?:cannot|can't|could\s+not|couldn't)\s+(?:determine|find|answer|tell|say|be\s+determined)\b"
    r"(?:\W*$|\s+(?:this|that|it|from)\b)",
    r"\b(?:not|n't)\s+in\s+a\s+position\s+to\s+(?:say|answer|tell)",
    r"\bi\s+(?:must|have\s+to|will|'ll)\s+pass\b|\bi'll\s+pass\b",
    r"\b(?:not|n't)\s+(?:anywhere\s+)?in\s+(?:t?here)\W*$",
    r"\bi\s+can\s+only\s+(?:find|see|tell\s+you)\b[^.]*\bnot\b",
    r"\b(?:isn't|is\s+not|aren't|wasn't)\s+(?:documented|mentioned|recorded)\W*$",
)

_MORE = (
    rf"\b{SOURCE}\s+{_SPEAK}\s+(?:us\s+)?(?:nothing|no\b)",
    rf"\b{SOURCE}\s+(?:make|hold|have|offer)s?\s+no\s+(?:mention|reference|answer|information|detail)",
    rf"\b{SOURCE}\s+(?:leave|keep)s?\s+(?:this|that|it)?\s*(?:open|unclear|unspecified|quiet|silent)",
    rf"\b{SOURCE}\s+fails?\s+to\s+{_SPEAK}",
    rf"\b{SOURCE}\s+\w+(?:\s+\w+){{0,5}},?\s+but\s+not\b",
    rf"\b{SOURCE}\s+\w+(?:\s+\w+){{0,5}}\s+without\s+(?:giving|saying|naming|stating|mentioning)\b",
    rf"\b{SOURCE}\b.*\b(?:they|it|but|and)\s+{_MODAL}\s+(?:\w+\s+)?(?:{_VOICED}|contain|include|"
    r"provide|give|cover|list|hold|offer|show)\b",
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
    r"\b(?:nobody|no\s+one)\s+knows\b(?:\W*$|[;,]|\s+for\s+(?:sure|certain))",
    r"\b(?:information|details?|figure|answer|data)\b[^.;]{0,30}\b(?:is|are|seems?\s+to\s+be)\s+missing\b",
    rf"\bleft\s+(?:out\s+of|unspecified|open)\s+(?:by|in)?\s*{SOURCE}",
    r"\bcan(?:not|'t|\s+not)\s+be\s+(?:derived|worked\s+out|told|deduced)\s+from\b",
    r"^\W*(?:(?:sorry|honestly|regrettably)\W+)*(?:can't|cannot|couldn't|don't|do\s+not)\s+(?:tell|say|"
    r"know|answer)(?:\W*$|\W+(?:this|that|it|sorry)\b)",
    r"^\W*answer\W+(?:is\s+)?(?:unknown|not\s+(?:found|known|given|available)|n/?a|none)\b",
)

_TEXTS = (
    r"(?:documents?|documentation|passages?|context|sources?|texts?|excerpts?|extracts?|snippets?|"
    r"materials?\s+(?:i|provided|given)|provided\s+\w+|manual|handbook|knowledge\s+base)"
)
_NO = (
    r"(?:not|never|no|nothing|nowhere|none|neither|without|stops?\s+short\s+of|fails?\s+to|n't|"
    r"refuses?\s+to|to\s+themselves|to\s+itself)"
)
_TELLS = (
    r"(?:say(?:ing|s)?|said|stat(?:e[sd]?|ing)|mention(?:s|ed|ing)?|specif(?:y|ies|ied|ying)|"
    r"tell(?:s|ing)?|told|answer(?:s|ed|ing)?|nam(?:ed?|ing)|reveal(?:s|ed|ing)?|appear(?:s|ed)?|"
    r"present|dealt|deal|covered|treated|discuss\w*|address(?:ed|es)?|indicat\w+|explain\w*|"
    r"describ\w+|disclos\w+|detail(?:s|ed)?|information|section|answer|found|quantif\w+|"
    r"clarif\w+|derivable|deducible|read\s+from|inferred|determin\w+)"
)
_DUTY = r"(?:must|may|should|shall|need|can|have\s+to|has\s+to)"
_KNOWING = (
    r"(?:know|knowledge|information|data|answer|find|found|finding|say|tell|see(?!\s+why)|sure|certain|figure|"
    r"aware|determine|come\s+across|possess|idea|clue|trace|mention|details?|work\s+out|confirm)"
)
# Any wording in which the sources, or the speaker, and a "no" and a "say" come together.
_TOGETHER = (
    rf"\b{_TEXTS}\b(?![^.;]{{0,60}}\b{_DUTY}\b)[^.;]{{0,60}}?(?:\b|(?=n't)){_NO}\b[^.;]{{0,30}}?\b{_TELLS}\b",
    rf"(?:\b|(?=n't)){_NO}\b(?![^.;]{{0,10}}\bmust\b)[^.;]{{0,50}}?\b{_TELLS}\b[^.;]{{0,30}}?\b(?:in|by|from|among|through)\s+"
    rf"(?:(?:the|these|those|this|my|your|any|all|of|what|provided|given|retrieved)\s+){{0,3}}(?:{_TEXTS}|"
    r"table|report|files?|data|pages|records|guide|brochure)\b",
    rf"(?:\b|(?=n't)){_NO}\b[^.;]{{0,30}}?\b(?:be|is|are|was|'s|it)\s+in\s+(?:(?:the|these|those|my|your|any)\s+)"
    rf"(?:\w+\s+)?{_TEXTS}\b",
    rf"\b(?:that|this|it|answer)(?:'s|\s+is|\s+are)\s+in\s+(?:the|these|my)\s+{_TEXTS}\b.*\bnot\b",
    rf"\bi\s+(?:\w+\s+){{0,2}}(?:do\s+not|don't|doubt)\s*(?:think|believe)?\s[^.;]{{0,30}}\bin\s+(?:the|these|my)\s+{_TEXTS}",
    rf"\bi(?:'ve|'d|'m)?\s+(?!am\s+not\s+able\s+to\s+give)(?:\w+\s+){{0,3}}?(?:\w+n't|{_NO})\s+(?:\w+\s+){{0,2}}?{_KNOWING}\b",
    r"\bi(?:'ve|\s+have)?\s+(?:searched|looked|read|checked|gone)\b[^.;]*\b(?:without|but|nothing|no)\b",
    r"\bi\s+(?:came\s+across|found|saw|have)\s+nothing\b|\bi(?:'m|\s+am)\s+at\s+a\s+loss\b",
    rf"\b(?:i|we|there\s+is\s+an?)\s+lack\s+(?:of\s+)?(?:the\s+|any\s+)?{_FACTS}\b",
    r"\bno\s+way\s+(?:to|of)\s+(?:know|tell|say|determin|find)\w*\b[^.;]*(?:\W*$|\bfrom\b)",
    rf"\b(?:none|neither)\s+of\s+{SOURCE}\s+(?:has|have|offers?|holds?)\s+(?:anything|a\s+word)\b",
    r"^\W*nothing\s+(?:that\s+)?i\s+(?:was|have|had|could|can|know)\b",
    r"\b(?:i\s+am|i'm)\s+unaware\s+of\b",
    r"^\W*not\s+that\s+i\s+(?:can|could|know|am)\b",
    rf"^\W*(?:{_SUBJECT}){_TEXTS}(?:\s+\w+)?\s+(?:only|just|merely)\s+(?:cover|mention|talk|describe|list|"
    r"deal|discuss|concern|speak|tell|say|give)",
    rf"^\W*(?:{_SUBJECT}){_TEXTS}\s+(?:talk|speak|deal|cover|concern|describe)s?\b[^.;]*\bonly\W*$",
    rf"\b{_TEXTS}\s+(?:is|are|remains?)\s+(?:un|in)?(?:clear|vague|silent|ambiguous|definite|specific)\s+"
    r"(?:on|about|as\s+to|regarding|here)\b",
    rf"\b(?:{SOURCE}|{_PAPERS}|it)\s+(?:has|have|had)\s+no\s+(?:section|entry|chapter|page|passage|word|"
    r"paragraph|table)\b",
    r"(?:\bnot|n't|\bnowhere)\s+(?:\w+\s+)?(?:(?:seem|appear)s?\s+to\s+be\s+)?(?:mentioned|stated|revealed|"
    r"specified|disclosed|indicated|documented|named)\W*$",
    rf"\b{_TEXTS}\s+(?:do\s+not|does\s+not|don't|doesn't)\s+have\s+(?:this|that|it|the|any)\b",
    r"\b(?:would|will)\s+have\s+to\s+be\s+looked\s+up\b|\blook(?:ed)?\s+(?:it\s+)?up\s+elsewhere\b",
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
        r"(?:stated|mentioned|specified|given|listed|documented|disclosed|indicated)"
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
        r"(?:information|data|answer|evidence|context|details?)(?!\s+(?:desk|point|office|sheet|board))",
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
        *_BROADER,
        *_TOGETHER,
    )
)

CUE = re.compile(
    r"\b(?:no|not|nor|none|never|nothing|nowhere|neither|nobody|cannot|without|unable|lack\w*|"
    r"missing|silent|quiet|mute|fail\w*|beyond|outside|insufficient|inadequate|impossible|guess\w*|"
    r"speculat\w*|pass|open|omit\w*|absent|escapes|empty|only|left|leaves?|before|need|have\s+to|"
    r"little|un\w+|sorry|n/?a|answer|loss|short|themselves|doubt|refuse\w*)\b|n't\b|'d\b",
    re.IGNORECASE,
)
"""A sentence without any of these declines nothing: most answers are told so at once."""
