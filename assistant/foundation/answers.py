"""Greedy answers of a model, and the two scores that the recipe looks at while training."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.foundation.batches import collate, encode
from assistant.foundation.formats import MAX_NEW_TOKENS
from assistant.foundation.tokenizer import EOS_ID, PAD_ID

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BartForConditionalGeneration


def answer(
    model: BartForConditionalGeneration,
    tokenizer: Tokenizer,
    sources: Sequence[str],
    tokens: int = 6000,
    longest: int = MAX_NEW_TOKENS,
) -> list[str]:
    """Answer every source greedily, in batches of about ``tokens`` padded input tokens.

    Returns:
        One text per source, in the order given.
    """
    import torch

    model.eval()
    rows = [encode(tokenizer, source, "")[0] for source in sources]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = [""] * len(rows)
    while order:
        count = 1
        while count < len(order) and (count + 1) * len(rows[order[count]]) <= tokens:
            count += 1
        chosen, order = order[:count], order[count:]
        inputs, mask, _ = collate([(rows[i], [EOS_ID]) for i in chosen])
        device = next(model.parameters()).device
        with torch.inference_mode():
            made = model.generate(
                input_ids=inputs.to(device),
                attention_mask=mask.to(device),
                max_new_tokens=longest,
                do_sample=False,
                num_beams=1,
            )
        for i, ids in zip(chosen, made.tolist(), strict=True):
            out[i] = tokenizer.decode([t for t in ids[1:] if t not in (PAD_ID, EOS_ID)])
    return out


def normalise(text: str) -> list[str]:
    """SQuAD's normalisation: lower case, no punctuation, no articles; split into words."""
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


def token_f1(given: str, reference: str) -> float:
    """Token F1 as in the SQuAD script."""
    a, b = normalise(given), normalise(reference)
    if not a or not b:
        return float(a == b)
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b))
