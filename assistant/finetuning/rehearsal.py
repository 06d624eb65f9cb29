"""Which general rows a model rehearses: only what it can lose."""

from collections.abc import Sequence

from assistant.finetuning.development import answer_rows
from assistant.finetuning.encoding import Encoder
from assistant.finetuning.replay import by_heart, replay_pairs
from assistant.schema import Pair
from assistant.scoring.squad import f1

ASKED = 24
"""Questions of general knowledge put to the base; enough to tell some from none."""
KNOWS = 0.2
"""A base that is right on less knows too little to lose any of it."""


def rehearsal_pairs(encoder: Encoder, pairs: Sequence[Pair] | None = None) -> list[Pair]:
    """The packaged rows, without general knowledge where the base has none.

    To a base that knows nothing by heart these rows are no rehearsal: they teach it that a question
    about something it was never told has an answer.

    Args:
        encoder: of the base model, before it is changed.
        pairs: other rows; default: the packaged ones.
    """
    rows = list(replay_pairs() if pairs is None else pairs)
    known = [p for p in rows if by_heart(p)]
    asked = known[:: max(1, len(known) // ASKED)][:ASKED]
    if not asked:
        return rows
    said = answer_rows(encoder.local.model, encoder.local, [encoder.encode(pair) for pair in asked])
    right = sum(f1(text, [p.answer]) >= 0.5 for text, p in zip(said, asked, strict=True))
    return rows if right >= KNOWS * len(asked) else [p for p in rows if not by_heart(p)]
