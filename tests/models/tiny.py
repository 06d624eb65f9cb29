"""Tiny models with random weights, and adapters that change what they say.

Untrained models repeat themselves; to make wrong arms visible the weights are scaled up, so that
different prompts and different adapters give different texts.
"""

from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from tokenizers import Tokenizer, decoders, pre_tokenizers, processors, trainers
from tokenizers import models as token_models
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSeq2SeqLM,
    BartConfig,
    BartForConditionalGeneration,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)

TEXT = [
    "Question: Which code does the north pump carry?",
    "[1] Keys\nA guest may keep a borrowed key for seven days. The code is QX-4410.",
    "The river Vell runs north of the town and feeds 3 mills; nobody knows when they were built.",
    "I don't know. Answer: system user assistant",
] * 4
CHAT = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
KINDS = ("bart", "t5", "llama")
POSITIONS = 160


def tiny_tokenizer(chat=False, encoder=True):
    """A byte-level BPE of a few hundred tokens; encoders get start and end tokens added."""
    raw = Tokenizer(token_models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    special = ["<pad>", "<s>", "</s>"]
    if chat:
        special += ["<|system|>", "<|user|>", "<|assistant|>", "<|end|>"]
    raw.train_from_iterator(
        TEXT,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=special,
            show_progress=False,
        ),
    )
    if encoder:
        raw.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
        )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=raw,
        pad_token="<pad>",
        bos_token="<s>",
        eos_token="</s>",
        additional_special_tokens=special[3:],
    )
    if chat:
        tokenizer.chat_template = CHAT
    return tokenizer


def make_model(folder: Path, kind: str, seed: int = 0, scale: float = 3.0) -> Path:
    """Save a random model and its tokenizer."""
    torch.manual_seed(seed)
    tokenizer = tiny_tokenizer(chat=kind == "llama", encoder=kind != "llama")
    ids = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}
    size = len(tokenizer)
    if kind == "bart":
        model = BartForConditionalGeneration(
            BartConfig(
                vocab_size=size, d_model=32, encoder_layers=2, decoder_layers=2,
                encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=64,
                decoder_ffn_dim=64, max_position_embeddings=POSITIONS, dropout=0.0,
                decoder_start_token_id=1, forced_eos_token_id=None, **ids,
            )
        )  # fmt: skip
    elif kind == "t5":
        model = T5ForConditionalGeneration(
            T5Config(
                vocab_size=size, d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4,
                dropout_rate=0.0, decoder_start_token_id=0, n_positions=POSITIONS,
                pad_token_id=0, eos_token_id=2,
            )
        )  # fmt: skip
    else:
        model = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
                num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=POSITIONS,
                **ids,
            )
        )  # fmt: skip
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1 and "embed" not in name and "shared" not in name:
                parameter.mul_(scale)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def make_adapter(folder: Path, model_folder: Path, seed: int, rank: int = 4) -> Path:
    """Save a real PEFT adapter whose two matrices are both non-zero."""
    torch.manual_seed(1000 + seed)
    config_text = (model_folder / "config.json").read_text()
    factory = AutoModelForCausalLM if "Llama" in config_text else AutoModelForSeq2SeqLM
    base = factory.from_pretrained(model_folder, dtype=torch.float32)
    wrapped = get_peft_model(base, LoraConfig(r=rank, lora_alpha=16, target_modules="all-linear"))
    with torch.no_grad():
        for name, parameter in wrapped.named_parameters():
            if "lora_B" in name:
                parameter.copy_(torch.randn_like(parameter) * 0.3)
    wrapped.save_pretrained(folder)
    return folder
