"""The development score: held-out wordings of trained facts, asked closed book."""

import time
from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.finetuning.collate import collate, target_loss
from assistant.finetuning.encoding import Encoder, Example
from assistant.models.local import LocalModel
from assistant.schema import Pair
from assistant.scoring.squad import exact_match, f1

BATCH = 32
ANSWER_TOKENS = 32


@dataclass(frozen=True, slots=True)
class DevScore:
    """Means over the held-out wordings."""

    n: int
    f1: float
    exact: float
    loss: float
    """Mean cross-entropy of the right answers, teacher forced."""
    seconds: float

    def to_json(self) -> dict[str, float]:
        """Plain values, for checkpoint and manifest."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "DevScore":
        """The inverse of `to_json`."""
        return cls(**values)


class Development:
    """Questions that are never trained on, about facts that are."""

    def __init__(self, pairs: Sequence[Pair], encoder: Encoder) -> None:
        encoded = [(pair, encoder.encode(pair)) for pair in pairs]
        # Sorted by length, so that batches hold little padding.
        kept = [(p, e) for p, e in encoded if e.tokens <= encoder.max_tokens]
        self._rows: list[tuple[Pair, Example]] = sorted(kept, key=lambda r: r[1].tokens)

    def only(self, fact_ids: Container[str]) -> None:
        """Leaves out questions about facts that will not be trained."""
        self._rows = [row for row in self._rows if row[0].fact_id in fact_ids]

    def __len__(self) -> int:
        return len(self._rows)

    def score(self, network: Any, local: LocalModel) -> DevScore | None:
        """Greedy answers against the right ones (SQuAD F1 and exact match); None without rows."""
        if not self._rows:
            return None
        import torch

        start, loss = time.monotonic(), 0.0
        answers: list[str] = []
        training = network.training
        network.eval()
        with torch.inference_mode():
            for first in range(0, len(self._rows), BATCH):
                batch = [example for _, example in self._rows[first : first + BATCH]]
                loss += float(target_loss(network, collate(batch, local))) * len(batch)
                answers.extend(_answers(network, local, batch))
        network.train(training)
        right = [pair.answer for pair, _ in self._rows]
        n = len(self._rows)
        return DevScore(
            n=n,
            f1=sum(f1(a, [r]) for a, r in zip(answers, right, strict=True)) / n,
            exact=sum(exact_match(a, [r]) for a, r in zip(answers, right, strict=True)) / n,
            loss=loss / n,
            seconds=time.monotonic() - start,
        )


def answer_rows(network: Any, local: LocalModel, rows: Sequence[Example]) -> list[str]:
    """Greedy answers to encoded prompts, in the order of the rows; their targets are not read."""
    import torch

    order = sorted(range(len(rows)), key=lambda n: len(rows[n].source))
    found = [""] * len(rows)
    training = network.training
    network.eval()
    with torch.inference_mode():
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            texts = _answers(network, local, [rows[n] for n in part])
            for number, text in zip(part, texts, strict=True):
                found[number] = text
    network.train(training)
    return found


def _answers(network: Any, local: LocalModel, batch: Sequence[Example]) -> list[str]:
    import torch

    width = max(len(e.source) for e in batch)
    ids, mask = [], []
    for example in batch:
        fill = width - len(example.source)
        # A decoder-only model goes on from the last position, so its padding stands on the left.
        left, right = (0, fill) if local.encoder_decoder else (fill, 0)
        ids.append([local.pad_id] * left + list(example.source) + [local.pad_id] * right)
        mask.append([0] * left + [1] * len(example.source) + [0] * right)
    longest = min(ANSWER_TOKENS, max(len(e.target) for e in batch) + 4)
    out = network.generate(
        input_ids=torch.tensor(ids, device=local.device),
        attention_mask=torch.tensor(mask, device=local.device),
        max_new_tokens=longest,
        do_sample=False,
    )
    start = 0 if local.encoder_decoder else width
    texts = local.tokenizer.batch_decode(out[:, start:], skip_special_tokens=True)
    return [str(text).strip() for text in texts]
