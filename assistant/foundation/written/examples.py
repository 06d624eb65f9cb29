"""Training examples from the written pages: reading, declining, asking, rewording."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from assistant.foundation import formats
from assistant.foundation.fictional.documents import disturb
from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.written.pages import KINDS, Page, Question

MAX_CHARACTERS = 2900
"""Of all passages together; more would not fit into the positions of the model."""
MISSING = 0.2
"""Share of near misses among the questions."""
ABSENT = 0.08
"""Share of questions of a set that are put to its other pages only."""
_SHARES = {"encyclopedia": 0.36, "pages": 0.42, "stories": 0.12, "reasoning": 0.10}
_SIBLINGS = ((0,), (0, 0, 1), (0, 1, 1, 2, 2, 3, 4))


@dataclass(frozen=True)
class Written:
    """The written pages by kind and by set."""

    kinds: dict[str, list[Page]]
    groups: dict[str, list[Page]]

    @classmethod
    def of(cls, pages: list[Page]) -> Written:
        """Sort pages; without any, no examples are made."""
        kinds: dict[str, list[Page]] = {kind: [] for kind in KINDS}
        groups: dict[str, list[Page]] = {}
        for page in pages:
            kinds[page.kind].append(page)
            groups.setdefault(page.group, []).append(page)
        return cls({k: p for k, p in kinds.items() if p}, groups)

    def draw(self, rng: Random) -> Page | None:
        """A page of any kind; None if there are none."""
        if not self.kinds:
            return None
        kinds = list(self.kinds)
        return rng.choice(self.kinds[rng.choices(kinds, [_SHARES[k] for k in kinds])[0]])

    def siblings(self, rng: Random, page: Page, count: int) -> list[Page]:
        """Up to ``count`` other pages of a set of documentation."""
        if page.kind != "pages":
            return []
        others = [p for p in self.groups[page.group] if p is not page]
        return rng.sample(others, min(count, len(others)))


def passage(page: Page) -> Passage:
    """The page as a passage."""
    return Passage(page.heading, page.text)


def reading(
    rng: Random, written: Written, stage: int, others: list[Passage]
) -> tuple[str, str] | None:
    """A question on a page, beside pages of its set and unrelated passages."""
    page = written.draw(rng)
    if page is None or (stage == 0 and len(page.text) > 400):
        return None
    beside = written.siblings(rng, page, rng.choice(_SIBLINGS[stage]))
    chance = rng.random()
    if chance < MISSING and page.missing:
        asked, answer = rng.choice(page.missing), REFUSAL
    else:
        question = rng.choice(page.questions)
        asked, answer = rng.choice(question.wordings), question.answer
        if chance > 1 - ABSENT and beside and not any(answer in p.text for p in beside):
            page, beside, answer = beside[0], beside[1:], REFUSAL
    return formats.with_passages(disturb(rng, asked), _shuffled(rng, page, beside, others)), answer


def _shuffled(rng: Random, page: Page, beside: list[Page], others: list[Passage]) -> list[Passage]:
    kept = [passage(page)]
    size = len(page.text)
    for passage_ in [*map(passage, beside), *others]:
        size += len(passage_.text) + len(passage_.heading)
        if len(kept) < 5 and size <= MAX_CHARACTERS:
            kept.append(passage_)
    rng.shuffle(kept)
    return kept


def asking(rng: Random, written: Written) -> tuple[str, str] | None:
    """A page with a marked value, and the question that somebody wrote about it."""
    page = written.draw(rng)
    if page is None or page.kind == "reasoning":
        return None
    question = rng.choice(page.questions)
    start = page.text.find(question.answer)
    if start < 0 or page.text.count(question.answer) != 1 or not _whole(question.wordings[0]):
        return None
    made = formats.ask(page.heading, page.text, start, start + len(question.answer))
    return made, question.wordings[0]


def _whole(wording: str) -> bool:
    """Whether it is a whole question, not a keyword query."""
    return wording.endswith("?") and wording[0].isupper()


def rewording(rng: Random, written: Written) -> tuple[str, str] | None:
    """Two wordings of one question."""
    page = written.draw(rng)
    twins: list[Question] = [q for q in page.questions if len(q.wordings) > 1] if page else []
    if not twins:
        return None
    wordings = list(rng.choice(twins).wordings[:2])
    rng.shuffle(wordings)
    return formats.reword(wordings[0]), wordings[1]
