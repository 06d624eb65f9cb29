"""The fastest arithmetic is found by measuring, never by a processor's name."""

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


class Clock:
    """Time passes only when a step says so."""

    now = 0.0

    def __call__(self):
        return self.now

    def passing(self, seconds):
        self.now += seconds


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
    model, clock = Switching(), Clock()
    found = pick_arithmetic(
        "cpu", lambda precision: clock.passing(seconds[precision, model.now]), model, clock
    )
    assert found == expected
    assert model.now == expected.attention


def test_a_model_with_one_kind_of_attention_is_left_alone():
    model, clock = Switching(known=()), Clock()
    found = pick_arithmetic(
        "cpu", lambda p: clock.passing(6 if p == "float32" else 1), model, clock
    )
    assert found == Arithmetic("bfloat16", "")
    assert model.now == "sdpa"


def test_one_slow_moment_decides_nothing():
    model, clock, calls = Switching(known=()), Clock(), []

    def step(precision):
        calls.append(precision)
        burst = 50 if len(calls) > 2 and calls.count("bfloat16") == 2 else 0
        clock.passing((6 if precision == "float32" else 1) + burst)

    assert pick_arithmetic("cpu", step, model, clock).precision == "bfloat16"


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
