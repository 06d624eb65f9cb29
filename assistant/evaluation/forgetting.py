"""Did training make the model forget? Questions and texts we wrote, before and after.

`read-*` questions hold their answer in a passage, `know-*` ask general knowledge, `decline-*` have
no answer in the passage. A base that knows nothing cannot forget anything measurable, and the
report then says so instead of showing a green light.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from assistant.evaluation.records import Count
from assistant.schema import Chunk, Generator, Message, Passage, Question, Row
from assistant.scoring.clusters import make_clusters
from assistant.scoring.correctness import score
from assistant.scoring.statistics import Interval, difference_interval, sign_flip_test

MEASURABLE = 0.20
"""A base that is right on less than this has too little to lose."""
LOSS_LIMIT = 0.10
"""Relative rise of the loss on plain texts that counts as forgetting."""

RenderPrompt = Callable[[str, tuple[Passage, ...]], tuple[Message, ...]]
"""(question, passages) -> prompt, as the model is asked elsewhere."""
TextLoss = Callable[[Sequence[str], str | None], float]
"""(texts, adapter or None) -> mean loss per token, in nats."""


@dataclass(frozen=True, slots=True)
class ForgettingQuestion:
    """One question of the set."""

    question: Question
    passage: str


@dataclass(frozen=True, slots=True)
class PartResult:
    """One part of the set (read, know, decline), before and after."""

    name: str
    before: Count
    after: Count
    difference: Interval
    p: float

    @property
    def measurable(self) -> bool:
        """Whether the base knows enough to lose any of it."""
        return (self.before.share or 0.0) >= MEASURABLE

    @property
    def lost(self) -> bool:
        """A loss the interval and the test confirm."""
        return self.measurable and self.difference.high < 0 and self.p < 0.05

    def __str__(self) -> str:
        if not self.measurable:
            return (
                f"{self.name}: not measurable, base scores {self.before.part}/{self.before.whole}"
            )
        return f"{self.name}: {self.before} before, {self.after} after"


@dataclass(frozen=True, slots=True)
class ForgettingResult:
    """The whole check."""

    parts: tuple[PartResult, ...]
    loss_before: float | None
    loss_after: float | None
    """Mean loss per token on plain texts, in nats; None: not measured."""

    @property
    def forgot(self) -> bool | None:
        """True: a loss is confirmed; None: nothing was measurable."""
        measurable = [p for p in self.parts if p.measurable]
        if any(p.lost for p in measurable) or self._loss_rose:
            return True
        return False if measurable else None

    @property
    def _loss_rose(self) -> bool:
        if self.loss_before is None or self.loss_after is None:
            return False
        return self.loss_after > self.loss_before * (1 + LOSS_LIMIT)

    def __str__(self) -> str:
        told = [str(part) for part in self.parts]
        if self.loss_before is not None and self.loss_after is not None:
            told.append(
                f"loss on plain texts {self.loss_before:.2f} before, {self.loss_after:.2f} after"
            )
        return "; ".join(told)


def forgetting_questions() -> tuple[ForgettingQuestion, ...]:
    """The questions that ship with the package."""
    found = []
    for line in _lines("questions.jsonl"):
        data = json.loads(line)
        question = Question(
            data["id"], data["question"], tuple(data.get("references", ())),
            answerable=bool(data.get("answerable", True)), kind=data["id"].split("-", 1)[0],
            group=(data.get("passage") or "")[:60],
        )  # fmt: skip
        found.append(ForgettingQuestion(question, (data.get("passage") or "")))
    return tuple(found)


def forgetting_texts() -> tuple[str, ...]:
    """The plain texts that ship with the package."""
    return tuple(json.loads(line)["text"] for line in _lines("texts.jsonl"))


def measure_forgetting(
    generator: Generator,
    adapter: str,
    render: RenderPrompt,
    *,
    text_loss: TextLoss | None = None,
    questions: Sequence[ForgettingQuestion] | None = None,
    batch_size: int = 8,
    max_new_tokens: int = 32,
) -> ForgettingResult:
    """Ask base and adapter the same questions, both in every batch.

    Args:
        generator: the model both run on.
        adapter: version id.
        render: the prompt, the same one for both.
        text_loss: loss on plain texts; None leaves that part out.
        questions: another set; default: the packaged one.
        batch_size: questions a batch.
        max_new_tokens: answer cap.

    Raises:
        ModelError: the model does not answer at all.
    """
    asked = list(questions if questions is not None else forgetting_questions())
    right: dict[str, tuple[bool, bool]] = {}
    for i in range(0, len(asked), batch_size):
        batch = asked[i : i + batch_size]
        prompts = [render(a.question.question, _passages(a)) for a in batch]
        rows = [Row(p, version) for p in prompts for version in (None, adapter)]
        said = generator.generate(rows, max_new_tokens=max_new_tokens)
        for k, item in enumerate(batch):
            before, after = said[2 * k], said[2 * k + 1]
            if "error" not in (before.finish, after.finish):
                right[item.question.id] = (
                    score(item.question, before.text).correct,
                    score(item.question, after.text).correct,
                )
    kinds = dict.fromkeys(a.question.kind for a in asked)
    texts = forgetting_texts() if text_loss else ()
    return ForgettingResult(
        parts=tuple(_part(kind, asked, right) for kind in kinds),
        loss_before=text_loss(texts, None) if text_loss else None,
        loss_after=text_loss(texts, adapter) if text_loss else None,
    )


def _part(
    kind: str, asked: Sequence[ForgettingQuestion], right: dict[str, tuple[bool, bool]]
) -> PartResult:
    questions = [a.question for a in asked if a.question.kind == kind and a.question.id in right]
    before = sum(right[q.id][0] for q in questions)
    after = sum(right[q.id][1] for q in questions)
    # Questions on one passage hang together; `averaged` must still keep them apart.
    clusters = make_clusters(questions)
    values: dict[int, list[float]] = {}
    for q in questions:
        values.setdefault(clusters.cluster_of[q.id], []).append(
            float(right[q.id][1]) - float(right[q.id][0])
        )
    differences = list(values.values())
    return PartResult(
        kind, Count(before, len(questions)), Count(after, len(questions)),
        difference_interval(differences), sign_flip_test(differences).p if differences else 1.0,
    )  # fmt: skip


def _passages(item: ForgettingQuestion) -> tuple[Passage, ...]:
    if not item.passage:
        return ()
    chunk = Chunk(item.question.id, "", "", (), item.passage, 0, len(item.passage))
    return (Passage(1, chunk),)


def _lines(name: str) -> list[str]:
    folder = files("assistant.evaluation").joinpath("forgetting_set")
    return folder.joinpath(name).read_text("utf-8").splitlines()
