"""A question, prepared once for everything that reads it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.schema import Question
from assistant.scoring.text import Blanked, Prepared, prepare
from assistant.scoring.units import find_unit
from assistant.scoring.values import Context, Value, context_of

_BLANKED = re.compile(r"[A-Z]{1,4} \d[\d./-]*[a-z]?|[A-Z0-9]{2,5}(?: [A-Z0-9]{2,5}){2,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question prepared once for all its phrases."""

    prepared: Prepared
    context: Context
    codes: tuple[Value | Blanked, ...]
    """Codes of question and key, so that `QX 4410` in an answer is read as `QX-4410`."""
    known: tuple[Value, ...]
    """Values of references and must phrases: saying these is never a conflict."""
    words: frozenset[str]
    """Plain words of references and must phrases."""


def prepare_question(question: Question) -> Asked:
    """Tokens, context and known values of a question."""
    return _prepared(question.question, (*question.references, *question.must))


@lru_cache(maxsize=1024)  # every approach answers the same questions
def _prepared(question: str, keys: tuple[str, ...]) -> Asked:
    context = context_of(question)
    blanked = tuple(b for text in keys if (b := _blanked(text)))
    prepared = prepare(question, context=context, codes=blanked)
    read = [prepare(text, context=context, codes=blanked) for text in keys]
    known = tuple(v for text in read for v in text.values)
    codes = tuple(v for v in (*prepared.values, *known) if v.kind == "code" and v.shape != "ip")
    words = frozenset(t.word for text in read for t in text.tokens if not t.value)
    return Asked(prepared, context, (*blanked, *codes), known, words)


def _blanked(text: str) -> Blanked | None:
    """A key that is one code written with blanks: `C 17`, `DE12 5001 0517`; no `EUR 48`."""
    code = text.strip(" .")
    if not _BLANKED.fullmatch(code) or not re.search(r"\d", code):
        return None
    head = code.split(" ", 1)[0]
    if find_unit(head) and len(head) > 1:
        return None
    return Blanked(code)
