"""Did training make the model forget? Questions and texts we wrote, before and after.

`read-*` questions hold their answer in a passage, `know-*` ask general knowledge, `decline-*` have
no answer in the passage. A base that knows nothing cannot forget anything measurable, and the
report then says so instead of showing a green light.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from assistant.evaluation.records import Count
from assistant.models.losses import AnsweredRow
from assistant.schema import Chunk, Generator, Message, Passage, Question, Row
from assistant.scoring.clusters import make_clusters
from assistant.scoring.correctness import score
from assistant.scoring.statistics import Interval, difference_interval, sign_flip_test

MEASURABLE = 0.20
"""A base that is right on less than this has too little to lose."""
LOSS_LIMIT = 0.10
"""Relative rise of a loss that counts as forgetting, once its interval lies above zero."""
MEASURABLE_LOSS = 6.0
"""Nats a token. Above this a model predicts running text hardly better than from how frequent
each token is (7 to 8 nats for vocabularies of some ten thousand): there is nothing to lose."""

RenderPrompt = Callable[[str, tuple[Passage, ...]], tuple[Message, ...]]
"""(question, passages) -> prompt, as the model is asked elsewhere."""
TextLoss = Callable[[Sequence[AnsweredRow]], Sequence[float]]
"""Rows -> mean negative log-likelihood per token of each answer, in nats (`Engine.text_loss`)."""


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
        half = (self.difference.high - self.difference.low) / 2
        return (
            f"{self.name}: {self.before} before, {self.after} after "
            f"({self.difference.estimate * 100:+.0f} ± {half * 100:.0f} points)"
        )


@dataclass(frozen=True, slots=True)
class LossResult:
    """Loss of given words under base and adapter, paired text by text."""

    name: str
    before: float
    after: float
    """Nats a token, mean over the texts."""
    change: Interval
    """Relative to the base: 0.1 is 10 % more surprised. Texts that changed more count as 1."""

    @property
    def measurable(self) -> bool:
        """Whether the base predicts these texts well enough to get worse at it."""
        return self.before <= MEASURABLE_LOSS

    @property
    def rose(self) -> bool:
        """A rise that matters and that the interval confirms."""
        return self.measurable and self.change.estimate > LOSS_LIMIT and self.change.low > 0

    def __str__(self) -> str:
        if not self.measurable:
            return (
                f"loss on {self.name}: not measurable, the base has {self.before:.1f} nats a token"
            )
        half = (self.change.high - self.change.low) / 2
        return (
            f"loss on {self.name} {self.before:.2f} before, {self.after:.2f} after "
            f"({self.change.estimate * 100:+.0f} ± {half * 100:.0f} %)"
        )


@dataclass(frozen=True, slots=True)
class ForgettingResult:
    """The whole check."""

    parts: tuple[PartResult, ...]
    losses: tuple[LossResult, ...] = ()
    """On plain texts and on the right answers of the reading questions; empty: not measured."""

    @property
    def forgot(self) -> bool | None:
        """True: a loss is confirmed; None: nothing was measurable."""
        if any(p.lost for p in self.parts) or any(one.rose for one in self.losses):
            return True
        measured = any(p.measurable for p in self.parts) or any(x.measurable for x in self.losses)
        return False if measured else None

    def __str__(self) -> str:
        return "; ".join(map(str, (*self.parts, *self.losses)))


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
        text_loss: how surprised the model is by given words; None leaves that part out.
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
    return ForgettingResult(
        tuple(_part(kind, asked, right) for kind in kinds),
        tuple(_losses(asked, adapter, render, text_loss)) if text_loss else (),
    )


def _losses(
    asked: Sequence[ForgettingQuestion], adapter: str, render: RenderPrompt, text_loss: TextLoss
) -> Iterator[LossResult]:
    """Plain texts, and the right answers to the reading questions.

    A model made for questions and answers predicts running text badly whatever it is taught;
    what it does know how to predict, the answer beside its passage, is measured too.
    """
    texts = [((), text, text) for text in forgetting_texts()]
    reading = [a for a in asked if a.question.kind == "read" and a.question.references]
    answers = [
        (render(a.question.question, _passages(a)), a.question.references[0], a.passage)
        for a in reading
    ]
    for name, given in (("plain texts", texts), ("answers that stand in a passage", answers)):
        if not given:
            continue
        before, after = (
            text_loss([AnsweredRow(messages, words, version) for messages, words, _ in given])
            for version in (None, adapter)
        )
        mean = sum(before) / len(before)
        # Several questions on one passage are one cluster.
        clusters: dict[str, list[float]] = {}
        for (_, _, together), old, new in zip(given, before, after, strict=True):
            relative = (new - old) / mean if mean > 0 else 0.0
            clusters.setdefault(together, []).append(max(-1.0, min(1.0, relative)))
        change = difference_interval(list(clusters.values()))
        yield LossResult(name, mean, sum(after) / len(after), change)


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
