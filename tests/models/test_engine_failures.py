"""Nothing a row, a callback, an adapter or the model itself does may spoil the next answer."""

import functools
import json
import shutil
import subprocess
import sys
import threading

import pytest
import torch

from assistant.errors import AdapterMismatch, IntegrityError, ModelError, ModelMissing
from assistant.models.engine import Engine
from assistant.schema import Message, Row
from tests.models.conftest import VERSIONS, Tiny
from tests.models.test_engine_arms import NEW, QUESTIONS, ask, grid, texts


class Fault(RuntimeError):
    pass


def arm_fault(engine, times, when=lambda **kwargs: True):
    """Make the base network's forward raise in the middle of `generate`, `times` times."""
    network = engine._worker.local.model
    real, left, seen = network.forward, [times], [0]

    @functools.wraps(real)
    def forward(*args, **kwargs):
        seen[0] += 1
        if left[0] and when(**kwargs):
            left[0] -= 1
            raise Fault("injected")
        return real(*args, **kwargs)

    network.forward = forward
    return seen


def same(results, wanted, rows):
    return [g.text for g in results] == [wanted[r.messages[0].content, r.adapter] for r in rows]


def later_step(**kwargs):
    """True from the second decoding step on, so that the fault strikes with hooks attached."""
    past = kwargs.get("past_key_values")
    return past is not None and past.get_seq_length() > 0


def hooks(engine):
    return sum(len(m._forward_pre_hooks) for m in engine._worker._adapters.network.modules())


def test_a_fault_in_the_middle_does_not_leak_into_the_next_request(tiny, engine):
    wanted, rows = texts(tiny), grid()
    assert same(engine.generate(rows, max_new_tokens=NEW), wanted, rows)
    arm_fault(engine, times=1, when=later_step)
    single = [ask(QUESTIONS[0], VERSIONS[0])]
    (failed,) = engine.generate(single, max_new_tokens=NEW)
    assert failed.finish == "error"
    assert "Fault: injected" in failed.error
    assert hooks(engine) == 0
    base = [ask(q) for q in QUESTIONS]
    assert same(engine.generate(base, max_new_tokens=NEW), wanted, base)
    assert same(engine.generate(rows, max_new_tokens=NEW), wanted, rows)


def test_a_fault_in_the_encoder_does_not_leak_either(tiny, engine):
    if tiny.kind == "llama":
        pytest.skip("no encoder")
    wanted, rows = texts(tiny), grid()
    engine.generate(rows, max_new_tokens=NEW)
    encoder = engine._worker.local.model.get_encoder()
    real, left = encoder.forward, [1]

    @functools.wraps(real)
    def forward(*args, **kwargs):
        out = real(*args, **kwargs)
        if left[0]:
            left[0] = 0
            raise Fault("encoder")
        return out

    encoder.forward = forward
    assert same(engine.generate(rows, max_new_tokens=NEW), wanted, rows)
    assert left == [0]
    assert hooks(engine) == 0


def test_without_the_rebuild_a_fault_would_leak(tiny, engine, monkeypatch):
    """The danger is real: PEFT's hooks stay, and a base row is answered by the old batch's arms."""
    monkeypatch.setattr(engine._worker, "_recover", lambda: None)
    engine.generate([ask(QUESTIONS[0], VERSIONS[0])], max_new_tokens=NEW)
    arm_fault(engine, times=1, when=later_step)
    engine.generate([ask(QUESTIONS[0], VERSIONS[0])], max_new_tokens=NEW)
    assert hooks(engine) > 0


def test_a_passing_fault_costs_a_batch_no_answer(tiny, engine):
    wanted, rows = texts(tiny), grid()
    engine.generate(rows, max_new_tokens=NEW)
    arm_fault(engine, times=1, when=later_step)
    assert same(engine.generate(rows, max_new_tokens=NEW), wanted, rows)


def test_one_poisonous_row_is_found_and_the_others_answered(tiny, engine):
    wanted, rows = texts(tiny), grid()
    engine.generate(rows[:1], max_new_tokens=NEW)
    poison = engine._worker.encode(engine._worker.local, rows[5].messages)
    real = engine._worker.decode

    def decode(prompts, versions, *rest):
        if any(
            p == poison and v == rows[5].adapter for p, v in zip(prompts, versions, strict=True)
        ):
            raise Fault("this row")
        return real(prompts, versions, *rest)

    engine._worker.decode = decode
    results = engine.generate(rows, max_new_tokens=NEW)
    assert [n for n, g in enumerate(results) if g.finish == "error"] == [5]
    good = [n for n in range(len(rows)) if n != 5]
    assert same([results[n] for n in good], wanted, [rows[n] for n in good])


def test_a_request_that_fails_on_and_on_is_given_up(engine):
    engine.generate([ask("days")], max_new_tokens=2)
    tried = []

    def decode(prompts, *rest):
        tried.append(len(prompts))
        raise Fault("always")

    engine._worker.decode = decode
    results = engine.generate([ask("days")] * 32, max_new_tokens=2)
    assert {g.finish for g in results} == {"error"}
    assert len(tried) < 20


def test_damaged_weights_are_read_from_disk_again(tiny, engine):
    """A fault that also changes the weights is noticed by the self-test and undone."""
    wanted, rows = texts(tiny), grid()
    engine.generate(rows, max_new_tokens=NEW)

    def damage(**kwargs):
        if later_step(**kwargs):
            with torch.no_grad():
                next(iter(engine._worker.local.model.parameters())).normal_()
            return True
        return False

    arm_fault(engine, times=1, when=damage)
    before = engine._worker.local
    engine.generate([ask("days", VERSIONS[0])], max_new_tokens=NEW)
    assert engine._worker.local is not before
    assert same(engine.generate(rows, max_new_tokens=NEW), wanted, rows)


def test_a_model_that_cannot_be_restored_is_refused(tiny_models, tmp_path):
    folder = shutil.copytree(tiny_models["bart"].folder, tmp_path / "model")
    tiny = Tiny("bart", folder, tiny_models["bart"].adapters)
    engine = tiny.engine()
    engine.generate([ask("days", VERSIONS[0])], max_new_tokens=NEW)

    def damage(**kwargs):
        if later_step(**kwargs):
            with torch.no_grad():
                next(iter(engine._worker.local.model.parameters())).normal_()
            (folder / "model.safetensors").unlink()
            return True
        return False

    arm_fault(engine, times=1, when=damage)
    with pytest.raises(IntegrityError, match="could not be restored"):
        engine.generate([ask("days", VERSIONS[0])], max_new_tokens=NEW)
    with pytest.raises(ModelError):
        engine.generate([ask("days")], max_new_tokens=NEW)
    shutil.copy(tiny_models["bart"].folder / "model.safetensors", folder)
    wanted, rows = texts(tiny_models["bart"]), grid()
    assert same(engine.generate(rows, max_new_tokens=NEW), wanted, rows)
    engine.close()


def test_self_test_notices_a_changed_base(engine):
    assert engine.self_test(VERSIONS[0]).ok
    with torch.no_grad():
        for name, parameter in engine._worker.local.model.named_parameters():
            if "lora" not in name and parameter.dim() == 2:
                parameter.add_(torch.randn_like(parameter) * 0.05)
    result = engine.self_test(VERSIONS[0])
    assert not result.ok
    assert "adapter-off logits differ" in result.detail
    assert not engine.self_test(None).ok


def test_self_test_notices_an_adapter_that_does_nothing(tiny, tmp_path):
    from safetensors.torch import load_file, save_file

    shutil.copytree(tiny.adapters / VERSIONS[0], tmp_path / "idle")
    file = tmp_path / "idle" / "adapter_model.safetensors"
    zeroed = {k: v * 0 if "lora_B" in k else v for k, v in load_file(file).items()}
    save_file(zeroed, file, metadata={"format": "pt"})
    engine = Tiny(tiny.kind, tiny.folder, tmp_path).engine()
    result = engine.self_test("idle")
    engine.close()
    assert not result.ok
    assert "changes nothing" in result.detail


# ---- adapters that do not fit -------------------------------------------------------------------


def changed(tiny, tmp_path, name, **manifest):
    folder = shutil.copytree(tiny.adapters / VERSIONS[0], tmp_path / name)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_an_adapter_of_another_base_is_refused(tiny, tmp_path):
    changed(tiny, tmp_path, "foreign", base_fingerprint="0" * 16, base_model="some/other")
    engine = Tiny(tiny.kind, tiny.folder, tmp_path).engine()
    with pytest.raises(AdapterMismatch, match=r"some/other.*\n.*assistant finetune"):
        engine.generate([ask("days", "foreign")], max_new_tokens=2)
    base, foreign = engine.generate([ask("days"), ask("days", "foreign")], max_new_tokens=NEW)
    engine.close()
    assert base.text == texts(tiny)["days", None]
    assert foreign.finish == "error"
    assert "some/other" in foreign.error


def test_an_adapter_of_this_base_is_accepted(tiny, tmp_path):
    from assistant.models.local import resolve

    print_ = resolve(str(tiny.folder)).fingerprint
    changed(tiny, tmp_path, "own", base_fingerprint=print_, base_model="tiny")
    engine = Tiny(tiny.kind, tiny.folder, tmp_path).engine()
    (got,) = engine.generate([ask("days", "own")], max_new_tokens=NEW)
    engine.close()
    assert got.text == texts(tiny)["days", VERSIONS[0]]


def test_a_missing_adapter_fails_its_row_only(tiny, engine):
    base, lost = engine.generate([ask("days"), ask("days", "lost")], max_new_tokens=NEW)
    assert base.text == texts(tiny)["days", None]
    assert (lost.finish, lost.text) == ("error", "")
    assert "assistant finetune --list" in lost.error
    with pytest.raises(ModelMissing):
        engine.generate([ask("days", "lost")], max_new_tokens=NEW)


def test_an_adapter_of_other_shape_leaves_the_model_as_it_was(tiny, tmp_path):
    shutil.copytree(tiny.adapters / VERSIONS[0], tmp_path / "good")
    shutil.copytree(tiny.adapters / VERSIONS[0], tmp_path / "cut")
    file = tmp_path / "cut" / "adapter_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])
    config = tmp_path / "cut" / "adapter_config.json"
    config.write_text(config.read_text().replace('"r": 4', '"r": 7'))
    engine = Tiny(tiny.kind, tiny.folder, tmp_path).engine()
    for _ in range(2):
        good, cut = engine.generate([ask("days", "good"), ask("days", "cut")], max_new_tokens=NEW)
        assert good.text == texts(tiny)["days", VERSIONS[0]]
        assert cut.finish == "error"
        assert "cannot be loaded" in cut.error
    assert engine.self_test("good").ok
    engine.close()


def test_an_adapter_that_changes_the_base_while_loading_is_refused(tiny, tmp_path):
    folder = shutil.copytree(tiny.adapters / VERSIONS[0], tmp_path / "pissa")
    config = json.loads((folder / "adapter_config.json").read_text())
    config["init_lora_weights"] = "pissa"
    (folder / "adapter_config.json").write_text(json.dumps(config))
    shutil.copytree(tiny.adapters / VERSIONS[1], tmp_path / VERSIONS[1])
    engine = Tiny(tiny.kind, tiny.folder, tmp_path).engine()
    wanted = texts(tiny)
    for _ in range(2):
        rows = [ask(QUESTIONS[0]), ask(QUESTIONS[0], "pissa"), ask(QUESTIONS[0], VERSIONS[1])]
        base, pissa, good = engine.generate(rows, max_new_tokens=NEW)
        assert base.text == wanted[QUESTIONS[0], None]
        assert good.text == wanted[QUESTIONS[0], VERSIONS[1]]
        assert "changes the base model itself" in pissa.error
    engine.close()


def test_adapters_with_trained_biases_are_refused(tiny, tmp_path):
    folder = shutil.copytree(tiny.adapters / VERSIONS[0], tmp_path / "biased")
    config = json.loads((folder / "adapter_config.json").read_text())
    (folder / "adapter_config.json").write_text(json.dumps({**config, "bias": "all"}))
    engine = Tiny(tiny.kind, tiny.folder, tmp_path).engine()
    with pytest.raises(ModelError, match=r"bias.*expected plain LoRA"):
        engine.generate([ask("days", "biased")], max_new_tokens=2)
    engine.close()


def test_pickled_and_foreign_kinds_of_adapters_are_refused(tiny, tmp_path):
    shutil.copytree(tiny.adapters / VERSIONS[0], tmp_path / "pickled")
    (tmp_path / "pickled" / "adapter_model.safetensors").rename(
        tmp_path / "pickled" / "adapter_model.bin"
    )
    shutil.copytree(tiny.adapters / VERSIONS[0], tmp_path / "dora")
    config = tmp_path / "dora" / "adapter_config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "use_dora": True}))
    engine = Tiny(tiny.kind, tiny.folder, tmp_path).engine()
    with pytest.raises(ModelMissing, match=r"adapter_model\.safetensors"):
        engine.generate([ask("days", "pickled")], max_new_tokens=2)
    with pytest.raises(ModelError, match=r"use_dora.*expected plain LoRA"):
        engine.generate([ask("days", "dora")], max_new_tokens=2)
    engine.close()


# ---- odd rows -----------------------------------------------------------------------------------


def test_odd_rows_fail_alone(tiny, engine):
    limit = engine.context_tokens
    rows = [
        ask("days " * (limit + 1)),
        Row(()),
        ask(""),
        ask("\ud800 lone surrogate"),
        ask("days"),
    ]
    long, _, empty, _, good = results = engine.generate(rows, max_new_tokens=NEW)
    assert long.finish == "error"
    assert f"reads at most {limit}" in long.error
    assert long.prompt_tokens > limit
    assert good.text == texts(tiny)["days", None]
    assert empty.finish in ("stop", "length", "error")
    assert len(results) == len(rows)


def test_the_longest_prompt_that_counts_as_fitting_does(engine):
    limit = engine.context_tokens
    words = 3 * limit
    while engine.count_tokens((Message("user", "e" * words),)) > limit:
        words -= 1
    (got,) = engine.generate([ask("e" * words)], max_new_tokens=3)
    assert got.finish in ("stop", "length")
    assert got.prompt_tokens == limit


def test_an_answer_cap_beyond_the_positions_is_explained(tiny, engine):
    if tiny.kind == "t5":
        pytest.skip("relative positions have no limit")
    (got,) = engine.generate([ask("days")], max_new_tokens=5000)
    assert got.finish == "error"
    assert "lower max_new_tokens" in got.error


def test_no_rows_and_no_tokens(engine):
    assert engine.generate([], max_new_tokens=NEW) == []
    (got,) = engine.generate([ask("days")], max_new_tokens=0)
    assert got.finish == "error"


# ---- the thread ---------------------------------------------------------------------------------


def test_a_loader_that_fails_is_asked_again(tiny):
    tries = []

    def loader():
        tries.append(1)
        if len(tries) == 1:
            raise ModelMissing("not here yet", "wait")
        return tiny.load()

    engine = Engine(loader)
    with pytest.raises(ModelMissing, match="not here yet"):
        engine.generate([ask("days")], max_new_tokens=NEW)
    (got,) = engine.generate([ask("days")], max_new_tokens=NEW)
    engine.close()
    assert got.text == texts(tiny)["days", None]


def test_a_loader_that_breaks_is_reported_as_a_model_error():
    engine = Engine(lambda: 1 / 0)
    with pytest.raises(ModelError, match="ZeroDivisionError"):
        _ = engine.model
    engine.close()


def test_closing_cancels_and_refuses(tiny):
    engine = tiny.engine()
    began = threading.Event()
    results = []

    def client():
        results.extend(
            engine.generate([ask("days")], max_new_tokens=60, on_text=lambda *_: began.set())
        )

    thread = threading.Thread(target=client)
    thread.start()
    assert began.wait(30)
    engine.close()
    thread.join(30)
    assert not thread.is_alive()
    assert results[0].finish in ("cancelled", "length", "stop")
    with pytest.raises(ModelError, match="closed"):
        engine.generate([ask("days")], max_new_tokens=1)
    engine.close()


def test_the_program_can_end_while_the_model_speaks(tiny_models):
    code = f"""
import threading
from assistant.errors import ModelError
from assistant.models.engine import Engine
from assistant.models.local import load_local
from assistant.schema import Message, Row
engine = Engine(lambda: load_local({str(tiny_models["bart"].folder)!r}), max_rows=1)
began = threading.Event()
rows = [Row((Message("user", "days"),))] * 400
def talk():
    try:
        engine.generate(rows, max_new_tokens=100, on_text=lambda *_: began.set())
    except ModelError as error:
        print(error)
threading.Thread(target=talk, daemon=True).start()
assert began.wait(100)
print("leaving")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=200, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("leaving\n")
    assert "Traceback" not in done.stderr
