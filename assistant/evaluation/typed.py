"""What a person types about a question, on one line: the terminal and the app read it alike."""

from collections.abc import Iterable

from assistant.documents.questions import LIST_SEPARATOR
from assistant.evaluation.reviews import NewKey
from assistant.schema import Question


def one_line(values: Iterable[str]) -> str:
    """Several wordings as they are typed: `165 EUR | EUR 165`."""
    return f" {LIST_SEPARATOR} ".join(values)


def wordings(text: str) -> tuple[str, ...]:
    """What stands between the separators, each once."""
    parts = (" ".join(part.split()) for part in text.split(LIST_SEPARATOR))
    return tuple(dict.fromkeys(part for part in parts if part))


def typed_key(question: Question, text: str) -> NewKey:
    """A new key from one line; phrases that must all occur where the question has such.

    Empty when nothing was typed: `reviews.decide` refuses that.
    """
    if question.must:
        return NewKey(must=wordings(text))
    return NewKey(references=wordings(text))
