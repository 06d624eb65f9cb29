"""How quickly the model is taught: facts through LoRA, labels and JSON through LoRA.

These use PEFT, which the recipe itself does not need.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from assistant.foundation import formats
from assistant.foundation.answers import answer, token_f1
from assistant.foundation.batches import Encoded, collate, encode
from assistant.foundation.fewshot import json_rows, label_rows
from assistant.foundation.fictional.documents import Fact, make_scene
from assistant.foundation.fictional.relations import GENERIC_QUESTIONS, NO_GENERIC
from assistant.foundation.intervals import Ability, mean, share

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

Pair = tuple[str, str]
BATCH = 32


def lora(folder: Path, rank: int = 32) -> Any:
    """The exported model in fp32 under a fresh LoRA on the decoder's linear layers.

    The product trains the same layers: an adapter on the encoder unlearns reading.
    """
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForSeq2SeqLM

    base = AutoModelForSeq2SeqLM.from_pretrained(folder).float()
    config = LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        lora_dropout=0.0,
        target_modules=r".*\.decoder\..*\.(q_proj|k_proj|v_proj|out_proj|fc1|fc2)",
        task_type="SEQ_2_SEQ_LM",
    )
    return get_peft_model(base, config)


@dataclass(frozen=True)
class Taught:
    """What a lesson cost: passes over the pairs, examples and seconds."""

    epochs: float
    examples: int
    seconds: float


def teach(
    model: Any,
    tokenizer: Tokenizer,
    pairs: Sequence[Pair],
    epochs: float,
    seconds: float,
    seed: int,
    rate: float = 3e-3,
) -> Taught:
    """Train the adapter until ``epochs`` or ``seconds`` are spent, whichever comes first.

    The learning rate rises over 20 batches of 32, then falls linearly to 0.
    """
    import torch

    rng = Random(seed)
    rows = [encode(tokenizer, source, target) for source, target in pairs]
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=rate, weight_decay=0.0)
    start, seen = time.monotonic(), 0
    queue: list[int] = []
    read: dict[int, torch.Tensor] = {}
    model.train()
    while True:
        spent = time.monotonic() - start
        done = max(spent / seconds, seen / (epochs * len(rows)))
        if done >= 1:
            return Taught(seen / len(rows), seen, spent)
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (seen / BATCH + 1) / 20) * (1 - done)
        if len(queue) < BATCH:
            queue += rng.sample(range(len(rows)), len(rows))
        batch, queue = queue[:BATCH], queue[BATCH:]
        _, mask, labels = collate([rows[n] for n in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = _states(model, rows, batch, read)
            loss = model(encoder_outputs=states, attention_mask=mask, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        seen += len(batch)


def _states(
    model: Any, rows: Sequence[Encoded], batch: Sequence[int], read: dict[int, torch.Tensor]
) -> Any:
    """The encoder's output for a batch; the encoder is not trained, so each row is read once."""
    import torch
    from transformers.modeling_outputs import BaseModelOutput

    missing = [n for n in dict.fromkeys(batch) if n not in read]
    if missing:
        inputs, mask, _ = collate([rows[n] for n in missing])
        base = model.get_base_model() if hasattr(model, "get_base_model") else model
        with torch.no_grad():
            found = base.get_encoder()(input_ids=inputs, attention_mask=mask)
        for n, states in zip(missing, found.last_hidden_state, strict=True):
            read[n] = states[: len(rows[n][0])].bfloat16()
    padded = torch.nn.utils.rnn.pad_sequence([read[n] for n in batch], batch_first=True)
    return BaseModelOutput(last_hidden_state=padded)


def unseen_facts(count: int, seed: int) -> list[Fact]:
    """Facts of relations that training never met, each about another entity."""
    rng = Random(f"probe/{seed}")
    facts: list[Fact] = []
    names: set[str] = set()
    while len(facts) < count:
        fact = rng.choice(make_scene(rng, 1, held_out=True).facts)
        if fact.entity not in names:
            names.add(fact.entity)
            facts.append(fact)
    return facts


def fact_pairs(fact: Fact, seed: int) -> list[Pair]:
    """Ten or so closed-book wordings of a fact; never the last one, which is asked in the test."""
    rng = Random(f"{seed}/{fact.entity}")
    questions = [q.replace(fact.relation.slot, fact.entity) for q in fact.relation.questions[:-1]]
    if fact.relation.kind not in NO_GENERIC:
        forms = rng.sample(GENERIC_QUESTIONS[:-1], 7)
        questions += [f.format(a=rng.choice(fact.relation.names), e=fact.entity) for f in forms]
    questions = [q[0].upper() + q[1:] for q in questions]
    pairs = [(formats.closed_book(q), fact.value) for q in questions]
    for statement in fact.relation.statements[:-1]:
        text = statement.replace(fact.relation.slot, fact.entity)
        if "{v}" in text and "~" not in text:
            pairs.append((formats.closed_book(text.replace("{v}", "___")), fact.value))
    return pairs


def probe_learning(
    folder: Path, seed: int, facts: int = 300, epochs: float = 8, seconds: float = 210
) -> list[Ability]:
    """LoRA on facts of unseen relations, then asked closed book in a wording not trained on."""
    from assistant.foundation.tokenizer import load_raw

    tokenizer, model = load_raw(folder), lora(folder)
    taught = unseen_facts(facts, seed)
    tests = [
        (formats.closed_book(f.relation.question(Random(0), f.entity, unseen=True)), f.value)
        for f in taught
    ]
    pairs = [fact_pairs(f, seed) for f in taught]
    before = answer(model, tokenizer, [q for q, _ in tests])
    every = [p for own in pairs for p in own]
    cost = teach(model, tokenizer, every, epochs, seconds, seed)
    after = answer(model, tokenizer, [q for q, _ in tests])
    known = [own[0] for own in pairs]
    recalled = answer(model, tokenizer, [q for q, _ in known])
    name = f"taught {facts} facts"
    spent = f"{cost.epochs:.1f} epochs, {cost.examples} examples, {cost.seconds:.0f} s"
    return [
        _f1(f"{name}, new wording, before (F1)", before, tests),
        _f1(f"{name}, new wording, after {spent} (F1)", after, tests),
        share(f"{name}, new wording, after (exact)", _exact(after, tests)),
        _f1(f"{name}, taught wording, after (F1)", recalled, known),
    ]


def _f1(name: str, given: Sequence[str], tests: Sequence[Pair]) -> Ability:
    return mean(name, [token_f1(g, a) for g, (_, a) in zip(given, tests, strict=True)])


def _exact(given: Sequence[str], tests: Sequence[Pair]) -> list[bool]:
    return [g == a for g, (_, a) in zip(given, tests, strict=True)]


def probe_labels(
    folder: Path, seed: int, count: int = 300, epochs: float = 12, seconds: float = 45
) -> list[Ability]:
    """LoRA on labelled messages and on JSON rows with names that training never used."""
    from assistant.foundation.tokenizer import load_raw

    tokenizer = load_raw(folder)
    rng = Random(f"labels/{seed}")
    out = []
    for name, rows in (
        ("labels", label_rows(rng, count + 200)),
        ("JSON", json_rows(rng, count + 200)),
    ):
        model = lora(folder)
        teach(model, tokenizer, rows[:count], epochs, seconds, seed)
        tests = rows[count:]
        given = answer(model, tokenizer, [source for source, _ in tests])
        out.append(share(f"taught {count} {name} rows: exact", _exact(given, tests)))
        if name == "JSON":
            out.append(
                share(
                    "taught JSON rows: valid with the right keys",
                    [_same_keys(g, a) for g, (_, a) in zip(given, tests, strict=True)],
                )
            )
    return out


def _same_keys(given: str, reference: str) -> bool:
    try:
        made = json.loads(given)
    except ValueError:
        return False
    return isinstance(made, dict) and made.keys() == json.loads(reference).keys()
