"""Which questions, and are they fit to decide anything?"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import QuestionFileError
from assistant.parts import Parts
from assistant.schema import Question

if TYPE_CHECKING:
    from assistant.evaluation.question_check import QuestionCheck


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that are scored together."""

    file: Path | None
    """None: the corpus's own."""
    name: str
    stamp: str
    """Changes with the questions and with decisions about them."""


def question_sets(parts: Parts) -> tuple[QuestionSet, ...]:
    """The corpus's own questions and, where they are kept apart, accepted drafts."""
    from assistant.journeys.drafting import draft_file

    drafted = draft_file(parts)
    own = parts.corpus.question_files()
    found = []
    if own:
        found.append(QuestionSet(None, "Questions of this corpus", parts.question_stamp()))
    if drafted not in own and drafted.is_file() and drafted.stat().st_size:
        found.append(QuestionSet(drafted, drafted.name, parts.question_stamp(drafted)))
    return tuple(found)


def read_questions(parts: Parts, file: Path | None) -> tuple[Question, ...]:
    """The questions of a file, or the corpus's own; decisions of reviews laid over them.

    Raises:
        QuestionFileError: no file was named and the corpus has none, or a file has bad lines.
    """
    if file is not None:
        from assistant.documents.questions import load_questions

        return parts.reviewed(load_questions(file))
    if not parts.questions():
        raise QuestionFileError(
            f"corpus {parts.corpus_name} has no questions of its own",
            "assistant score QUESTIONS.jsonl",
        )
    return parts.questions()


def check_question_set(parts: Parts, file: Path | None) -> "QuestionCheck":
    """Is this question set fit to decide anything? Documents are read where there is an index."""
    from assistant.evaluation.question_check import check_questions
    from assistant.journeys.staleness import look

    questions = read_questions(parts, file)
    retriever = parts.retriever()
    if retriever is not None:
        with retriever.pinned() as index:
            look(parts, questions, index)  # the references belong to this snapshot from now on
    return check_questions(questions, retriever)
