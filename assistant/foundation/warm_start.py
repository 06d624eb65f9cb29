"""Builds the model: MiniLM's weights in a small BART.

MiniLM is a post-norm BERT encoder; BART's encoder layers are the same function with other names,
so the encoder starts with everything MiniLM has read. The decoder's self-attention,
cross-attention and feed-forward start from MiniLM layers too. Token embeddings start as the mean
of MiniLM's embeddings of the pieces of the lower-cased token.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.foundation.formats import MAX_NEW_TOKENS, MAX_POSITIONS
from assistant.foundation.tokenizer import BOS_ID, EOS_ID, MASK_ID, PAD_ID

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import BartForConditionalGeneration

DECODER_FROM = (0, 2, 4)
"""MiniLM layers that the three decoder layers start from."""

_NAMES = {
    "self_attn.q_proj": "attention.self.query",
    "self_attn.k_proj": "attention.self.key",
    "self_attn.v_proj": "attention.self.value",
    "self_attn.out_proj": "attention.output.dense",
    "self_attn_layer_norm": "attention.output.LayerNorm",
    "fc1": "intermediate.dense",
    "fc2": "output.dense",
    "final_layer_norm": "output.LayerNorm",
}
_CROSS = {k.replace("self_attn", "encoder_attn"): v for k, v in _NAMES.items() if "self_attn" in k}


@dataclass(frozen=True)
class Shape:
    """Sizes of the model; the defaults are MiniLM's."""

    width: int = 384
    heads: int = 12
    feed_forward: int = 1536
    encoder_layers: int = 6
    decoder_layers: int = len(DECODER_FROM)
    positions: int = MAX_POSITIONS


def empty_model(vocabulary_size: int, shape: Shape) -> BartForConditionalGeneration:
    """A BART of this shape with random weights and our special tokens; greedy decoding."""
    from transformers import BartConfig, BartForConditionalGeneration, GenerationConfig

    config = BartConfig(
        vocab_size=vocabulary_size,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        max_position_embeddings=shape.positions,
        activation_function="gelu",
        dropout=0.0,
        attention_dropout=0.0,
        scale_embedding=False,
        pad_token_id=PAD_ID,
        bos_token_id=BOS_ID,
        eos_token_id=EOS_ID,
        decoder_start_token_id=BOS_ID,
        forced_bos_token_id=None,
        forced_eos_token_id=None,
        tie_word_embeddings=True,
    )
    model = BartForConditionalGeneration(config)
    model.generation_config = GenerationConfig(
        max_new_tokens=MAX_NEW_TOKENS,
        do_sample=False,
        num_beams=1,
        pad_token_id=PAD_ID,
        bos_token_id=BOS_ID,
        eos_token_id=EOS_ID,
        decoder_start_token_id=BOS_ID,
    )
    return model


def warm_start(
    tokenizer: Tokenizer, embedder: Path, shape: Shape | None = None
) -> BartForConditionalGeneration:
    """Build the model from MiniLM.

    Args:
        tokenizer: Our trained BPE.
        embedder: Folder with MiniLM's ``model.safetensors`` and ``vocab.txt``.
        shape: Sizes; must be MiniLM's except for the number of positions.

    Raises:
        FileNotFoundError: If the embedder folder lacks a file.
    """
    import torch
    from safetensors.torch import load_file

    for name in ("model.safetensors", "vocab.txt"):
        if not (embedder / name).is_file():
            raise FileNotFoundError(f"no {name} in {embedder}; expected MiniLM's folder")
    source = {
        k.removeprefix("bert."): v.float()
        for k, v in load_file(embedder / "model.safetensors").items()
    }
    shape = shape or Shape()
    model = empty_model(tokenizer.get_vocab_size(), shape)
    with torch.no_grad():
        body = model.model
        body.shared.weight.copy_(_embeddings(tokenizer, embedder / "vocab.txt", source))
        positions = source["embeddings.position_embeddings.weight"]
        positions = positions + source["embeddings.token_type_embeddings.weight"][0]
        tiled = positions.repeat(-(-shape.positions // len(positions)), 1)[: shape.positions]
        for half in (body.encoder, body.decoder):
            half.embed_positions.weight[2:].copy_(tiled)  # BART keeps two unused rows in front
            half.layernorm_embedding.weight.copy_(source["embeddings.LayerNorm.weight"])
            half.layernorm_embedding.bias.copy_(source["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(body.encoder.layers):
            _copy_layer(layer, source, number, _NAMES)
        for layer, number in zip(body.decoder.layers, DECODER_FROM, strict=True):
            _copy_layer(layer, source, number, _NAMES | _CROSS)
    return model


def _copy_layer(
    layer: Any, source: dict[str, torch.Tensor], number: int, names: dict[str, str]
) -> None:
    parameters = dict(layer.named_parameters())
    for ours, theirs in names.items():
        for part in ("weight", "bias"):
            parameters[f"{ours}.{part}"].copy_(source[f"encoder.layer.{number}.{theirs}.{part}"])


def _embeddings(
    tokenizer: Tokenizer, vocabulary: Path, source: dict[str, torch.Tensor]
) -> torch.Tensor:
    """Mean of MiniLM's piece embeddings; tokens without pieces start near the overall mean."""
    import torch
    from tokenizers import decoders

    words = source["embeddings.word_embeddings.weight"]
    pieces = {w: i for i, w in enumerate(vocabulary.read_text(encoding="utf-8").split("\n")) if w}
    generator = torch.Generator().manual_seed(0)
    decoder = decoders.ByteLevel()
    table = torch.empty(tokenizer.get_vocab_size(), words.shape[1])
    average = words[1000:].mean(0)
    for token, index in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1]):
        text = decoder.decode([token])
        word = text.strip().lower()
        inside = not text.startswith(" ") and word.isalpha()
        ids = (
            _split(word, inside, pieces)
            or _split(word, False, pieces)
            or _split(word, True, pieces)
        )
        noise = torch.randn(words.shape[1], generator=generator)
        table[index] = words[ids].mean(0) if ids else average + 0.02 * noise
        if ids and text != text.lower():  # cased twins must differ to be told apart
            table[index] += 0.004 * noise
    specials = {PAD_ID: "[PAD]", BOS_ID: "[CLS]", EOS_ID: "[SEP]", MASK_ID: "[MASK]"}
    for index, name in specials.items():
        table[index] = words[pieces[name]]
    return table


def _split(word: str, continues: bool, pieces: dict[str, int]) -> list[int]:
    """Greedy WordPiece split; empty when the word has no pieces."""
    out: list[int] = []
    start = 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if continues or start else "") + word[start:end]
            if piece in pieces:
                out.append(pieces[piece])
                start = end
                break
        else:
            return []
    return out
