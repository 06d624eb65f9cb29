"""Which rows are decoded together."""

from collections.abc import Sequence

TOKEN_BUDGET = 16_384
"""Padded prompt and answer tokens of one batch; four approaches with full prompts fit at once."""
MAX_ROWS = 64


def plan_batches(
    lengths: Sequence[int],
    max_new_tokens: int,
    *,
    token_budget: int = TOKEN_BUDGET,
    max_rows: int = MAX_ROWS,
) -> list[list[int]]:
    """Row numbers of each batch.

    One batch in the given order where everything fits; otherwise rows of similar length go
    together, so that little padding is computed. The plan depends on its arguments only, so a
    repeated run decodes the same batches.

    Args:
        lengths: prompt tokens of each row.
        max_new_tokens: cap on the answer.
        token_budget: rows x (longest prompt + answer cap) stays within it, unless one row alone
            exceeds it.
        max_rows: most rows in a batch.
    """

    def fits(rows: int, longest: int) -> bool:
        return rows <= max_rows and rows * (longest + max_new_tokens) <= token_budget

    if not lengths:
        return []
    if fits(len(lengths), max(lengths)):
        return [list(range(len(lengths)))]
    batches: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lambda r: (lengths[r], r)):
        # Ascending order: the newest row is the longest of its batch.
        if batches and fits(len(batches[-1]) + 1, lengths[row]):
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches
