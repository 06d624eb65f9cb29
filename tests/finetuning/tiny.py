"""Tiny random models that can be trained in seconds: an encoder-decoder and a chat model."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, pre_tokenizers, processors, trainers
from tokenizers import models as token_models
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
)

from assistant.foundation.formats import CHAT_TEMPLATE

KINDS = ("bart", "llama")
TEXT = [
    "Question: What is the weight of the north pump PX-1? 12 kg 34 kg 24 months 7 days",
    "According to Pumps, how long does the warranty of PX-2 last? I don't know.",
    "Fill in the gap (Pumps): The code of the gate GT-77 is ____ Which one has the height 3 m?",
    "You answer questions about the documents of one organisation. Answer shortly, exactly.",
] * 4
CHAT = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def make_model(folder: Path, kind: str, seed: int = 0, width: int = 48) -> Path:
    """Save a random model of about 100,000 parameters with its tokenizer."""
    torch.manual_seed(seed)
    raw = Tokenizer(token_models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    special = ["<pad>", "<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=600, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    raw.train_from_iterator(TEXT, trainer)
    if kind == "bart":
        raw.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
        )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=raw, pad_token="<pad>", bos_token="<s>", eos_token="</s>"
    )
    tokenizer.chat_template = CHAT_TEMPLATE if kind == "bart" else CHAT
    ids = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}
    if kind == "bart":
        model = BartForConditionalGeneration(
            BartConfig(
                vocab_size=len(tokenizer), d_model=width, encoder_layers=2, decoder_layers=2,
                encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=2 * width,
                decoder_ffn_dim=2 * width, max_position_embeddings=512, dropout=0.0,
                decoder_start_token_id=1, forced_eos_token_id=None, init_std=0.15, **ids,
            )
        )  # fmt: skip
    else:
        model = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=len(tokenizer), hidden_size=width, intermediate_size=2 * width,
                num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
                max_position_embeddings=1024, initializer_range=0.15, **ids,
            )
        )  # fmt: skip
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
