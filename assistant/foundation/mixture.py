"""Draws training examples: which task, how long, and how it becomes input and target text.

Every example comes from its own seed, so the stream is the same after a resumption and in every
process. Three stages follow one another in training (a length curriculum): short inputs, from
which copying is learnt cheaply, then paragraphs, then several passages.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from assistant.foundation import formats
from assistant.foundation.encyclopedia import Article
from assistant.foundation.fewshot import few_shot
from assistant.foundation.fictional.documents import (
    TITLE_KINDS,
    Fact,
    Scene,
    disturb,
    make_scene,
    missing_fact,
)
from assistant.foundation.fictional.prose import lower_start, stand_in
from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.reading import Reading, window

Example = tuple[str, str]
"""Input text and target text."""

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
)
WEIGHTS = (
    (0.40, 0.20, 0.07, 0.05, 0.04, 0.03, 0.17, 0.01, 0.03),
    (0.34, 0.18, 0.22, 0.05, 0.10, 0.03, 0.03, 0.02, 0.03),
    (0.41, 0.16, 0.20, 0.03, 0.09, 0.03, 0.02, 0.03, 0.03),
)
"""Share of each task, by stage."""
UNANSWERABLE = 0.19


@dataclass(frozen=True)
class Sources:
    """What is read once at the start: articles, human readings, glossaries, bare questions."""

    articles: list[Article]
    readings: list[Reading]
    glossaries: list[list[tuple[str, str]]]
    questions: list[str]


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
                        _clip(article.sentences, rng.choice((300, 600, 900)[: stage + 1])),
                    )
                )
        return made

    # ---- asking and rewording ------------------------------------------------------------------
    def _ask(self, rng: Random, stage: int) -> Example | None:
        if rng.random() < 0.5:
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

    def _decline(self, rng: Random, stage: int) -> Example | None:
        if rng.random() < 0.35:
            question = rng.choice(self.sources.questions)
        elif rng.random() < 0.3:
            pairs = rng.choice(self.sources.articles).pairs
            question = rng.choice(pairs)[0] if pairs else "Who is that?"
        else:
            fact = rng.choice(make_scene(rng, 1).facts)
            question = fact.relation.question(rng, fact.entity, False)
        return formats.closed_book(disturb(rng, question)), REFUSAL

    def _few_shot(self, rng: Random, stage: int) -> Example | None:
        return few_shot(rng, stage)


def fictional_example(rng: Random, scene: Scene, others: list[Passage]) -> Example | None:
    """A question on a scene: mostly answerable, sometimes not, sometimes in reverse."""
    passages, chance = [*scene.passages, *others], rng.random()
    if chance < UNANSWERABLE:
        missing = missing_fact(rng, scene)
        if missing is None:
            return None
        question, answer = missing[1].question(rng, missing[0], scene.unseen), REFUSAL
    else:
        fact = rng.choice(scene.facts)
        named = fact.entity
        if not others and len({f.entity for f in scene.facts}) == 1 and rng.random() < 0.12:
            named = (
                lower_start(stand_in(rng, scene.kind), ()) if scene.kind in TITLE_KINDS else named
            )
        question, answer = fact.relation.question(rng, named, scene.unseen), fact.value
        unique = sum(f.value == fact.value for f in scene.facts) == 1
        if chance < UNANSWERABLE + 0.06 and unique and fact.relation.kind != "yesno":
            form = rng.choice(
                ("Which one has {} as its {}?", "Whose {1} is {0}?", "For which one is {} the {}?")
            )
            question = form.format(fact.value, rng.choice(fact.relation.names))
            answer = fact.entity
    if others:
        rng.shuffle(passages)
    return formats.with_passages(disturb(rng, question), passages[:5]), answer


def ask_example(rng: Random, scene: Scene, fact: Fact) -> Example | None:
    """Passage with a marked value -> a question about it (None if the value is not there once)."""
    passage = scene.passages[fact.passage]
    start = passage.text.find(fact.value)
    if fact.relation.kind == "yesno" or start < 0 or passage.text.count(fact.value) != 1:
        return None
    made = formats.ask(passage.heading, passage.text, start, start + len(fact.value))
    return made, fact.relation.question(rng, fact.entity, scene.unseen)


def article_question(
    rng: Random, article: Article, limit: int, hidden: bool = True
) -> tuple[str, str, str] | None:
    """A question on an article: (question, answer, text of at most ``limit`` characters)."""
    if hidden and article.hidden and (not article.pairs or rng.random() < 0.3):
        question, answer, number = rng.choice(article.hidden)
        sentences = [s for i, s in enumerate(article.sentences) if i != number]
    elif article.pairs:
        question, answer = rng.choice(article.pairs)
        sentences = list(article.sentences)
    else:
        return None
    where = next((i for i, s in enumerate(sentences) if answer in s), None)
    if where is None:
        return None
    first = rng.randint(max(0, where - (1, 3)[limit > 300]), where)
    text = _clip(sentences[first:], limit)
    return (disturb(rng, question), answer, text) if answer in text else None


def _clip(sentences: list[str] | tuple[str, ...], limit: int) -> str:
    text = ""
    for sentence in sentences:
        if text and len(text) + len(sentence) > limit:
            break
        text = f"{text} {sentence}".strip()
    return text[: 2 * limit]


def damage(rng: Random, words: list[str]) -> str:
    """Blank out, swap or drop some words; at least one blank remains visible."""
    out: list[str] = []
    position = 0
    while position < len(words):
        if rng.random() < 0.12:
            out.append("_")
            position += rng.choice((1, 1, 2, 3))
        else:
            out.append(words[position])
            position += 1
    if rng.random() < 0.4 and len(out) > 4:
        place = rng.randrange(len(out) - 2)
        out[place], out[place + 1] = out[place + 1], out[place]
    if "_" not in out:
        out[rng.randrange(len(out))] = "_"
    return " ".join(out)
