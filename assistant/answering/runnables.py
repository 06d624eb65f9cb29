"""Approaches as LangChain runnables, so that they can stand in somebody else's chain.

answer = ApproachRunnable(pipeline, approach).invoke("What does E-104 mean?")
chain = ApproachRunnable(pipeline, approach) | (lambda answer: answer.text)
"""

import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answering.pipeline import Pipeline
from assistant.schema import Answer, Approach, Question


class ApproachRunnable(Runnable):  # type: ignore[misc]
    """A question (text or `Question`) in, an `Answer` out.

    `batch` answers all questions in one batch of the model; `stream` gives answers whose text
    grows, the last of which is complete. Failures are `Answer.error`, not exceptions.

    Args:
        pipeline: does the work.
        approach: how.
    """

    def __init__(self, pipeline: Pipeline, approach: Approach) -> None:
        self.pipeline = pipeline
        self.approach = approach
        self.name = approach.name

    def invoke(
        self, input: str | Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Answer:
        """Answer one question."""
        answer: Answer = self._call_with_config(
            lambda given: self._answers([given])[0], input, config
        )
        return answer

    def batch(
        self,
        inputs: Sequence[str | Question],
        config: Any = None,
        *,
        return_exceptions: bool = False,
        **kwargs: Any,
    ) -> list[Answer]:
        """Answer many questions together."""
        return self._answers(inputs) if inputs else []

    def stream(
        self, input: str | Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        """Answers with the text so far; the last one is complete. Closing the iterator cancels."""
        question = _question(input, 0)
        events: queue.SimpleQueue[Answer | BaseException | None] = queue.SimpleQueue()
        closed = threading.Event()

        def on_text(_number: int, name: str, text: str) -> None:
            events.put(Answer(question.id, name, text, finish=""))

        def work() -> None:
            try:
                ((answer,),) = self.pipeline.answer(
                    [question],
                    [self.approach],
                    on_text=on_text,
                    cancelled=lambda *_: closed.is_set(),
                )
                events.put(answer)
                events.put(None)
            except BaseException as error:  # raised again in the reader's thread
                events.put(error)

        threading.Thread(target=work, name="runnable", daemon=True).start()
        try:
            while (event := events.get()) is not None:
                if isinstance(event, BaseException):
                    raise event
                yield event
        finally:
            closed.set()

    def _answers(self, inputs: Sequence[str | Question]) -> list[Answer]:
        questions = [_question(given, number) for number, given in enumerate(inputs)]
        return [row[0] for row in self.pipeline.answer(questions, [self.approach])]


def as_runnables(pipeline: Pipeline, approaches: Sequence[Approach]) -> dict[str, ApproachRunnable]:
    """One runnable an approach, by name; `RunnableParallel(as_runnables(...))` asks them all."""
    return {a.name: ApproachRunnable(pipeline, a) for a in approaches}


def _question(given: str | Question, number: int) -> Question:
    return given if isinstance(given, Question) else Question(f"q{number + 1}", str(given))
