"""Batches planned up front from the question file, so that a resumed run decodes the same ones."""

from collections.abc import Sequence

from assistant.schema import Question

_BUCKETS = (3, 8, 20, 60)
"""Word counts that part short, phrase, sentence and long expected answers."""


def plan_batches(questions: Sequence[Question], batch_size: int) -> list[tuple[Question, ...]]:
    """Questions of like length together: a batch takes as long as its longest answer.

    Sorted by how long the key suggests the answer is, then by the question's own length; ties
    keep file order. The same questions and size always give the same batches.

    Raises:
        ValueError: batch size below 1.
    """
    if batch_size < 1:
        raise ValueError(f"batch size must be at least 1, got {batch_size}")
    order = sorted(
        range(len(questions)),
        key=lambda i: (_bucket(questions[i]), len(questions[i].question) // 24, i),
    )
    ordered = [questions[i] for i in order]
    return [tuple(ordered[i : i + batch_size]) for i in range(0, len(ordered), batch_size)]


def _bucket(question: Question) -> int:
    texts = [*question.references, " ".join(question.must)]
    words = max((len(text.split()) for text in texts), default=0)
    if question.checks and not question.references:
        words = 40  # a task to write something
    return sum(words > limit for limit in _BUCKETS)
