"""Measures what the model can do, on held-out items, for the model card.

Held out are: wordings (the last statement and question of every relation), whole relations (for
the probes in ``probes.py``), human readings by context, and articles. Fictional entities and
values are drawn anew from seeds that training never uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import TYPE_CHECKING

from assistant.foundation import formats
from assistant.foundation.answers import answer, token_f1
from assistant.foundation.examples import Example, article_question, ask_example
from assistant.foundation.fictional.documents import Scene, make_scene, missing_fact
from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.handbook import examples, registers
from assistant.foundation.intervals import Ability, mean, share
from assistant.foundation.reading import Reading, window

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BartForConditionalGeneration

    from assistant.foundation.data import Data

COPIED = frozenset(
    [
        "code",
        "email",
        "number",
        "phone",
        "iban",
        "version",
        "person",
        "url",
        "date",
        "money",
        "percent",
        "port",
    ]
)
"""Value types that are worthless unless every character is right."""


def collect(count: int, seed: str, make: Callable[[Random], Example | None]) -> list[Example]:
    """Draw ``count`` examples from seeds of their own."""
    made: list[Example] = []
    number = 0
    while len(made) < count:
        number += 1
        example = make(Random(f"test/{seed}/{number}"))
        if example is not None:
            made.append(example)
    return made


def scene_question(
    rng: Random, scene: Scene, kinds: frozenset[str] | None = None
) -> Example | None:
    """A question on a scene, about a fact whose value type is one of ``kinds`` if given."""
    facts = [f for f in scene.facts if kinds is None or f.relation.kind in kinds]
    if not facts:
        return None
    fact = rng.choice(facts)
    question = fact.relation.question(rng, fact.entity, scene.unseen)
    return formats.with_passages(question, scene.passages), fact.value


def _ask_missing(rng: Random, scene: Scene) -> Example | None:
    missing = missing_fact(rng, scene)
    if missing is None:
        return None
    question = missing[1].question(rng, missing[0], scene.unseen)
    return formats.with_passages(question, scene.passages), REFUSAL


def _cell(rng: Random) -> Example | None:
    made = registers.register(rng, 1, [])
    return made if made is not None and made[1] != REFUSAL else None


def _ask_human(reading: Reading) -> Example:
    text = window(Random(reading.question), reading, 1200)
    passage = Passage(reading.title or "Text", text)
    return formats.with_passages(reading.question, [passage]), reading.answer


def _articles(data: Data, count: int) -> list[Example]:
    made: list[Example] = []
    for article in data.test_articles:
        found = article_question(Random(article.title), article, 700)
        if found is not None and len(made) < count:
            question, reply, text = found
            made.append((formats.with_passages(question, [Passage(article.title, text)]), reply))
    return made


def _written(data: Data, count: int, missing: bool) -> list[Example]:
    made: list[Example] = []
    for page in data.test_pages:
        place = [Passage(page.heading, page.text)]
        if missing:
            made += [(formats.with_passages(q, place), REFUSAL) for q in page.missing]
        else:
            made += [
                (formats.with_passages(w, place), q.answer)
                for q in page.questions
                for w in q.wordings
            ]
    Random(0).shuffle(made)
    return made[:count]


def sets(data: Data, count: int) -> dict[str, list[Example]]:
    """The held-out reading items by name."""
    human = [r for r in data.test_readings if r.family != "textbook" and r.answer != REFUSAL]
    Random(0).shuffle(human)
    several = Random(1)
    return {
        "read: fictional documents, unseen wordings (F1)": collect(
            count, "unseen", lambda r: scene_question(r, make_scene(r, 2, unseen=True))
        ),
        "read: fictional documents, known wordings (F1)": collect(
            count, "known", lambda r: scene_question(r, make_scene(r, 2))
        ),
        "read: among several fictional passages, unseen wordings (F1)": collect(
            count, "several", lambda r: scene_question(r, make_scene(r, 3, unseen=True))
        ),
        "read: human reading questions (F1)": [_ask_human(r) for r in human[:count]],
        "read: textbook questions (F1)": [
            _ask_human(r) for r in data.test_readings if r.family == "textbook"
        ][:count],
        "read: encyclopedia (F1)": _articles(data, count),
        "copy: codes, numbers, addresses, names, exact": collect(
            count, f"copy{several.random()}", lambda r: scene_question(r, make_scene(r, 1), COPIED)
        ),
        "decline: unanswerable twins (recall)": collect(
            count, "missing", lambda r: _ask_missing(r, make_scene(r, 2, unseen=True))
        ),
        "read: pages and questions written by hand (F1)": _written(data, count, False),
        "decline: written by hand, near misses (recall)": _written(data, count, True),
        "read: documentation page, unseen wordings (F1)": collect(
            count, "page", lambda r: examples.answerable(r, 1, unseen=True)
        ),
        "read: documentation in one to five passages, unseen wordings (F1)": collect(
            count, "pages", lambda r: examples.answerable(r, 2, unseen=True)
        ),
        "read: documentation in five passages, unseen wordings (F1)": collect(
            count, "five", lambda r: examples.answerable(r, 2, unseen=True, count=5)
        ),
        "read: one cell of a wide table (F1)": collect(count, "table", _cell),
        "decline: documentation, same page without the answer (recall)": collect(
            count, "no page", lambda r: examples.unanswerable(r, 1, unseen=True)
        ),
    }


def measure(
    model: BartForConditionalGeneration, tokenizer: Tokenizer, data: Data, count: int = 300
) -> Iterator[Ability]:
    """Measure all abilities that need no adapter, one after the other."""
    for name, items in sets(data, count).items():
        given = answer(model, tokenizer, [source for source, _ in items])
        if name.startswith(("copy", "decline")):
            yield share(name, [g == a for g, (_, a) in zip(given, items, strict=True)])
            continue
        yield mean(name, [token_f1(g, a) for g, (_, a) in zip(given, items, strict=True)])
        exact = [g == a for g, (_, a) in zip(given, items, strict=True)]
        yield share(name.replace("(F1)", "(exact)"), exact)
        if "fictional" in name or "documentation" in name:
            label = name.replace("read:", "decline: false alarms,").replace(" (F1)", "")
            yield share(label, [g == REFUSAL for g in given])
    yield asking(model, tokenizer, count)
    closed = collect(count, "closed", lambda r: _closed_book(r, make_scene(r, 1, unseen=True)))
    given = answer(model, tokenizer, [source for source, _ in closed])
    yield share("decline: closed book", [g == REFUSAL for g in given])


def _closed_book(rng: Random, scene: Scene) -> Example:
    fact = rng.choice(scene.facts)
    return formats.closed_book(fact.relation.question(rng, fact.entity, scene.unseen)), REFUSAL


def asking(model: BartForConditionalGeneration, tokenizer: Tokenizer, count: int) -> Ability:
    """Round trip: it asks about a marked value, then answers its own question with that value."""

    def draw(rng: Random) -> Example | None:
        scene = make_scene(rng, 2, unseen=True)
        made = ask_example(rng, scene, rng.choice(scene.facts))
        return made and (made[0], "")

    asked = [source for source, _ in collect(count, "ask", draw)]
    questions = answer(model, tokenizer, asked)
    values, sources = [], []
    for source, question in zip(asked, questions, strict=True):
        head, heading_and_text = source.split("\n\n", 1)
        heading, text = heading_and_text.split("\n", 1)
        text = re.sub(f"[{formats.MARK_OPEN}{formats.MARK_CLOSE}]", "", text)
        values.append(head.removeprefix("Ask about: "))
        sources.append(formats.with_passages(question, [Passage(heading, text)]))
    given = answer(model, tokenizer, sources)
    return share(
        "ask: own question answered with the marked value",
        [g == v for g, v in zip(given, values, strict=True)],
    )


def quick_look(model: BartForConditionalGeneration, tokenizer: Tokenizer, data: Data) -> str:
    """A cheap look while training: F1 and the share of refusals of 40 items a set."""
    parts = []
    for name, items in sets(data, 40).items():
        given = answer(model, tokenizer, [source for source, _ in items], longest=24)
        f1 = sum(token_f1(g, a) for g, (_, a) in zip(given, items, strict=True)) / len(items)
        refused = sum(g == REFUSAL for g in given) / len(items)
        short = name.replace(" (F1)", "").replace(" wordings", "")
        parts.append(f"{short} {f1:.2f} (refused {refused:.2f})")
    return "; ".join(parts)
