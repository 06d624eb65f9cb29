"""Untrusted text into Streamlit markdown that shows exactly that text, and nothing else.

Documents, questions and answers are written by strangers. Streamlit markdown is CommonMark plus
GFM links, LaTeX between dollars, `:emoji:` and `:color[...]` directives, and arrows made of
hyphens. Backslashes stop whatever is parsed; emoji, bare links and arrows are replaced *after*
parsing, so those are broken with an invisible word joiner.
"""

import re
from collections.abc import Iterable

WORD_JOINER = "\u2060"
_NO_BREAK_SPACE = "\u00a0"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Control characters, and the marks that turn writing direction around to disguise text.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_AFTER_PARSING = (
    (re.compile(r":(?=[\w+-]+:)"), rf":{WORD_JOINER}"),
    (re.compile(r"(https?|ftp|mailto|xmpp):", re.I), rf"\1{WORD_JOINER}:"),
    (re.compile(r"(www)\.", re.I), rf"\1{WORD_JOINER}."),
    (re.compile(r"(?<=\w)@(?=\w)"), rf"{WORD_JOINER}@"),
    (re.compile(r"(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)"), None),
)


def escape(text: str) -> str:
    """Markdown that renders as `text` on one line: labels, titles, table cells."""
    return _escape_line(" ".join(clean(text).split()))


def escape_block(text: str, highlight: Iterable[str] = ()) -> str:
    """Markdown that renders as `text` with its line breaks, `highlight` values marked.

    Args:
        text: untrusted.
        highlight: values to mark wherever they stand as whole words, ignoring case.
    """
    lines = clean(text).expandtabs(4).splitlines()
    pattern = _values_pattern(highlight)
    rendered = [_escape_indented(line.rstrip(), pattern) for line in lines]
    paragraphs = "\n".join(rendered).strip("\n")
    # Two or more empty lines say no more than one; a single line break must stay a break.
    return "\n\n".join(
        block.replace("\n", "\\\n") for block in re.split(r"\n{2,}", paragraphs) if block
    )


def sentence(text: str) -> str:
    """`text` with a capital first letter; the rest is left alone."""
    return text[:1].upper() + text[1:]


def clean(text: str) -> str:
    """Text without control and direction marks; each becomes a visible replacement sign."""
    return _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _escape_indented(line: str, pattern: re.Pattern[str] | None) -> str:
    body = line.lstrip(" ")
    indent = _NO_BREAK_SPACE * (len(line) - len(body))
    if pattern is None:
        return indent + _escape_line(body)
    parts = []
    position = 0
    for match in pattern.finditer(body):
        parts.append(_escape_line(body[position : match.start()]))
        parts.append(f":yellow-background[**{_escape_line(match.group())}**]")
        position = match.end()
    parts.append(_escape_line(body[position:]))
    return indent + "".join(parts)


def _escape_line(line: str) -> str:
    for pattern, replacement in _AFTER_PARSING:
        if replacement is None:
            line = pattern.sub(lambda m: WORD_JOINER.join(m.group()), line)
        else:
            line = pattern.sub(replacement, line)
    return _PUNCTUATION.sub(r"\\\1", line)


def _values_pattern(values: Iterable[str]) -> re.Pattern[str] | None:
    worded = {" ".join(v.split()) for v in values if re.search(r"\w", v)}
    wanted = sorted(worded, key=len, reverse=True)
    if not wanted:
        return None
    alternatives = "|".join(re.escape(v).replace(r"\ ", r"\s+") for v in wanted)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
