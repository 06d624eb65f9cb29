"""Did training make the model forget? Questions and texts we wrote, before and after.

`read-*` questions hold their answer in a passage, `know-*` ask general knowledge, `decline-*` have
no answer in the passage. A base that knows nothing cannot forget anything measurable, and the
report then says so instead of showing a green light.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from assistant.evaluation.forgetting_result import ADAPTER, BASE, READ, TEXT
from assistant.evaluation.kept_answers import KeptAnswer, KeptQuestion
from assistant.models.losses import AnsweredRow
from assistant.schema import Chunk, Generation, Generator, Message, Passage, Question, Row
from assistant.scoring.correctness import score

RenderPrompt = Callable[[str, tuple[Passage, ...]], tuple[Message, ...]]
"""(question, passages) -> prompt, as the model is asked elsewhere."""
TextLoss = Callable[[Sequence[AnsweredRow]], Sequence[float]]
"""Rows -> mean negative log-likelihood per token of each answer, in nats (`Engine.text_loss`)."""
_DIGITS = 4
"""Of a kept loss; the result is counted from what is kept."""


@dataclass(frozen=True, slots=True)
class ForgettingQuestion:
    """One question of the set."""

    question: Question
    passage: str


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


def ask_forgetting(
    generator: Generator,
    adapter: str,
    render: RenderPrompt,
    *,
    text_loss: TextLoss | None = None,
    questions: Sequence[ForgettingQuestion] | None = None,
    batch_size: int = 8,
    max_new_tokens: int = 32,
) -> tuple[KeptQuestion, ...]:
    """Ask base and adapter the same questions, both in every batch.

    Args:
        generator: the model both run on.
        adapter: version id.
        render: the prompt, the same one for both.
        text_loss: how surprised the model is by given words; None leaves that part out.
        questions: another set; default: the packaged one.
        batch_size: questions a batch.
        max_new_tokens: answer cap.

    Returns:
        Every question with both answers and the verdict on each, for `count_forgetting`.

    Raises:
        ModelError: the model does not answer at all.
    """
    asked = list(questions if questions is not None else forgetting_questions())
    rows: list[KeptQuestion] = []
    for i in range(0, len(asked), batch_size):
        batch = asked[i : i + batch_size]
        prompts = [render(a.question.question, _passages(a)) for a in batch]
        said = generator.generate(
            [Row(p, version) for p in prompts for version in (None, adapter)],
            max_new_tokens=max_new_tokens,
        )
        for k, (item, prompt) in enumerate(zip(batch, prompts, strict=True)):
            question = item.question
            answers = {
                who: _judged(question, one)
                for who, one in ((BASE, said[2 * k]), (ADAPTER, said[2 * k + 1]))
            }
            rows.append(KeptQuestion(question, question.kind, prompt, item.passage, answers))
    return _with_losses(rows, adapter, text_loss) if text_loss else tuple(rows)


def _judged(question: Question, said: Generation) -> KeptAnswer:
    if said.finish == "error":
        return KeptAnswer(said.text, error=said.error or "the model failed")
    verdict = score(question, said.text)
    return KeptAnswer(said.text, verdict.outcome, verdict.explanation)


def _with_losses(
    rows: Sequence[KeptQuestion], adapter: str, text_loss: TextLoss
) -> tuple[KeptQuestion, ...]:
    """The rows with the loss of the right answers to reading questions, and the plain texts."""
    reading = [i for i, r in enumerate(rows) if r.part == READ and r.question.references]
    texts = forgetting_texts()
    given = [
        *((rows[i].prompt, rows[i].question.references[0]) for i in reading),
        *(((), text) for text in texts),
    ]  # fmt: skip
    before, after = (
        text_loss([AnsweredRow(messages, words, version) for messages, words in given])
        for version in (None, adapter)
    )
    pairs = [
        {BASE: round(old, _DIGITS), ADAPTER: round(new, _DIGITS)}
        for old, new in zip(before, after, strict=True)
    ]
    found = list(rows)
    for i, losses in zip(reading, pairs, strict=False):  # the texts come after them
        answers = {who: replace(a, loss=losses[who]) for who, a in rows[i].answers.items()}
        found[i] = replace(rows[i], answers=answers)
    for n, (text, losses) in enumerate(zip(texts, pairs[len(reading) :], strict=True), start=1):
        answers = {who: KeptAnswer("", loss=loss) for who, loss in losses.items()}
        found.append(KeptQuestion(Question(f"text-{n:02}", text), TEXT, answers=answers))
    return tuple(found)


def _passages(item: ForgettingQuestion) -> tuple[Passage, ...]:
    if not item.passage:
        return ()
    chunk = Chunk(item.question.id, "", "", (), item.passage, 0, len(item.passage))
    return (Passage(1, chunk),)


def _lines(name: str) -> list[str]:
    folder = files("assistant.evaluation").joinpath("forgetting_set")
    return folder.joinpath(name).read_text("utf-8").splitlines()
