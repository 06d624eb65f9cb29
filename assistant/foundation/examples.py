"""Single examples from a scene, an article or a sentence: source and target text."""

from __future__ import annotations

import re
from random import Random

from assistant.foundation import formats
from assistant.foundation.encyclopedia import Article
from assistant.foundation.fictional.documents import (
    TITLE_KINDS,
    Fact,
    Scene,
    disturb,
    missing_fact,
)
from assistant.foundation.fictional.prose import lower_start, stand_in
from assistant.foundation.formats import REFUSAL, Passage

Example = tuple[str, str]
"""Input text and target text."""
UNANSWERABLE = 0.25
_LINES = re.compile(r"\n|(?<=[.!?]) ")


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
    text = clip(sentences[first:], limit)
    return (disturb(rng, question), answer, text) if answer in text else None


def clip(sentences: list[str] | tuple[str, ...], limit: int) -> str:
    """The first sentences, up to about ``limit`` characters."""
    text = ""
    for sentence in sentences:
        if text and len(text) + len(sentence) > limit:
            break
        text = f"{text} {sentence}".strip()
    return text[: 2 * limit]


def recite_example(rng: Random, passage: Passage) -> Example | None:
    """How a line of the passage goes on (None if its first words stand twice or say it all).

    An answer of five tokens teaches five copies; this teaches forty, also of tokens that answers
    rarely hold.
    """
    lines = [line for line in _LINES.split(passage.text) if line.count(" ") >= 5]
    if not lines:
        return None
    words = rng.choice(lines).split(" ")
    cut = rng.randint(2, 3)
    start, rest = " ".join(words[:cut]), " ".join(words[cut:])
    if passage.text.count(start) != 1:
        return None
    shown = formats.PASSAGE.format(number=1, heading=passage.heading, text=passage.text)
    return f"{formats.RECITE.format(start=start)}\n\n{shown}", rest


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
