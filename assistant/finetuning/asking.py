"""Questions written by a model about marked values, kept only when the model can answer them.

Method: round-trip consistency, Alberti et al. 2019 (arXiv:1906.05416): ask, answer with the
passage, keep when the answer is the value. The reverse check is made too: what the base model
answers without the passage need not be trained.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.prompts import ask, find_template, number_passages, render, reword
from assistant.finetuning.asked import AskedTexts
from assistant.finetuning.evidence import Evidence
from assistant.finetuning.filters import NOT_ANSWERABLE
from assistant.finetuning.synthesis import QUESTION, pair_of, qualified
from assistant.finetuning.text import contains_value, normalise, words
from assistant.schema import Chunk, Generator, Message, Pair
from assistant.scoring.abstention import is_refusal
from assistant.scoring.squad import f1

BATCH = 24
QUESTION_TOKENS = 40
ANSWER_TOKENS = 24
SAME = 0.8
"""Token F1 from which an answer counts as the value."""
GIVE_UP_AFTER, GIVE_UP_SHARE = 60, 0.05
"""Asking ends early when, after this many questions, fewer than this share were kept."""
BADLY_ASKED = "the model's question is broken or holds the answer"
_CHAT_ASK = (
    "Write one short question about the passage whose only correct answer is the text between "
    "« and ». The question must make sense without the passage. Do not use the answer in it. "
    "Reply with the question alone."
)
_CHAT_REWORD = "Ask the same in other words. Reply with the question alone."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the model added and what it ruled out."""

    pairs: tuple[Pair, ...]
    """New questions that passed the round trip."""
    tried: int
    """Facts the model was asked about before time ran out."""
    written: int
    """Questions it wrote."""
    reasons: Mapping[str, int]
    """Reason -> questions dropped."""
    known: frozenset[str]
    """Facts the base model answers without any passage."""
    reused: int = 0
    """Of the model's texts, those that were on disk already."""
    damaged: int = 0
    """Batches on disk that could not be read and were asked anew."""


def ask_model(
    evidence: Sequence[Evidence],
    chunks: Iterable[Chunk],
    generator: Generator,
    *,
    seconds: float,
    wordings: Mapping[str, str] | None = None,
    file: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Asked:
    """Asks about each fact in turn until all are done or time is up.

    For every fact the model writes a question about the marked value; where a question exists
    already (`wordings`), it also rewords it. Each new question is answered with the fact's passage
    and kept when the answer is the value. Then each fact is asked closed book, to find out what the
    base knows already.

    What the model says is kept in `file`, with the time it took. Time is counted by these figures,
    also for what is only read, so a run that goes on after a kill, and a second one, end where one
    without a break ends.

    Args:
        evidence: facts, most wanted first.
        chunks: all chunks.
        generator: the base model (or any other).
        seconds: the model's time, see above; a batch that has begun is finished.
        wordings: fact id -> a good deterministic question.
        file: keeps the texts from one run to the next, see `asked.AskedTexts`.
        progress: (facts done, facts in all).

    Raises:
        ModelError: the model does not answer at all.
    """
    said = AskedTexts(generator, file)
    family = str(getattr(generator, "prompt_family", "chat"))
    asker = _Asker(said, family, {chunk.id: chunk for chunk in chunks}, wordings or {})
    tried, written = 0, 0
    reasons: Counter[str] = Counter()
    pairs: list[Pair] = []
    known: set[str] = set()
    while tried < len(evidence) and said.seconds < seconds:
        batch = evidence[tried : tried + BATCH]
        proposed = asker.propose(batch)
        sound = [pair for pair in proposed if _sound(pair)]
        answered = asker.answerable(sound)
        reasons[BADLY_ASKED] += len(proposed) - len(sound)
        reasons[NOT_ANSWERABLE] += len(sound) - len(answered)
        pairs.extend(answered)
        known.update(asker.known(batch))
        tried, written = tried + len(batch), written + len(proposed)
        if progress is not None:
            progress(tried, len(evidence))
        if written >= GIVE_UP_AFTER and len(pairs) < GIVE_UP_SHARE * written:
            break  # this model cannot ask; the time is better spent on training
    counted = {reason: count for reason, count in reasons.items() if count}
    return Asked(tuple(pairs), tried, written, counted, frozenset(known), said.reused, said.damaged)


class _Asker:
    def __init__(
        self,
        said: AskedTexts,
        family: str,
        chunks: Mapping[str, Chunk],
        wordings: Mapping[str, str],
    ) -> None:
        self.said, self.family = said, family
        self.chunks, self.wordings = chunks, wordings
        self.template = find_template("zero-shot", family)

    def propose(self, batch: Sequence[Evidence]) -> list[Pair]:
        """New questions about a batch of facts, unchecked."""
        rows: list[tuple[Evidence, tuple[Message, ...]]] = []
        for one in batch:
            chunk = self.chunks.get(one.fact.chunk_id)
            if chunk is not None:
                start = one.fact.start - chunk.start
                asked = ask(chunk.header, chunk.text, start, start + len(one.fact.value))
                rows.append((one, self._framed(asked, _CHAT_ASK)))
            if one.fact.id in self.wordings:
                again = reword(self.wordings[one.fact.id])
                rows.append((one, self._framed(again, _CHAT_REWORD)))
        texts = self.said.texts([messages for _, messages in rows], QUESTION_TOKENS)
        made = []
        for (one, _), text in zip(rows, texts, strict=True):
            question = text.strip().split("\n")[0].strip()
            if question:
                made.append(pair_of(one, QUESTION, qualified(question, one), one.answer))
        return made

    def answerable(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Those that the model answers rightly when it is shown the fact's passage."""
        prompts = [
            render(self.template, p.question, number_passages([self.chunks[p.chunk_id]]))
            for p in pairs
        ]
        answers = self.said.texts(prompts, ANSWER_TOKENS)
        return [p for p, answer in zip(pairs, answers, strict=True) if _same(answer, p.answer)]

    def known(self, batch: Sequence[Evidence]) -> list[str]:
        """Facts of the batch that the model answers rightly without a passage."""
        asked = [one for one in batch if one.fact.id in self.wordings]
        prompts = [render(self.template, self.wordings[one.fact.id]) for one in asked]
        answers = self.said.texts(prompts, ANSWER_TOKENS)
        return [
            one.fact.id
            for one, answer in zip(asked, answers, strict=True)
            if _same(answer, one.answer) and normalise(one.answer) not in {"yes", "no"}
        ]

    def _framed(self, messages: tuple[Message, ...], instruction: str) -> tuple[Message, ...]:
        """The packaged model was taught these requests; any other model is told what to do."""
        if self.family == "embedded":
            return messages
        return (Message("system", instruction), *messages)


def _sound(pair: Pair) -> bool:
    """Ends with a question mark, is of a sensible length and does not give the answer away."""
    length = len(words(pair.question))
    asked = pair.question.endswith("?") and 3 <= length <= 32
    return asked and not contains_value(pair.question, pair.answer)


def _same(answer: str, value: str) -> bool:
    if is_refusal(answer) or not answer.strip():
        return False
    return normalise(answer) == normalise(value) or f1(answer, [value]) >= SAME
