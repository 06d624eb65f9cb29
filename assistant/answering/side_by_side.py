"""One question answered by several approaches at once, streamed as the text arrives."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import AssistantError
from assistant.schema import Answer, Approach, Question, Score
from assistant.scoring.correctness import score


class Answers(Protocol):
    """What is needed of a pipeline."""

    def answer(
        self,
        questions: Sequence[Question],
        approaches: Sequence[Approach],
        *,
        on_text: Callable[[int, str, str], None] | None = None,
        cancelled: Callable[[int, str], bool] | None = None,
    ) -> list[list[Answer]]:
        """Answers, question-major, in the order of the approaches."""


@dataclass(frozen=True, slots=True)
class AskEvent:
    """The text of one approach so far."""

    approach: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All answers to one question, scored where the question has a key."""

    question: Question
    answers: tuple[Answer, ...]
    scores: tuple[Score | None, ...]
    """None where the question has no reference: not scored, which is not zero."""
    seconds: float
    """Wall clock for all approaches together; says nothing about any one of them."""


class Ask:
    """A question being answered. Read `events()` as they come, then `result()`."""

    def __init__(
        self, pipeline: Answers, question: Question, approaches: Sequence[Approach]
    ) -> None:
        self.question = question
        self.approaches = tuple(approaches)
        self._pipeline = pipeline
        self._events: queue.SimpleQueue[AskEvent | None] = queue.SimpleQueue()
        self._stopped: set[str] = set()
        self._comparison: Comparison | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="ask", daemon=True)
        self._thread.start()

    def events(self) -> Iterator[AskEvent]:
        """Texts as they grow; ends when every approach has ended."""
        while (event := self._events.get()) is not None:
            yield event
        self._events.put(None)  # a second reader ends at once instead of waiting for ever

    def cancel(self, approach: str | None = None) -> None:
        """Stop one approach, or all; what was said so far stays."""
        self._stopped |= {approach} if approach else {a.name for a in self.approaches}

    @property
    def running(self) -> bool:
        """Whether an approach is still answering."""
        return self._thread.is_alive()

    def result(self) -> Comparison:
        """Wait for the end.

        Raises:
            AssistantError: when nothing could be answered at all.
        """
        self._thread.join()
        if self._error is not None:
            if isinstance(self._error, AssistantError):
                raise self._error
            raise AssistantError(
                f"the question could not be answered: {type(self._error).__name__}: {self._error}",
                "assistant doctor",
            ) from self._error
        assert self._comparison is not None
        return self._comparison

    def _work(self) -> None:
        start = time.perf_counter()
        try:
            (answers,) = self._pipeline.answer(
                [self.question],
                self.approaches,
                on_text=lambda _, name, text: self._events.put(AskEvent(name, text)),
                cancelled=lambda _, name: name in self._stopped,
            )
            self._comparison = Comparison(
                question=self.question,
                answers=tuple(answers),
                scores=tuple(self._score(a) for a in answers),
                seconds=time.perf_counter() - start,
            )
        except BaseException as error:  # handed to the caller of result(), in its own thread
            self._error = error
        finally:
            self._events.put(None)

    def _score(self, answer: Answer) -> Score | None:
        if not self.question.scorable:
            return None
        return score(self.question, answer.text, error=answer.error)
