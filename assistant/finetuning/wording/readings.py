"""Which clause of a longer sentence holds the value, with its subject put back in.

`The sample takes 50 minutes, and it found a second lot on 4 March` holds two statements; the second
one is about the sample too. Relative clauses get the noun before them as their subject.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.finetuning.wording.clauses import (
    DETERMINERS,
    PREPOSITIONS,
    Clause,
    lower_first,
    parse_clause,
)
from assistant.finetuning.wording.marked import HOLE
from assistant.finetuning.wording.verbs import AUXILIARIES, VERBS

_JOINT = re.compile(r";\s+|:\s+|,?\s+(?:and|but|while|whereas|so)\s+|,\s+")
_RELATIVE = re.compile(r",?\s+(?:which|that|who)\s+(?=[a-z])")
_PRONOUN = re.compile(r"^(?:It|They|it|they|This|this)\s+")
_DATED_LEAD = re.compile(rf"^(On|In|Since|Until|From|By|At|Before|After)\s{HOLE}\s(?=[a-zA-Z])")


def readings(text: str, names: frozenset[str], antecedent: str = "") -> Iterator[Clause]:
    """Clauses in which the value (`HOLE`) stands, widest first.

    Args:
        text: the plain sentence with the value replaced by `HOLE`.
        names: words that keep their capital letter.
        antecedent: what `it` at the start refers to, empty when unknown.
    """
    text = _DATED_LEAD.sub(rf"\1 {HOLE}, ", text)
    whole = parse_clause(_resolved(text, antecedent), names)
    if whole is not None and (HOLE in whole.lead or _direct(whole)):
        yield whole
    subject = whole.subject if whole is not None else antecedent
    relative = _relative(text, names)
    if relative is not None:
        yield relative
    for piece in _pieces(text):
        clause = parse_clause(_resolved(piece, subject), names)
        if clause is not None and HOLE in clause.rest and clause.subject != "you":
            yield clause


def _direct(clause: Clause) -> bool:
    """Whether the value stands in the first statement of the rest, not in one joined to it."""
    before = clause.rest.split(HOLE)[0]
    return HOLE in clause.rest and not re.search(r";|\b(?:which|who|that|while|whereas)\b", before)


def _resolved(text: str, subject: str) -> str:
    if not subject or not (match := _PRONOUN.match(text)):
        return text
    return f"{subject} {text[match.end() :]}"


def _pieces(text: str) -> Iterator[str]:
    """The part of the sentence around the value, from each joint before it."""
    hole = text.index(HOLE)
    joints = [match for match in _JOINT.finditer(text) if match.end() <= hole]
    for joint in reversed(joints):
        yield text[joint.end() :]


def _relative(text: str, names: frozenset[str]) -> Clause | None:
    """`version 2, which will be switched off on [..]` read as `version 2 will be switched off`."""
    hole = text.index(HOLE)
    marks = [match for match in _RELATIVE.finditer(text) if match.end() <= hole]
    if not marks:
        return None
    noun = _last_noun_phrase(text[: marks[-1].start()])
    if not noun:
        return None
    clause = parse_clause(f"{noun} {text[marks[-1].end() :]}", names)
    if clause is None or HOLE not in clause.rest:
        return None
    return replace(clause, lead="", subject=lower_first(clause.subject, names))


def _last_noun_phrase(text: str) -> str:
    """Words at the end of a text back to a determiner, preposition or verb; empty when unsure."""
    kept: list[str] = []
    for token in reversed(text.split()):
        word = token.lower()
        if token.endswith((",", ";", ":", ")")) and kept:
            break
        if word in DETERMINERS:
            kept.append(token)
            break
        verb = VERBS.get(word)
        if word in PREPOSITIONS | AUXILIARIES or (verb is not None and kept):
            break
        kept.append(token)
    return " ".join(reversed(kept)) if 1 <= len(kept) <= 5 else ""
