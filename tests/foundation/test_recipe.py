"""The recipe on a miniature: the loss falls, resuming equals not stopping, the export loads."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import torch

from assistant.foundation import recipe
from assistant.foundation.export import CAUTION, file_hashes
from assistant.foundation.formats import REFUSAL
from assistant.foundation.recipe import Run
from assistant.foundation.train import Trainer


def _weights(trainer: Trainer) -> dict[str, torch.Tensor]:
    return {n: p.detach().clone() for n, p in trainer.model.named_parameters()}


def _losses(run: Run) -> list[float]:
    lines = (run.out / "train.log").read_text(encoding="utf-8").splitlines()
    return [float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("step")]


@pytest.mark.slow
def test_loss_falls(tiny: Run) -> None:
    recipe.train(replace(tiny, limit=replace(tiny.limit, steps=150)), looks=False)
    losses = _losses(tiny)
    assert len(losses) == 3
    assert losses[-1] < 0.9 * losses[0]


@pytest.mark.slow
def test_resuming_equals_not_stopping(tiny: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    whole = recipe.train(tiny, looks=False)
    halved = replace(tiny, out=tmp_path_factory.mktemp("halved"))
    first = recipe.train(halved, stop_after=17, looks=False)
    assert first.progress.step == 17
    second = recipe.train(replace(halved, resume=True), looks=False)
    assert second.progress.step == whole.progress.step == 40
    assert second.progress.examples == whole.progress.examples
    expected, found = _weights(whole), _weights(second)
    for name, weight in expected.items():
        assert torch.equal(weight, found[name]), name


@pytest.mark.slow
def test_same_seed_same_weights_other_seed_other_weights(
    tiny: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    runs = [replace(tiny, out=tmp_path_factory.mktemp("r"), seed=seed) for seed in (3, 3, 4)]
    first, again, other = (_weights(recipe.train(r, stop_after=6, looks=False)) for r in runs)
    name = "model.decoder.layers.0.fc1.weight"
    assert torch.equal(first[name], again[name])
    assert not torch.equal(first[name], other[name])


@pytest.mark.slow
def test_export_loads_with_the_stock_classes(tiny: Run) -> None:
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    trainer = recipe.train(replace(tiny, limit=replace(tiny.limit, steps=3)), looks=False)
    folder = tiny.out / "model"
    model = AutoModelForSeq2SeqLM.from_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    trained = trainer.model.state_dict()["model.shared.weight"].to(torch.bfloat16)
    assert torch.equal(model.state_dict()["model.shared.weight"], trained)
    assert (
        tokenizer.decode(tokenizer("Hi  there").input_ids, skip_special_tokens=True) == "Hi  there"
    )
    assert tokenizer.split_special_tokens
    assert tokenizer.chat_template
    kept = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert kept["tokenizer_class"] == "PreTrainedTokenizerFast"
    assert (
        kept["chat_template"]
        if "chat_template" in kept
        else (folder / "chat_template.jinja").is_file()
    )
    bias = model.final_logits_bias[0]
    assert bias.nonzero().flatten().tolist() == [tokenizer(REFUSAL).input_ids[1]]
    assert bias.max().item() == CAUTION
    listed = json.loads((folder / "hashes.json").read_text(encoding="utf-8"))["files"]
    assert listed == file_hashes(folder)
    assert {"config.json", "tokenizer.json", "generation_config.json"} <= listed.keys()


def test_resume_without_a_checkpoint_says_so(tiny: Run) -> None:
    with pytest.raises(FileNotFoundError):
        recipe.train(replace(tiny, resume=True), looks=False)


def test_a_missing_text_file_is_named(tiny: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = replace(tiny, data=tmp_path_factory.mktemp("empty"))
    with pytest.raises(FileNotFoundError, match="simplewiki"):
        recipe.prepare(empty)


def test_going_on_from_weights_exports_the_mean_of_both(tiny: Run) -> None:
    from transformers import AutoModelForSeq2SeqLM

    first = recipe.train(replace(tiny, limit=replace(tiny.limit, steps=3)), looks=False)
    start = tiny.out.parent / "start"
    (tiny.out / "model").rename(start)
    more = replace(tiny, out=tiny.out.parent / "more", weights=start, seed=1, share=0.25)
    second = recipe.train(replace(more, limit=replace(tiny.limit, steps=2)), looks=False)
    assert (more.out / "tokenizer" / "tokenizer.json").read_bytes() == (
        start / "tokenizer.json"
    ).read_bytes()
    mean = AutoModelForSeq2SeqLM.from_pretrained(more.out / "model").state_dict()
    before = AutoModelForSeq2SeqLM.from_pretrained(start).state_dict()
    for name, weight in second.model.named_parameters():
        expected = 0.25 * weight.detach() + 0.75 * before[name].float()
        assert torch.equal(mean[name].to(torch.bfloat16), expected.to(torch.bfloat16)), name
    assert first.progress.step == 3
    assert first.kept is None
    assert second.kept is not None
    assert second.keeping().item() > 0  # two steps have moved it


def test_the_mean_of_trainings_is_their_mean(
    tiny: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from transformers import AutoModelForSeq2SeqLM

    short = replace(tiny, limit=replace(tiny.limit, steps=2))
    runs = [replace(short, out=tmp_path_factory.mktemp("r"), seed=seed) for seed in (1, 2)]
    one, two = (_weights(recipe.train(run, looks=False)) for run in runs)
    folder = recipe.mean(
        replace(short, out=tmp_path_factory.mktemp("mean")), [run.out for run in runs]
    )
    found = AutoModelForSeq2SeqLM.from_pretrained(folder).state_dict()
    for name, weight in one.items():
        expected = ((weight + two[name]) / 2).to(torch.bfloat16)
        assert torch.equal(found[name].to(torch.bfloat16), expected), name
