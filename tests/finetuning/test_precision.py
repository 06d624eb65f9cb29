"""The fastest arithmetic is found by measuring, never by a processor's name."""

import time

import pytest
import torch

from assistant.finetuning.precision import Arithmetic, pick_arithmetic, use_attention


class Switching:
    """A model that may have only some kinds of attention."""

    def __init__(self, known=("eager", "sdpa")):
        self.known, self.now = known, "sdpa"

    def set_attn_implementation(self, name):
        if name not in self.known:
            raise ValueError(name)
        self.now = name


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ({("float32", "sdpa"): 3, ("bfloat16", "sdpa"): 3, ("float32", "eager"): 3,
          ("bfloat16", "eager"): 1}, Arithmetic("bfloat16", "eager")),
        ({("float32", "sdpa"): 2, ("bfloat16", "sdpa"): 6, ("float32", "eager"): 2,
          ("bfloat16", "eager"): 6}, Arithmetic("float32", "sdpa")),
        ({("float32", "sdpa"): 3, ("bfloat16", "sdpa"): 1, ("float32", "eager"): 3,
          ("bfloat16", "eager"): 2}, Arithmetic("bfloat16", "sdpa")),
    ],
)  # fmt: skip
def test_the_fastest_way_wins_and_ties_stay_plain(seconds, expected):
    model = Switching()
    found = pick_arithmetic(
        "cpu", lambda precision: time.sleep(0.02 * seconds[precision, model.now]), model
    )
    assert found == expected
    assert model.now == expected.attention


def test_a_model_with_one_kind_of_attention_is_left_alone():
    model = Switching(known=())
    found = pick_arithmetic("cpu", lambda p: time.sleep(0.06 if p == "float32" else 0.01), model)
    assert found == Arithmetic("bfloat16", "")
    assert model.now == "sdpa"


def test_both_kinds_of_attention_give_the_same_loss(load_tiny):
    from assistant.finetuning.collate import collate
    from assistant.finetuning.encoding import Encoder
    from assistant.schema import Pair

    local = load_tiny("bart")
    encoder = Encoder(local)
    batch = collate([encoder.encode(Pair("a", "How long is it?", "12 m")),
                     encoder.encode(Pair("b", "Of what?", "iron and steel"))], local)  # fmt: skip
    losses = []
    for name in ("sdpa", "eager"):
        assert use_attention(local.model, name)
        with torch.inference_mode():
            losses.append(float(local.model(**batch).loss))
    assert losses[0] == pytest.approx(losses[1], rel=1e-5)
