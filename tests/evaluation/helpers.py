"""A scripted pipeline and small runs, for tests of everything that reads a run."""

import hashlib
from datetime import UTC, datetime

from assistant.errors import ModelError
from assistant.evaluation.codec import questions_hash
from assistant.evaluation.header import RunHeader
from assistant.evaluation.runner import run
from assistant.evaluation.runs import RunFolder
from assistant.schema import Answer, Approach, Chunk, Citation, Message, Passage, Question

GRID = (
    Approach("prompt", "zero-shot"),
    Approach("rag", "zero-shot", "retrieved"),
    Approach("finetuned", "zero-shot", "none", "adapter-1"),
    Approach("hybrid", "zero-shot", "retrieved", "adapter-1"),
    Approach("oracle", "zero-shot", "gold"),
)
UNTRAINED = tuple(a for a in GRID if a.adapter is None)


def hash_of(text):
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def chunk(document, text, heading="Limits"):
    return Chunk(
        f"c-{document}-{hash_of(text)}", document, document, (heading,), text, 0, len(text)
    )


class ScriptedPipeline:
    """Says what `say(question, approach)` returns; passages hold the reference.

    Keeps every call, can fail on a question, and can be told to die after some batches.
    """

    def __init__(self, say, *, fail_on="", die_after=None):
        self.say = say
        self.fail_on = fail_on
        self.die_after = die_after
        self.calls = []

    def answer(self, questions, approaches, *, on_text=None, cancelled=None, nearest=True):
        if self.die_after is not None and len(self.calls) >= self.die_after:
            raise KeyboardInterrupt
        self.calls.append(tuple(q.id for q in questions))
        if any(q.id == self.fail_on for q in questions):
            raise ModelError("the model fell over", "restart it")
        return [[self._one(i, q, a, on_text) for a in approaches] for i, q in enumerate(questions)]

    def _one(self, number, question, approach, on_text):
        text = self.say(question, approach.name)
        if on_text:
            on_text(number, approach.name, text)
        shown = ()
        if approach.passages != "none":
            source = question.sources[0] if question.sources else "other.md"
            told = question.references[0] if question.references else "nothing"
            shown = (Passage(1, chunk(source, f"It says {told}."), 0.123456789),)
        content = f"Question: {question.question}" + "".join(f"\n[1] {p.chunk.text}" for p in shown)
        holds = bool(shown) and text in shown[0].chunk.text
        return Answer(
            question.id, approach.name, text, passages=shown,
            citations=(Citation(1, shown[0].chunk.id, True),) if holds else (),
            prompt_tokens=len(content.split()), completion_tokens=len(text.split()),
            model="fake", adapter=approach.adapter, index="index-1" if shown else None,
            prompt_hash="p1", messages=(Message("user", content),), seconds=0.01,
        )  # fmt: skip


def header(questions, approaches=GRID, **changes):
    values = dict(
        id="run-1", created=datetime(2026, 6, 1, tzinfo=UTC).isoformat(), approaches=approaches,
        questions_sha256=questions_hash(questions), question_file="questions.jsonl",
        authored_by="the support team", corpus="snapshot-1", documents=12, index="index-1",
        embedder="e1", model="fake", model_fingerprint="f1", batch_size=4,
        adapters=tuple({a.adapter for a in approaches if a.adapter}),
        fact_coverage="12 of 40 facts trained, 8 exposures each",
    )  # fmt: skip
    return RunHeader(**{**values, **changes})


def facts(n, *, documents=None, unanswerable=0, kind="fact"):
    """`n` answerable questions over `documents` documents, then unanswerable ones."""
    documents = documents or n
    found = [
        Question(
            f"q{i}", f"How many days does process {chr(97 + i % 26)}{i} take?", (f"{i + 10} days",),
            sources=(f"doc{i % documents}.md",), kind=kind,
        )
        for i in range(n)
    ]  # fmt: skip
    found += [
        Question(f"u{i}", f"What is the noise level of thing {i}?", answerable=False,
                 sources=(f"doc{i % documents}.md",), kind="unanswerable")
        for i in range(unanswerable)
    ]  # fmt: skip
    return found


def right(question):
    return question.references[0] if question.answerable else "I don't know."


def wrong(question):
    return "999 days"


def make_run(path, questions, say, approaches=GRID, **changes):
    folder = RunFolder.create(path, header(questions, approaches, **changes), questions)
    return run(folder, ScriptedPipeline(say))


def by_share(**shares):
    """Each approach is right on the first share of the questions, in file order by number."""

    def say(question, approach):
        number = int(question.id[1:])
        return right(question) if (number * 37 % 100) < shares[approach] * 100 else wrong(question)

    return say
