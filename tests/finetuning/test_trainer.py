"""Training learns, keeps its time, and resumes as if nothing had happened."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest
import torch

from assistant.errors import ModelError
from assistant.finetuning.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from assistant.finetuning.collate import IGNORED, collate, small_parts
from assistant.finetuning.course import LoraSettings, default_rate
from assistant.finetuning.development import Development
from assistant.finetuning.encoding import Encoder
from assistant.finetuning.plan import Pool
from assistant.finetuning.trainer import Trainer
from assistant.schema import Pair
from tests.finetuning.tiny import KINDS

CODES = ["AX", "BY", "CZ", "DW", "EV", "FU", "GT", "HS", "IR", "JQ", "KP", "LO", "MN", "NM", "OL", "PK", "QJ", "RI", "SH", "TG"]  # fmt: skip
PAIRS = [Pair(f"p{i}", f"Code of {c}?", f"{i * 7 % 20}", f"fact{i}") for i, c in enumerate(CODES)]


def trainer_of(load, folder, kind="bart", pairs=PAIRS, development=(), rate=1e-2, **options):
    local = load(kind)
    encoder = Encoder(local)
    pool = Pool({p.fact_id: [encoder.encode(p)] for p in pairs})
    return Trainer(
        local, pool, [p.fact_id for p in pairs], Development(development, encoder), folder,
        identity="test", settings=LoraSettings(16, 32, rate), precision="float32", **options,
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_loss_is_on_the_answer_alone(load_tiny, kind):
    local = load_tiny(kind)
    encoder = Encoder(local)
    short, long = encoder.encode(PAIRS[0]), encoder.encode(Pair("x", "Code of everything?", "1234"))
    batch = collate([short, long], local)
    for row, example in zip(batch["labels"].tolist(), (short, long), strict=True):
        assert [label for label in row if label != IGNORED] == list(example.target)
    assert local.tokenizer.decode(short.target, skip_special_tokens=True) == PAIRS[0].answer
    assert short.target[-1] == local.tokenizer.eos_token_id
    if kind == "bart":  # the decoder is started with this token, the labels must not repeat it
        assert short.target[0] != local.model.config.decoder_start_token_id


def test_padding_changes_no_loss(load_tiny):
    for kind in KINDS:
        local = load_tiny(kind)
        encoder = Encoder(local)
        examples = [encoder.encode(p) for p in (PAIRS[0], Pair("x", "Code of it all?", "12345678"))]
        with torch.inference_mode():
            alone = [
                float(local.model(**collate([e], local)).loss) * len(e.target) for e in examples
            ]
            both = float(local.model(**collate(examples, local)).loss)
        assert both == pytest.approx(sum(alone) / sum(len(e.target) for e in examples), rel=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "count", "exposures"), [("bart", 20, 250), ("llama", 3, 150)])
def test_a_tiny_model_memorises_its_pairs(load_tiny, tmp_path, kind, count, exposures):
    pairs = PAIRS[:count]
    trainer = trainer_of(load_tiny, tmp_path, kind, pairs, development=pairs)
    result = trainer.run(seconds=3000, exposures=exposures, checkpoint_seconds=1000)
    assert result.before.exact < 0.3
    assert result.after.exact >= 0.9, result
    assert result.after.loss < 0.3 * result.before.loss


def run_recording(trainer, **options):
    steps = {}
    original = trainer._step

    def step(batch, rate, precision):
        loss = original(batch, rate, precision)
        if rate:
            steps[len(steps)] = (round(loss, 6), tuple(e.pair_id for e in batch))
        return loss

    trainer._step = step
    result = trainer.run(seconds=3000, exposures=12, **options)
    return result, list(steps.values())


def test_resuming_equals_not_stopping(load_tiny, tmp_path):
    _, whole = run_recording(trainer_of(load_tiny, tmp_path / "a"), checkpoint_seconds=1000)
    asked = iter(range(1000))
    first, begun = run_recording(
        trainer_of(load_tiny, tmp_path / "b"),
        stop=lambda: next(asked) >= 4,
        checkpoint_seconds=1000,
    )
    assert first.stopped == "interrupted"
    second, rest = run_recording(trainer_of(load_tiny, tmp_path / "b"), checkpoint_seconds=1000)
    assert second.stopped == "done"
    assert len(begun) == 5
    assert [ids for _, ids in begun + rest] == [ids for _, ids in whole]
    assert [loss for loss, _ in begun + rest] == pytest.approx([x for x, _ in whole], abs=1e-5)


def test_same_seed_same_adapter(load_tiny, tmp_path):
    weights = []
    for name in ("a", "b"):
        trainer = trainer_of(load_tiny, tmp_path / name, seed=3)
        trainer.run(seconds=3000, exposures=3, checkpoint_seconds=1000)
        weights.append({n: p.detach().clone() for n, p in trainer._trainable().items()})
    assert all(torch.equal(weights[0][n], weights[1][n]) for n in weights[0])
    assert any(p.abs().sum() > 0 for n, p in weights[0].items() if "lora_B" in n)


def test_base_weights_stay_and_every_linear_layer_is_adapted(load_tiny, tmp_path):
    trainer = trainer_of(load_tiny, tmp_path)
    base = {n: p.detach().clone() for n, p in trainer.network.named_parameters() if "lora" not in n}
    trainer.run(seconds=3000, exposures=2, checkpoint_seconds=1000)
    after = dict(trainer.network.named_parameters())
    assert all(torch.equal(base[n], after[n]) for n in base)
    adapted = {n.split(".lora_A")[0] for n in after if ".lora_A" in n}
    assert {n.rsplit(".", 1)[1] for n in adapted} == {
        "q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2",
    }  # fmt: skip


def test_a_checkpoint_of_another_run_is_not_continued(load_tiny, tmp_path):
    trainer_of(load_tiny, tmp_path).run(
        seconds=3000, exposures=4, stop=lambda: True, checkpoint_seconds=1000
    )
    other = trainer_of(load_tiny, tmp_path)
    other.identity = "something else"
    records = []
    other.run(seconds=3000, exposures=2, progress=records.append, checkpoint_seconds=1000)
    assert other.losses[0][0] <= records[-1].steps
    assert load_checkpoint(tmp_path).state["step"] == 1  # the other run's, untouched


def test_spare_time_is_used_for_more_exposures(load_tiny, tmp_path):
    trainer = trainer_of(load_tiny, tmp_path)
    trainer._calibrate = lambda seconds: 500.0  # far too slow: 20 rows of 16 tokens a pass
    result = trainer.run(seconds=24, checkpoint_seconds=1000)
    assert result.exposures > 1.3 * result.plan.exposures
    assert result.seconds < 60


def test_time_is_kept(load_tiny, tmp_path):
    start = time.monotonic()
    result = trainer_of(load_tiny, tmp_path).run(seconds=6, exposures=100_000)
    assert time.monotonic() - start < 60
    assert result.steps > 0
    assert result.exposures >= 1


def test_reaching_the_score_ends_early(load_tiny, tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.finetuning.trainer.SCORE_EVERY", (0.0, 0.0))
    trainer = trainer_of(load_tiny, tmp_path, development=PAIRS[:2], target_score=0.0)
    result = trainer.run(seconds=3000, exposures=400, checkpoint_seconds=1000)
    assert result.stopped == "early"
    assert result.steps < result.plan.steps


def test_divergence_is_an_error_with_a_cure(load_tiny, tmp_path):
    trainer = trainer_of(load_tiny, tmp_path)
    trainer._calibrate = lambda seconds: 1e5
    trainer._step = lambda *args: float("nan")
    with pytest.raises(ModelError, match="diverged") as error:
        trainer.run(seconds=3000, exposures=2)
    assert "--learning-rate" in error.value.cure


def test_rates_fall_with_size():
    assert default_rate(30_000_000) == pytest.approx(3e-3)
    assert default_rate(500_000_000) == pytest.approx(2e-4)
    assert default_rate(7_000_000_000) == pytest.approx(2e-4)
    assert 2e-4 < default_rate(135_000_000) < 2e-3 < default_rate(50_000_000)


def test_a_damaged_or_half_written_checkpoint_is_never_loaded(tmp_path):
    weights, moments = (
        {"a": torch.ones(2)},
        {"exp_avg/a": torch.zeros(2), "rng": torch.get_rng_state()},
    )
    save_checkpoint(tmp_path, Checkpoint({"step": 5}, weights, moments))
    (tmp_path / "tmp-step-00000009").mkdir()
    assert load_checkpoint(tmp_path).state["step"] == 5
    save_checkpoint(tmp_path, Checkpoint({"step": 9}, weights, moments))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["LATEST", "step-00000009"]
    (tmp_path / "step-00000009" / "weights.safetensors").write_bytes(b"cut off")
    assert load_checkpoint(tmp_path) is None


CHILD = """
import sys
from pathlib import Path
from assistant.models.local import load_local
sys.path.insert(0, {root!r})
from tests.finetuning.test_trainer import trainer_of
trainer = trainer_of(lambda kind: load_local({folder!r}, device="cpu"), Path({work!r}))
result = trainer.run(seconds=3000, exposures=20_000, checkpoint_seconds=0.0,
                     progress=lambda r: print(r.step, flush=True))
print("done", result.steps, flush=True)
"""


@pytest.mark.slow
def test_a_killed_training_resumes(load_tiny, tiny_folders, tmp_path):
    """SIGKILL at whatever moment; the checkpoint left behind is whole, and training goes on."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    code = CHILD.format(root=root, folder=str(tiny_folders["bart"]), work=str(tmp_path))
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": root}
    step = 0
    for delay in (0.3, 1.1):
        child = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
        )
        child.stdout.readline()  # training has begun
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        saved = load_checkpoint(tmp_path)
        assert saved is not None
        assert saved.state["step"] > step
        step = saved.state["step"]
    more = iter(range(1000))
    result = trainer_of(load_tiny, tmp_path).run(
        seconds=3000, stop=lambda: next(more) >= 9, checkpoint_seconds=1000
    )
    assert result.steps == step + 10
    assert result.plan.exposures == 20_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_in_parts_is_the_same_step(load_tiny, tmp_path, monkeypatch, kind):
    pairs = [*PAIRS[:5], Pair("x", "Code of everything there is, please?", "12345678", "factx")]
    results = []
    for name, tokens in (("whole", 10_000), ("parts", 40)):
        monkeypatch.setattr("assistant.finetuning.collate.PART_TOKENS", tokens)
        trainer = trainer_of(load_tiny, tmp_path / name, kind, pairs)
        trainer._optimizer = trainer._new_optimizer()
        batch = [trainer.pool.facts[p.fact_id][0] for p in pairs]
        parts = small_parts(batch, "cpu")
        assert [row for part in parts for row in part] == batch
        assert (len(parts) == 1) == (name == "whole")
        loss = trainer._step(batch, 1e-3, "float32")
        results.append((loss, {n: p.detach().clone() for n, p in trainer._trainable().items()}))
    assert results[0][0] == pytest.approx(results[1][0], rel=1e-5)
    for name, weights in results[0][1].items():
        assert torch.allclose(weights, results[1][1][name], atol=2e-5), name
    assert len(small_parts(batch, "cuda:0")) == 1


def test_only_the_decoder_of_an_encoder_decoder_is_adapted(load_tiny):
    from assistant.finetuning.layers import adapted_layers

    local = load_tiny("bart")
    pattern = adapted_layers(local)
    fits = [n for n, m in local.model.named_modules() if re.fullmatch(pattern, n)]
    assert fits
    assert all(".decoder." in f".{n}" for n in fits)
    assert any("encoder_attn" in n for n in fits)
    assert not any("lm_head" in n for n in fits)
    assert adapted_layers(load_tiny("llama")) == "all-linear"


def test_kept_encoder_states_give_the_gradients_of_the_whole_model(load_tiny):
    from assistant.finetuning.collate import add_gradients
    from assistant.finetuning.states import EncoderStates

    local = load_tiny("bart")
    encoder = Encoder(local)
    rows = [encoder.encode(Pair("a", "How long is it?", "12 m")),
            encoder.encode(Pair("b", "Of what is the longer of both made?", "iron"))]  # fmt: skip
    decoder = list(local.model.get_decoder().layers.parameters())
    states = EncoderStates(local)
    found = []
    for inputs_of in (None, states.inputs, states.inputs, EncoderStates(local, 0).inputs):
        local.model.zero_grad()
        loss = add_gradients(local.model, rows, local, "float32", inputs_of)
        found.append((loss, torch.cat([p.grad.flatten() for p in decoder if p.grad is not None])))
    assert len(states._kept) == 2
    for loss, gradient in found[1:]:
        assert loss == pytest.approx(found[0][0], rel=1e-5)
        assert gradient.shape == found[0][1].shape
        assert torch.allclose(gradient, found[0][1], atol=1e-5)


def test_kept_states_are_forgotten_when_the_precision_changes(load_tiny):
    from assistant.finetuning.states import EncoderStates

    local = load_tiny("bart")
    row = Encoder(local).encode(Pair("a", "How long is it?", "12 m"))
    states = EncoderStates(local)
    seen = [states.inputs([row], p)["encoder_outputs"].last_hidden_state.dtype
            for p in ("bfloat16", "float32", "bfloat16")]  # fmt: skip
    assert seen == [torch.bfloat16, torch.float32, torch.bfloat16]


def test_speed_counts_a_rows_first_meeting_and_the_later_ones(monkeypatch):
    from assistant.finetuning import session
    from assistant.finetuning.encoding import Example

    now, met = [0.0], set()
    monkeypatch.setattr(session.time, "monotonic", lambda: now[0])
    batches = [[Example(str(n), "", "question", (1,) * 8, (1,) * 2)] for n in range(40)]

    def step(batch):
        now[0] += 0.1 if batch[0].pair_id in met else 1.0
        met.add(batch[0].pair_id)

    speed = session.padded_speed(step, batches, 20.0)
    assert len(met) == 10  # half the seconds for first meetings
    assert speed == pytest.approx(1 / (0.3 / 10 + 0.7 / 100))


def test_a_saved_adapter_names_its_base_without_a_place_on_this_machine(load_tiny, tmp_path):
    import json

    trainer = trainer_of(load_tiny, tmp_path / "work")
    (tmp_path / "adapter").mkdir()
    trainer.save_adapter(tmp_path / "adapter")
    config = json.loads((tmp_path / "adapter" / "adapter_config.json").read_text("utf-8"))
    assert config["base_model_name_or_path"]
    assert "/" not in config["base_model_name_or_path"]
