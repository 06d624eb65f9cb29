"""Does a row's answer depend on the rows it shares a batch with?

In float32 it should not, but sums in another order differ in the last bits, and a near-tie between
two tokens can then fall the other way. The share of equal answers is reported, not assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models.engine import Engine
from assistant.schema import Row


@dataclass(frozen=True, slots=True)
class BatchAgreement:
    """Rows decoded together against the same rows decoded alone."""

    rows: int
    equal: int
    """Rows with the same token sequence both ways."""
    logit_difference: float
    """Largest absolute difference of first-token logits."""

    @property
    def share(self) -> float:
        """0 to 1; 1 for no rows."""
        return self.equal / self.rows if self.rows else 1.0


def batch_agreement(engine: Engine, rows: Sequence[Row], *, max_new_tokens: int) -> BatchAgreement:
    """Decode rows once together and once each alone.

    Raises:
        ModelError: the model cannot be loaded.
    """
    import numpy as np

    if not rows:
        return BatchAgreement(0, 0, 0.0)
    together = engine.token_ids(rows, max_new_tokens=max_new_tokens)
    alone = [engine.token_ids([row], max_new_tokens=max_new_tokens)[0] for row in rows]
    batch = engine.logits(rows)
    single = np.concatenate([engine.logits([row]) for row in rows])
    return BatchAgreement(
        rows=len(rows),
        equal=sum(a == b for a, b in zip(together, alone, strict=True)),
        logit_difference=float(np.abs(batch - single).max()),
    )
