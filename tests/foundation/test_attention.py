"""Our attention gives what the stock one gives."""

from __future__ import annotations

import pytest
import torch
from transformers import BartConfig, BartForConditionalGeneration

from assistant.foundation.attention import register


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_loss_and_gradients_are_those_of_fused_attention(dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    model = BartForConditionalGeneration(
        BartConfig(
            vocab_size=90, d_model=32, encoder_layers=2, decoder_layers=2, dropout=0.0,
            encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=64,
            decoder_ffn_dim=64, max_position_embeddings=64, pad_token_id=0,
        )
    )  # fmt: skip
    ids = torch.randint(4, 90, (3, 17))
    mask = torch.ones_like(ids)
    mask[1, 9:] = 0
    labels = torch.randint(4, 90, (3, 5))
    seen = {}
    for name in ("sdpa", register()):
        model.set_attn_implementation(name)
        model.zero_grad()
        with torch.autocast("cpu", dtype=dtype, enabled=dtype != torch.float32):
            loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        loss.backward()
        gradient = torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])
        seen[name] = (float(loss.detach()), gradient)
    (first, a), (second, b) = seen.values()
    near = 1e-5 if dtype == torch.float32 else 2e-2
    assert first == pytest.approx(second, abs=near)
    assert torch.nn.functional.cosine_similarity(a, b, 0) > 1 - near
