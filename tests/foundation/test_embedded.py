"""The shipped weights: whole, loadable by the stock classes, and able to do what they are for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.foundation import formats
from assistant.foundation.export import file_hashes
from assistant.foundation.formats import REFUSAL, Passage

FOLDER = Path(__file__).parents[2] / "assistant/models/embedded"
LAMP = Passage(
    "Vorlin lamp guide > Details",
    "The Vorlin lamp costs 48 euros. The Vorlin lamp weighs 3 kg. It is made by Tarnok Works.",
)
KETTLE = Passage(
    "Sembri kettle guide > Details",
    "The Sembri kettle costs 62 euros. The Sembri kettle weighs 2 kg. It is made by Ostley Ltd.",
)


@pytest.fixture(scope="module")
def model():
    from transformers import AutoModelForSeq2SeqLM

    return AutoModelForSeq2SeqLM.from_pretrained(FOLDER).float().eval()


@pytest.fixture(scope="module")
def tokenizer():
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(FOLDER)


def reply(model, tokenizer, texts: list[str]) -> list[str]:
    batch = tokenizer(texts, return_tensors="pt", padding=True)
    made = model.generate(input_ids=batch.input_ids, attention_mask=batch.attention_mask)
    return tokenizer.batch_decode(made, skip_special_tokens=True)


def test_hashes_match_and_no_file_is_left_out() -> None:
    listed = json.loads((FOLDER / "hashes.json").read_text(encoding="utf-8"))["files"]
    assert listed == file_hashes(FOLDER)
    assert sum(name.endswith(".safetensors") for name in listed) >= 2


def test_files_are_small_and_only_safetensors() -> None:
    files = [p for p in FOLDER.iterdir() if p.is_file()]
    assert all(p.stat().st_size < 16_000_000 for p in files)
    assert sum(p.stat().st_size for p in files) < 60_000_000
    assert {p.suffix for p in files} <= {".safetensors", ".json", ".jinja", ".md"}


def test_the_card_says_what_it_is() -> None:
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    for word in ("MiniLM", "Apache-2.0", "CC BY-SA", "Limits", "95 %", "unanswerable"):
        assert word in card, word


def test_generation_is_greedy_and_forces_nothing(model) -> None:
    config = model.generation_config
    assert not config.do_sample
    assert config.max_new_tokens == formats.MAX_NEW_TOKENS
    assert config.forced_bos_token_id is None
    assert config.forced_eos_token_id is None
    assert model.config.max_position_embeddings == formats.MAX_POSITIONS


@pytest.mark.slow
def test_it_answers_simple_passages_exactly(model, tokenizer) -> None:
    asked = {
        "How much does the Vorlin lamp cost?": "48 euros",
        "How much does the Sembri kettle cost?": "62 euros",
        "Who makes the Sembri kettle?": "Ostley Ltd",
        "How heavy is the Vorlin lamp?": "3 kg",
    }
    texts = [formats.with_passages(q, [LAMP, KETTLE]) for q in asked]
    given = reply(model, tokenizer, texts)
    assert sum(g == a for g, a in zip(given, asked.values(), strict=True)) >= 3, given


@pytest.mark.slow
def test_it_declines_a_question_closed_book(model, tokenizer) -> None:
    texts = [
        formats.closed_book("Who makes the Sembri kettle?"),
        formats.closed_book("What does Lenvik 40 cost?"),
    ]
    assert reply(model, tokenizer, texts) == [REFUSAL, REFUSAL]


@pytest.mark.slow
def test_it_asks_about_a_marked_value(model, tokenizer) -> None:
    start = LAMP.text.index("48 euros")
    (question,) = reply(model, tokenizer, [formats.ask(LAMP.heading, LAMP.text, start, start + 8)])
    assert "lamp" in question.lower()
    assert "48" not in question


@pytest.mark.slow
def test_a_batch_gives_the_logits_of_single_rows(model, tokenizer) -> None:
    from assistant.foundation.measure import batch_parity
    from assistant.foundation.tokenizer import load_raw

    assert batch_parity(model, load_raw(FOLDER)) < 1e-4


@pytest.mark.slow
def test_a_lora_adapter_attaches_and_rows_choose_it(tokenizer) -> None:
    import torch

    from assistant.foundation.probes import lora

    peft = lora(FOLDER, rank=4).eval()
    with torch.no_grad():
        for name, weight in peft.named_parameters():
            if "lora_B" in name:
                weight.add_(0.05)
    batch = tokenizer(
        [formats.with_passages("How heavy is the Vorlin lamp?", [LAMP])] * 2, return_tensors="pt"
    )
    start = torch.full((2, 1), peft.config.decoder_start_token_id)
    with torch.inference_mode():
        mixed = peft(**batch, decoder_input_ids=start, adapter_names=["__base__", "default"]).logits
        with peft.disable_adapter():
            plain = peft(**batch, decoder_input_ids=start).logits
    assert torch.allclose(mixed[0], plain[0], atol=1e-4)
    assert not torch.allclose(mixed[1], plain[1], atol=1e-2)
