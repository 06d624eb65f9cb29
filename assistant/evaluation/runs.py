"""Run folders: header, questions, answers, passages, timings, grades.

    header.json      provenance and settings, written once
    questions.jsonl  the questions as they were asked
    answers.jsonl    deterministic fields only: same seed and settings, same bytes
    passages.jsonl   the text of every chunk shown or found, once
    timings.jsonl    seconds, which are never the same twice
    grades.jsonl     what people said
    strata.json      how the questions relate to what the adapter was trained on

A batch of answers is appended whole and synced; after a kill the file is cut back to the last
whole batch, so that the next run decodes the same batches and writes the same bytes.
"""

import json
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import RunError
from assistant.evaluation.batches import plan_batches
from assistant.evaluation.codec import (
    answer_from_data,
    answer_to_data,
    chunk_from_data,
    dumps,
    question_from_data,
    question_to_data,
    questions_hash,
)
from assistant.evaluation.header import RunHeader, header_from_data, header_to_data, require_same
from assistant.evaluation.jsonl import append_lines, read_lines, repair, truncate, write_whole
from assistant.schema import Answer, Chunk, Question


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one answer took."""

    question_id: str
    approach: str
    seconds: float
    first_token_seconds: float | None
    alone: bool
    """True: asked alone on a warm model. False: decoded in a batch with others."""


class RunFolder:
    """One run on disk; see the module docstring for its files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header: RunHeader = _read_header(path)
        self.questions: tuple[Question, ...] = tuple(
            question_from_data(d) for d in read_lines(path / "questions.jsonl")
        )
        if questions_hash(self.questions) != self.header.questions_sha256:
            raise RunError(
                f"questions.jsonl in {path.name} is not what the header says was asked",
                cure="score again into a new run folder: assistant score QUESTIONS",
            )

    @classmethod
    def create(cls, path: Path, header: RunHeader, questions: Sequence[Question]) -> "RunFolder":
        """Make a new run folder.

        Raises:
            RunError: the folder already holds a run, or ids repeat.
        """
        if (path / "header.json").exists():
            raise RunError(
                f"run folder {path.name} already holds a run",
                cure=f"resume it (assistant score --resume {path.name}) or choose another name",
            )
        repeated = _repeated(questions)
        if repeated:
            raise RunError(
                f"question ids must be unique; repeated: {', '.join(repeated[:5])}",
                cure="assistant questions check",
            )
        path.mkdir(parents=True, exist_ok=True)
        lines = "".join(dumps(question_to_data(q)) + "\n" for q in questions)
        write_whole(path / "questions.jsonl", lines)
        # The header last: its presence means the folder is whole.
        write_whole(path / "header.json", json.dumps(header_to_data(header), indent=1) + "\n")
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> "RunFolder":
        """Open a run for reading.

        Raises:
            RunError: there is none, or it is damaged.
        """
        return cls(path)

    @classmethod
    def resume(cls, path: Path, header: RunHeader) -> "RunFolder":
        """Open a run to go on with it, repaired.

        Raises:
            RunError: it was made with other ids.
        """
        run = cls(path)
        require_same(run.header, header)
        for name in ("passages.jsonl", "timings.jsonl", "grades.jsonl", "answers.jsonl"):
            repair(path / name)
        run._cut_to_whole_batches()
        return run

    # ---- reading ----

    def with_questions(self, questions: Sequence[Question]) -> "RunFolder":
        """The same run read with other keys, as people decided since; nothing is written."""
        changed = copy(self)
        changed.questions = tuple(questions)
        return changed

    def answers(self) -> Iterator[Answer]:
        """Answers in the order they were made, with passages and prompts filled in."""
        chunks = self.chunks()
        for number, data in enumerate(read_lines(self.path / "answers.jsonl"), start=1):
            try:
                yield answer_from_data(data, chunks)
            except (KeyError, TypeError) as error:
                raise RunError(
                    f"answers.jsonl line {number} of {self.path.name} is damaged: {error}",
                    cure="score again into a new run folder: assistant score QUESTIONS",
                ) from error

    def chunks(self) -> dict[str, Chunk]:
        """Texts of the passages, by chunk id."""
        found = (chunk_from_data(d) for d in read_lines(self.path / "passages.jsonl"))
        return {chunk.id: chunk for chunk in found}

    def timings(self) -> Iterator[Timing]:
        """All timings, both kinds."""
        return (Timing(**data) for data in read_lines(self.path / "timings.jsonl"))

    def batches(self) -> list[tuple[Question, ...]]:
        """The batches of this run."""
        return plan_batches(self.questions, self.header.batch_size)

    def answered(self) -> set[str]:
        """Ids of questions with answers."""
        return {d["question_id"] for d in read_lines(self.path / "answers.jsonl")}

    @property
    def finished(self) -> bool:
        """Whether every question has its answers."""
        lines = sum(1 for _ in read_lines(self.path / "answers.jsonl"))
        return lines == len(self.questions) * len(self.header.approaches)

    # ---- writing ----

    def append_batch(self, rows: Sequence[Sequence[Answer]], known: set[str]) -> None:
        """Append the answers of one batch.

        Args:
            rows: one list a question, one answer an approach.
            known: chunk ids already in passages.jsonl; updated.
        """
        new: dict[str, Chunk] = {}
        for answer in (a for row in rows for a in row):
            for passage in (*answer.passages, *answer.nearest):
                if passage.chunk.id not in known:
                    new[passage.chunk.id] = passage.chunk
        if new:
            append_lines(self.path / "passages.jsonl", [_chunk_data(c) for c in new.values()])
            known.update(new)
        append_lines(self.path / "timings.jsonl", [
            _timing_data(Timing(a.question_id, a.approach, a.seconds, a.first_token_seconds, False))
            for row in rows for a in row if a.seconds is not None
        ])  # fmt: skip
        append_lines(self.path / "answers.jsonl", [answer_to_data(a) for row in rows for a in row])

    def append_timings(self, timings: Sequence[Timing]) -> None:
        """Append timings of the isolated pass."""
        append_lines(self.path / "timings.jsonl", [_timing_data(t) for t in timings])

    def _cut_to_whole_batches(self) -> None:
        path = self.path / "answers.jsonl"
        if not path.exists():
            return
        lines = path.read_bytes().splitlines(keepends=True)
        whole = 0
        for batch in self.batches():
            size = len(batch) * len(self.header.approaches)
            if whole + size > len(lines):
                break
            whole += size
        kept = sum(len(line) for line in lines[:whole])
        if whole < len(lines):
            truncate(path, kept)


def list_runs(root: Path) -> list[RunFolder]:
    """Readable runs under a folder, newest first; damaged ones are left out."""
    found = []
    for path in root.iterdir() if root.is_dir() else ():
        try:
            found.append(RunFolder.open(path))
        except RunError:
            continue
    return sorted(found, key=lambda r: (r.header.created, r.header.id), reverse=True)


def _read_header(path: Path) -> RunHeader:
    try:
        data = json.loads((path / "header.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(
            f"no run in {path}: there is no header.json",
            cure="assistant score QUESTIONS makes one; `assistant recommend` takes the newest",
        ) from error
    except ValueError as error:
        raise RunError(
            f"header.json in {path.name} is not JSON: {error}",
            cure="score again into a new run folder: assistant score QUESTIONS",
        ) from error
    return header_from_data(data)


def _repeated(questions: Sequence[Question]) -> list[str]:
    seen: set[str] = set()
    return [q.id for q in questions if q.id in seen or seen.add(q.id)]  # type: ignore[func-returns-value]


def _chunk_data(chunk: Chunk) -> dict[str, object]:
    return {
        "id": chunk.id,
        "document_id": chunk.document_id,
        "title": chunk.title,
        "heading_path": list(chunk.heading_path),
        "text": chunk.text,
        "start": chunk.start,
        "end": chunk.end,
        "page": chunk.page,
    }


def _timing_data(timing: Timing) -> dict[str, object]:
    return {
        "question_id": timing.question_id,
        "approach": timing.approach,
        "seconds": round(timing.seconds, 4),
        "first_token_seconds": (
            None if timing.first_token_seconds is None else round(timing.first_token_seconds, 4)
        ),
        "alone": timing.alone,
    }
