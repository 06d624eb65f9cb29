"""Runs a question set through approaches: batches for answers, one by one for timings."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import AssistantError
from assistant.evaluation.runs import RunFolder, Timing
from assistant.schema import Answer, Approach, Question


class Answering(Protocol):
    """What the runner needs of a pipeline."""

    def answer(
        self,
        questions: Sequence[Question],
        approaches: Sequence[Approach],
        *,
        on_text: Callable[[int, str, str], None] | None = None,
        cancelled: Callable[[int, str], bool] | None = None,
        nearest: bool = True,
    ) -> list[list[Answer]]:
        """Answers, question-major, in the order of the approaches."""


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is."""

    stage: str
    """`answers` or `timings`."""
    done: int
    total: int
    """Questions (answers) or single calls (timings)."""
    seconds: float
    """Since this stage began in this process."""


OnProgress = Callable[[RunProgress], None]


def run(
    folder: RunFolder,
    pipeline: Answering,
    *,
    timing_questions: int | None = None,
    on_progress: OnProgress | None = None,
) -> RunFolder:
    """Answer what is not answered yet, then time each approach alone.

    Args:
        folder: new or resumed; its header names approaches, batch size and timing sample.
        pipeline: see `Answering`.
        timing_questions: overrides the header's number; 0 skips the timing pass.
        on_progress: called after each batch and each timed call.

    Returns:
        The same folder. A question that fails is an answer with `error`, never an exception.
    """
    report = on_progress or (lambda _: None)
    _answer_all(folder, pipeline, report)
    wanted = folder.header.timing_questions if timing_questions is None else timing_questions
    if wanted > 0 and not any(t.alone for t in folder.timings()):
        _time_alone(folder, pipeline, wanted, report)
    return folder


def _answer_all(folder: RunFolder, pipeline: Answering, report: OnProgress) -> None:
    approaches = folder.header.approaches
    done = folder.answered()
    known = set(folder.chunks())
    count, started = len(done), time.perf_counter()
    for batch in folder.batches():
        if all(q.id in done for q in batch):
            continue
        folder.append_batch(_answer_batch(pipeline, batch, approaches), known)
        count += len(batch)
        report(RunProgress("answers", count, len(folder.questions), time.perf_counter() - started))


def _answer_batch(
    pipeline: Answering, batch: Sequence[Question], approaches: Sequence[Approach]
) -> list[list[Answer]]:
    try:
        return pipeline.answer(batch, approaches)
    except Exception as error:
        if len(batch) == 1:
            return [[_failed(batch[0], approach, error) for approach in approaches]]
    # One bad question must not take its batch along.
    return [_answer_batch(pipeline, [question], approaches)[0] for question in batch]


def _failed(question: Question, approach: Approach, error: Exception) -> Answer:
    reason = str(error) if isinstance(error, AssistantError) else f"{type(error).__name__}: {error}"
    return Answer(question.id, approach.name, "", finish="error", error=reason,
                  adapter=approach.adapter)  # fmt: skip


def timing_sample(questions: Sequence[Question], size: int) -> list[Question]:
    """Evenly spread over the file: the same questions for every approach and every run."""
    if size >= len(questions):
        return list(questions)
    step = len(questions) / size
    return [questions[int(i * step)] for i in range(size)]


def _time_alone(folder: RunFolder, pipeline: Answering, size: int, report: OnProgress) -> None:
    """Each question alone, one approach at a time, after an untimed warm-up call."""
    sample = timing_sample(folder.questions, size)
    approaches = [a for a in folder.header.approaches if a.passages != "gold"]
    started, done = time.perf_counter(), 0
    for approach in approaches:
        timings = []
        for number, question in enumerate([sample[0], *sample]):
            timing = _time_one(pipeline, question, approach)
            if number:
                done += 1
                if timing:
                    timings.append(timing)
                total = len(sample) * len(approaches)
                report(RunProgress("timings", done, total, time.perf_counter() - started))
        folder.append_timings(timings)


def _time_one(pipeline: Answering, question: Question, approach: Approach) -> Timing | None:
    first: list[float] = []
    begun = time.perf_counter()

    def on_text(number: int, name: str, text: str) -> None:
        if not first and text:
            first.append(time.perf_counter() - begun)

    try:
        answer = pipeline.answer([question], [approach], on_text=on_text, nearest=False)[0][0]
    except Exception:
        return None
    if answer.error:
        return None
    seconds = time.perf_counter() - begun
    return Timing(question.id, approach.name, seconds, first[0] if first else None, True)
