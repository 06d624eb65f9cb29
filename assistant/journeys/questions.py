"""Which questions, and are they fit to decide anything?"""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import QuestionFileError
from assistant.parts import Parts
from assistant.schema import Question

if TYPE_CHECKING:
    from assistant.evaluation.question_check import QuestionCheck


def read_questions(parts: Parts, file: Path | None) -> tuple[Question, ...]:
    """The questions of a file, or the corpus's own.

    Raises:
        QuestionFileError: no file was named and the corpus has none, or a file has bad lines.
    """
    if file is not None:
        from assistant.documents.questions import load_questions

        return tuple(load_questions(file))
    if not parts.questions():
        raise QuestionFileError(
            f"corpus {parts.corpus_name} has no questions of its own",
            "assistant score QUESTIONS.jsonl",
        )
    return parts.questions()


def check_question_set(parts: Parts, file: Path | None) -> "QuestionCheck":
    """Is this question set fit to decide anything? Documents are read where there is an index."""
    from assistant.evaluation.question_check import check_questions

    return check_questions(read_questions(parts, file), parts.retriever())
