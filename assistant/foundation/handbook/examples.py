"""Training examples from documentation sets: one to five pages of one set, then a question."""

from __future__ import annotations

from random import Random

from assistant.foundation import formats
from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.handbook.facts import ask
from assistant.foundation.handbook.pages import DocumentSet, Page

UNANSWERABLE = (0.1, 0.14, 0.22)
"""Share of questions without an answer, by stage."""
MAX_CHARACTERS = 2700
"""Of all passages together; more would not fit into the positions of the model."""
_COUNTS = ((1,), (1, 1, 1, 2), (1, 1, 1, 2, 2, 3, 3, 4, 5))
_WORDS = (30, 90, 170)


def make_pages(
    rng: Random, stage: int, unseen: bool = False, count: int = 0
) -> tuple[DocumentSet, list[Page]]:
    """A documentation set and some of its pages; those beside the first are near-twins of it.

    Args:
        rng: Source of chance.
        stage: Of the curriculum; decides number and length of the pages.
        unseen: Use the held-out wordings.
        count: Exact number of pages; 0 draws it.
    """
    made = DocumentSet(rng, unseen)
    count = count or rng.choice(_COUNTS[stage])
    longest = min(_WORDS[stage], 460 // count)
    pages = [made.page(rng.randint(longest // 2, longest)) for _ in range(count)]
    return made, pages


def passages_of(rng: Random, pages: list[Page], others: list[Passage]) -> list[Passage]:
    """The pages and other passages in any order; the first page is always among them."""
    kept, size = [Passage(pages[0].heading, pages[0].text)], len(pages[0].text)
    for passage in [*(Passage(p.heading, p.text) for p in pages[1:]), *others]:
        size += len(passage.text) + len(passage.heading)
        if len(kept) < 5 and size <= MAX_CHARACTERS:
            kept.append(passage)
    rng.shuffle(kept)
    return kept


def answerable(
    rng: Random,
    stage: int,
    unseen: bool = False,
    others: list[Passage] | None = None,
    count: int = 0,
) -> tuple[str, str] | None:
    """A question with passages and the answer that the first page states."""
    made, pages = make_pages(rng, stage, unseen, count)
    asked = made.question(pages[0])
    if asked is None:
        return None
    return formats.with_passages(asked[0], passages_of(rng, pages, others or [])), asked[1]


def unanswerable(
    rng: Random, stage: int, unseen: bool = False, others: list[Passage] | None = None
) -> tuple[str, str] | None:
    """A question of the same kind that no page answers."""
    made, pages = make_pages(rng, stage, unseen)
    question = made.missing(pages)
    if question is None:
        return None
    return formats.with_passages(question, passages_of(rng, pages, others or [])), REFUSAL


def asking(rng: Random, stage: int) -> tuple[str, str] | None:
    """A page with a marked value, and a question about it (None if the value stands twice)."""
    _, pages = make_pages(rng, stage)
    page = pages[0]
    if not page.claims:
        return None
    claim = rng.choice(page.claims)
    start = page.text.find(claim.value)
    if start < 0 or page.text.count(claim.value) != 1 or claim.value in page.heading:
        return None
    question = ask(rng, claim.attribute, claim.scope, claim.value, plain=True)
    return formats.ask(page.heading, page.text, start, start + len(claim.value)), question


def bare(rng: Random) -> tuple[str, str]:
    """Two wordings of one question, without a passage."""
    made = DocumentSet(rng)
    attribute = rng.choice(made.attributes)
    scope = rng.choice(made.scopes) if made.scopes else None
    return ask(rng, attribute, scope), ask(rng, attribute, scope, plain=True)
