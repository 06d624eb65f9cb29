"""Draws training examples: which task, how long, and how it becomes input and target text.

Every example comes from its own seed, so the stream is the same after a resumption and in every
process. Three stages follow one another in training (a length curriculum): short inputs, from
which copying is learnt cheaply, then paragraphs, then several passages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from assistant.foundation import formats
from assistant.foundation.encyclopedia import Article
from assistant.foundation.examples import (
    Example,
    article_question,
    ask_example,
    clip,
    damage,
    fictional_example,
    recite_example,
)
from assistant.foundation.fewshot import few_shot
from assistant.foundation.fictional.documents import disturb, make_scene
from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.handbook import drill, examples, registers
from assistant.foundation.reading import Reading, window
from assistant.foundation.written import examples as by_hand
from assistant.foundation.written.examples import Written

TASKS = (
    "fictional",
    "encyclopedia",
    "human",
    "glossary",
    "ask",
    "reword",
    "restore",
    "decline",
    "few_shot",
    "handbook",
    "drill",
    "written",
    "register",
    "recite",
)
WEIGHTS = (
    (0.28, 0.14, 0.07, 0.05, 0.04, 0.03, 0.14, 0.01, 0.03, 0.03, 0.05, 0.08, 0.05, 0.0),
    (0.13, 0.04, 0.10, 0.01, 0.05, 0.01, 0.0, 0.03, 0.02, 0.08, 0.02, 0.24, 0.13, 0.14),
    (0.13, 0.05, 0.06, 0.01, 0.07, 0.02, 0.01, 0.03, 0.02, 0.12, 0.03, 0.30, 0.12, 0.03),
)
"""Share of each task, by stage."""


@dataclass(frozen=True)
class Sources:
    """What is read once at the start: articles, readings, glossaries, bare questions, pages."""

    articles: list[Article]
    readings: list[Reading]
    glossaries: list[list[tuple[str, str]]]
    questions: list[str]
    written: Written = field(default_factory=lambda: Written.of([]))


class Mixture:
    """An endless, reproducible stream of examples."""

    def __init__(self, sources: Sources, seed: int) -> None:
        self.sources = sources
        self.seed = seed

    def example(self, index: int, stage: int) -> Example:
        """Example number ``index`` when the curriculum is at ``stage`` (0, 1 or 2)."""
        rng = Random(f"{self.seed}/{index}/{stage}")
        while True:
            task = rng.choices(TASKS, WEIGHTS[stage])[0]
            made = getattr(self, "_" + task)(rng, stage)
            if made is not None:
                return made  # type: ignore[no-any-return]

    def bare(self, index: int) -> str:
        """Input number ``index`` without passages: a question, or a sentence with a gap."""
        rng = Random(f"bare/{self.seed}/{index}")
        chance = rng.random()
        if chance < 0.2:
            words = rng.choice(rng.choice(self.sources.articles).sentences).split(" ")
            start = rng.randrange(len(words))
            words[start : start + rng.randint(1, 3)] = ["___"]
            return formats.closed_book(" ".join(words))
        if chance < 0.4 and (made := by_hand.rewording(rng, self.sources.written)) is not None:
            return formats.closed_book(disturb(rng, made[1]))
        return self._decline(rng)[0]

    # ---- reading -----------------------------------------------------------------------------
    def _fictional(self, rng: Random, stage: int) -> Example | None:
        size = (1, rng.choice((1, 2, 2)), rng.choice((2, 3, 3)))[stage]
        scene = make_scene(rng, size)
        return fictional_example(rng, scene, self._distractors(rng, stage, len(scene.passages)))

    def _encyclopedia(self, rng: Random, stage: int) -> Example | None:
        article = rng.choice(self.sources.articles)
        made = article_question(rng, article, (230, 700, 900)[stage])
        if made is None:
            return None
        question, answer, text = made
        passages = [Passage(article.title, text)]
        if stage and rng.random() < 0.06:
            passages, answer = [], REFUSAL
        passages += self._distractors(rng, stage, 1)
        if not passages:
            return None
        rng.shuffle(passages)
        return formats.with_passages(question, passages), answer

    def _human(self, rng: Random, stage: int) -> Example | None:
        reading = rng.choice(self.sources.readings)
        if reading.family == "textbook" and rng.random() < 0.5:  # noisier than the other sets
            return None
        if stage == 0 and not reading.extractive:
            return None
        text = window(rng, reading, (260, 800, 1000)[stage])
        title = reading.title or rng.choice(("Passage", "Text", "Article", "Notes", "Background"))
        passages, answer = [Passage(title, text)], reading.answer
        if stage and rng.random() < 0.03:
            other = rng.choice(self.sources.readings)
            if other.context != reading.context:
                passages, answer = [Passage(title, window(rng, other, 700))], REFUSAL
        passages += self._distractors(rng, stage, 2) if rng.random() < 0.6 else []
        rng.shuffle(passages)
        return formats.with_passages(disturb(rng, reading.question), passages), answer

    def _glossary(self, rng: Random, stage: int) -> Example | None:
        group = rng.choice(self.sources.glossaries)
        entries = rng.sample(group, min(len(group), rng.randint(2, (2, 4, 6)[stage])))
        term, definition = entries[0]
        rng.shuffle(entries)
        shape = rng.choice(("{}: {}", "**{}** - {}", "- {}: {}", "{} means {}.", "| {} | {} |"))
        text = "\n".join(shape.format(t, d) for t, d in entries)
        if rng.random() < 0.5:
            form = rng.choice(
                (
                    "What does {} mean?",
                    "What is meant by {}?",
                    "How is {} defined?",
                    "What is {}?",
                    "Define {}.",
                )
            )
            question, answer = form.format(term), definition
        else:
            form = rng.choice(
                (
                    "Which term means {}?",
                    "What do we call {}?",
                    "What is the word for {}?",
                    "What is the name for {}?",
                )
            )
            question, answer = form.format(definition.rstrip(".")), term
        return formats.with_passages(question, [Passage("Glossary > Terms", text)]), answer

    def _distractors(self, rng: Random, stage: int, have: int) -> list[Passage]:
        """Unrelated passages; at stage 2 up to five in all, mostly from fictional documents."""
        if stage == 0 or (stage == 1 and rng.random() < 0.75):
            return []
        room = max(0, (2, 5)[stage - 1] - have)
        made: list[Passage] = []
        for _ in range(rng.randint(0, room)):
            if rng.random() < 0.5:
                made.append(make_scene(rng, rng.choice((2, stage + 1))).passages[0])
            else:
                article = rng.choice(self.sources.articles)
                made.append(
                    Passage(
                        article.title,
                        clip(article.sentences, rng.choice((300, 600, 900)[: stage + 1])),
                    )
                )
        return made

    # ---- asking and rewording ------------------------------------------------------------------
    def _ask(self, rng: Random, stage: int) -> Example | None:
        if rng.random() < 0.5:
            return by_hand.asking(rng, self.sources.written)
        chance = rng.random()
        if chance < 0.4:
            return examples.asking(rng, stage)
        if chance < 0.65:
            scene = make_scene(rng, min(stage + 1, 2))
            fact = rng.choice(scene.facts)
            return ask_example(rng, scene, fact)
        if rng.random() < 0.5:
            article = rng.choice(self.sources.articles)
            made = article_question(rng, article, (250, 600, 800)[stage], hidden=False)
            if made is None:
                return None
            question, answer, text = made
            heading = article.title
        else:
            reading = rng.choice(self.sources.readings)
            text = window(rng, reading, (260, 700, 900)[stage])
            question, answer, heading = reading.question, reading.answer, reading.title or "Text"
        start = text.find(answer)
        if start < 0 or not answer:
            return None
        return formats.ask(heading, text, start, start + len(answer)), question

    def _reword(self, rng: Random, stage: int) -> Example | None:
        if rng.random() < 0.5:
            return by_hand.rewording(rng, self.sources.written)
        if rng.random() < 0.4:
            first, second = examples.bare(rng)
            return (formats.reword(disturb(rng, first)), second) if first != second else None
        fact = rng.choice(make_scene(rng, 1).facts)
        first = fact.relation.question(rng, fact.entity, False)
        second = fact.relation.question(rng, fact.entity, False)
        return (formats.reword(disturb(rng, first)), second) if first != second else None

    # ---- language, declining, few-shot ---------------------------------------------------------
    def _restore(self, rng: Random, stage: int) -> Example | None:
        sentence = rng.choice(rng.choice(self.sources.articles).sentences)
        words = sentence.split(" ")
        if not 5 <= len(words) <= 30:
            return None
        return formats.RESTORE.format(text=damage(rng, words)), sentence

    def _decline(self, rng: Random, stage: int = 0) -> Example:
        if rng.random() < 0.35:
            question = rng.choice(self.sources.questions)
        elif rng.random() < 0.3:
            pairs = rng.choice(self.sources.articles).pairs
            question = rng.choice(pairs)[0] if pairs else "Who is that?"
        elif rng.random() < 0.4:
            question = examples.bare(rng)[0]
        else:
            fact = rng.choice(make_scene(rng, 1).facts)
            question = fact.relation.question(rng, fact.entity, False)
        return formats.closed_book(disturb(rng, question)), REFUSAL

    def _few_shot(self, rng: Random, stage: int) -> Example | None:
        return few_shot(rng, stage)

    # ---- documentation -------------------------------------------------------------------------
    def _handbook(self, rng: Random, stage: int) -> Example | None:
        others = self._distractors(rng, stage, 2) if rng.random() < 0.4 else []
        hidden = rng.random() < examples.UNANSWERABLE[stage]
        make = examples.unanswerable if hidden else examples.answerable
        made = make(rng, stage, others=others)
        if made is None:
            return None
        question, rest = made[0].removeprefix("Question: ").split("\n\n", 1)
        return f"{formats.closed_book(disturb(rng, question))}\n\n{rest}", made[1]

    def _drill(self, rng: Random, stage: int) -> Example | None:
        return drill.drill(rng, stage)

    def _register(self, rng: Random, stage: int) -> Example | None:
        others = self._distractors(rng, stage, 1) if rng.random() < 0.3 else []
        return registers.register(rng, rng.randint(0, stage), others)

    def _recite(self, rng: Random, stage: int) -> Example | None:
        chance, pages = rng.random(), self.sources.written
        if chance < 0.45:
            made = registers.drawn(rng, rng.randint(0, stage))
        elif chance < 0.65:
            made = make_scene(rng, 1 + (stage > 0)).passages[0]
        elif chance < 0.8 and (page := pages.draw(rng)) is not None:
            made = by_hand.passage(page)
        else:
            article = rng.choice(self.sources.articles)
            made = Passage(article.title, clip(article.sentences, (230, 600, 600)[stage]))
        return recite_example(rng, made) if made is not None else None

    def _written(self, rng: Random, stage: int) -> Example | None:
        others = self._distractors(rng, stage, 2) if rng.random() < 0.3 else []
        return by_hand.reading(rng, self.sources.written, stage, others)
