"""Kept pairs sorted into the parts of a training pool, with wordings held out for development."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.finetuning.encoding import Encoder, Example
from assistant.finetuning.evidence import Evidence
from assistant.finetuning.plan import (
    KEPT_PASSAGE_TOKEN_SHARE,
    PASSAGE_TOKEN_SHARE,
    Pool,
    stratified,
)
from assistant.finetuning.refusals import CLOSED, OPEN
from assistant.finetuning.synthesis import CLOZE, KEYWORDS, QUESTION, REVERSE, STATEMENT
from assistant.finetuning.text import jaccard, words
from assistant.schema import Pair

DEVELOPMENT_FACTS = 64
ENOUGH_QUESTIONS = 4
"""With so many questions a fact gets one gap to fill, the shortest; with fewer it gets two."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything the trainer needs from the pairs."""

    pool: Pool
    order: tuple[str, ...]
    """Fact ids, most wanted first, documents in turns."""
    development: tuple[Pair, ...]
    """Held-out wordings, one a fact; their pairs are not in the pool."""


def prepare(
    pairs: Sequence[Pair],
    evidence: Iterable[Evidence],
    encoder: Encoder,
    *,
    replay: Sequence[Pair] = (),
    variants: int | None = None,
    fact_share: float = 1.0,
    seed: int = 0,
) -> Prepared:
    """Chooses rows, order and held-out wordings.

    Args:
        pairs: kept pairs of every variant (facts, passages, refusals, user).
        evidence: the facts.
        encoder: for token counts; rows that do not fit the model are left out.
        replay: general rows.
        variants: wordings a fact at most (for measuring what more wordings bring).
        fact_share: part of the facts to use, 0..1, in training order (for measuring the same).
        seed: of the choice.
    """
    by_fact: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.fact_id and pair.variant in {QUESTION, REVERSE, STATEMENT, CLOZE, KEYWORDS}:
            by_fact[pair.fact_id].append(pair)
    known = {one.fact.id: one for one in evidence if one.fact.id in by_fact}
    documents = {fact: one.fact.document_id for fact, one in known.items()}
    order = stratified(documents, merits(known, by_fact), seed)
    order = order[: max(1, round(len(order) * fact_share))] if order else []
    development: list[Pair] = []
    facts: dict[str, list[Example]] = {}
    for fact in order:
        rows = _balanced(by_fact[fact], variants, Random(f"{seed}/{fact}"))
        if len(development) < DEVELOPMENT_FACTS:
            held, rows = _hold_out(rows)
            development.extend(held)
        if encoded := encoder.encode_all(rows):
            facts[fact] = encoded
    other: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if not pair.fact_id or pair.variant == "passages":
            other[pair.variant].append(pair)
    pool = Pool(
        facts=facts,
        passages=encoder.encode_all(with_declined(other["passages"], other[OPEN], seed)),
        refusals=encoder.encode_all(other[CLOSED]),
        user=encoder.encode_all(other["user"]),
        replay=encoder.encode_all(replay),
        passage_share=KEPT_PASSAGE_TOKEN_SHARE
        if encoder.local.encoder_decoder
        else PASSAGE_TOKEN_SHARE,
    )
    return Prepared(pool, tuple(f for f in order if f in facts), tuple(development))


OPEN_SHARE = 0.25
"""Of rows with passages, those whose passages do not answer; with many more, `hybrid` learns to
decline what the passages do say."""


def with_declined(answered: Sequence[Pair], declined: Sequence[Pair], seed: int) -> list[Pair]:
    """Rows with passages that answer, and a few whose passages do not."""
    most = round(len(answered) * OPEN_SHARE / (1 - OPEN_SHARE)) if answered else len(declined)
    chosen = Random(f"open/{seed}").sample(list(declined), min(most, len(declined)))
    return [*answered, *chosen]


INTEREST = {"number": 3.0, "key_value": 3.0, "definition": 2.0, "date": 2.0, "code": 2.0}
"""What people ask for, by kind of fact; 1 for the rest (table cells, names, addresses).

A table of prices or extensions holds hundreds of cells of which one or two are ever asked for,
while a quantity that somebody wrote a sentence around was worth a sentence. On the development
questions of the sample a quantity is asked for four times as often as a cell.
"""


def merits(
    known: Mapping[str, Evidence], by_fact: Mapping[str, Sequence[Pair]]
) -> dict[str, float]:
    """Fact id -> how much it is worth training: what is likely to be asked, of every section.

    Ties go to facts that can be asked in plain questions and in more wordings, up to four. The
    second and third fact of one chunk and kind count less, so that sections take turns.
    """
    merit = {
        fact: INTEREST.get(one.fact.kind, 1.0) + 0.1 * _wordings(by_fact[fact])
        for fact, one in known.items()
    }
    seen: Counter[str] = Counter()
    for fact in sorted(merit, key=lambda f: (-merit[f], f)):
        chunk = known[fact].fact.chunk_id
        merit[fact] /= 1 + REPEAT_COST * seen[chunk]
        seen[chunk] += 1
    return merit


REPEAT_COST = 0.25


def _wordings(rows: Sequence[Pair]) -> float:
    counts: Mapping[str, int] = Counter(pair.variant for pair in rows)
    return min(4, counts[QUESTION]) + 0.5 * min(1, counts[REVERSE]) + 0.25 * min(2, counts[CLOZE])


def _balanced(rows: Sequence[Pair], variants: int | None, rng: Random) -> list[Pair]:
    """Questions make up most of what is seen; gaps help, statements are long."""
    asked = [p for p in rows if p.variant in {QUESTION, REVERSE}]
    gaps = sorted((p for p in rows if p.variant == CLOZE), key=lambda p: len(p.question))
    stated = [p for p in rows if p.variant == STATEMENT]
    typed = [p for p in rows if p.variant == KEYWORDS]
    few = 1 if len(asked) >= ENOUGH_QUESTIONS else 2
    chosen = [*asked, *typed[:few], *gaps[:few], *stated[:1]]
    if variants is not None and len(chosen) > variants:
        chosen = [*asked, *typed, *gaps, *stated][:variants]
    rng.shuffle(chosen)
    return chosen


def _hold_out(rows: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The question least like the others, when at least three other wordings remain."""
    questions = [p for p in rows if p.variant == QUESTION]
    if len(questions) < 3 or len(rows) < 4:
        return [], rows
    bags = {p.id: frozenset(words(p.question)) for p in rows}

    def likeness(pair: Pair) -> float:
        return max(
            jaccard(bags[pair.id], bags[o.id]) if not bags[pair.id] <= bags[o.id] else 1.0
            for o in rows
            if o.id != pair.id
        )

    held = min(questions, key=lambda p: (likeness(p), p.id))
    if likeness(held) > 0.8:
        return [], rows
    return [held], [p for p in rows if p.id != held.id]
