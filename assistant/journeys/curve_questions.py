"""What every point of a learning curve is asked."""

from assistant.errors import UsageError
from assistant.parts import Parts
from assistant.schema import Question

QUESTIONS = 150
"""Asked of every point; more would take the time that training needs."""


def curve_questions(parts: Parts, seed: int) -> tuple[list[Question], str, list[Question]]:
    """What is asked, where it comes from, and all questions to keep out of training.

    Raises:
        UsageError: none that could be answered from a document.
    """
    from assistant.documents.questions import load_questions
    from assistant.evaluation.sampling import stratified_sample

    file = parts.corpus.dev_file()
    dev = list(load_questions(file)) if file is not None else []
    guarded = [*dev, *parts.questions()]
    usable = [q for q in guarded if q.answerable and not q.checks and (q.references or q.must)]
    asked = list({q.id: q for q in usable}.values())
    if not asked:
        raise UsageError(
            f"corpus {parts.corpus_name} has no answerable question to score a curve with",
            "put some into questions/gold.jsonl or questions/dev.jsonl",
        )
    source = "development and gold questions" if dev else "gold questions"
    return stratified_sample(asked, QUESTIONS, seed=seed), source, guarded
