"""A question, prepared once for everything that reads it."""

from dataclasses import dataclass

from assistant.schema import Question
from assistant.scoring.text import Prepared, prepare
from assistant.scoring.values import Context, Value, context_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A question prepared once for all its phrases."""

    prepared: Prepared
    context: Context
    codes: tuple[Value, ...]
    """Codes of question and key, so that `QX 4410` in an answer is read as `QX-4410`."""
    known: tuple[Value, ...]
    """Values of references and must phrases: saying these is never a conflict."""


def prepare_question(question: Question) -> Asked:
    """Tokens, context and known values of a question."""
    context = context_of(question.question)
    prepared = prepare(question.question, context=context)
    known = tuple(
        v for text in (*question.references, *question.must)
        for v in prepare(text, context=context).values
    )  # fmt: skip
    codes = tuple(v for v in (*prepared.values, *known) if v.kind == "code" and v.shape != "ip")
    return Asked(prepared, context, codes, known)
