"""Which files are loaded, which are refused, and what is told about them."""

import json
import shutil

import pytest
import torch
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, GenerationConfig

from assistant.errors import ModelError, ModelMissing
from assistant.foundation.formats import CHAT_TEMPLATE, conversation
from assistant.models import fingerprint, is_remote, local, open_generator
from assistant.models.engine import Engine
from assistant.models.prompting import render_messages
from assistant.models.remote import RemoteModel
from assistant.schema import Message, Row
from tests.models.tiny import POSITIONS


def test_a_folder_is_described(tiny):
    loaded = tiny.load()
    assert loaded.encoder_decoder == (tiny.kind != "llama")
    assert (loaded.dtype, loaded.device) == ("float32", "cpu")
    assert next(loaded.model.parameters()).dtype == torch.float32
    assert not loaded.model.training
    assert loaded.eos_ids == {2}
    room = 0 if loaded.encoder_decoder else POSITIONS // 4
    assert loaded.context_tokens == POSITIONS - room
    assert loaded.prompt_family == "chat"
    assert loaded.fingerprint == local.resolve(str(tiny.folder)).fingerprint


def test_the_checkpoints_own_sampling_and_beams_are_put_aside(tiny_models, tmp_path):
    folder = shutil.copytree(tiny_models["bart"].folder, tmp_path / "m")
    model = AutoModelForSeq2SeqLM.from_pretrained(folder)
    model.generation_config = GenerationConfig(
        num_beams=4, do_sample=True, temperature=0.3, no_repeat_ngram_size=3, min_length=5,
        eos_token_id=2, pad_token_id=0, decoder_start_token_id=1, forced_eos_token_id=2,
    )  # fmt: skip
    model.save_pretrained(folder)
    plain = Engine(tiny_models["bart"].load)
    noisy = Engine(lambda: local.load_local(str(folder)))
    rows = [Row((Message("user", q),)) for q in ("days", "Who built the mills?")]
    texts = [[g.text for g in e.generate(rows, max_new_tokens=8)] for e in (plain, noisy, noisy)]
    plain.close()
    noisy.close()
    assert texts[0] == texts[1] == texts[2]


def test_a_model_that_speaks_the_packaged_ones_format_is_prompted_like_it(tiny_models, tmp_path):
    folder = shutil.copytree(tiny_models["bart"].folder, tmp_path / "m")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(folder)
    loaded = local.load_local(str(folder))
    assert loaded.prompt_family == "embedded"
    talk = (Message("user", "Question: days"), Message("assistant", "7"), Message("user", "mills"))
    assert render_messages(loaded.tokenizer, talk, encoder_decoder=True) == conversation(
        [("Question: days", "7")], "mills"
    )


def test_the_context_can_be_capped(tiny):
    assert local.load_local(str(tiny.folder), max_context=33).context_tokens == 33


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_other_precisions(tiny, dtype):
    loaded = local.load_local(str(tiny.folder), dtype=dtype, device="cpu")
    assert next(loaded.model.parameters()).dtype == getattr(torch, dtype)
    assert loaded.dtype == dtype


def test_an_unknown_precision_is_refused(tiny):
    with pytest.raises(ModelError, match="float32, bfloat16, float16"):
        local.load_local(str(tiny.folder), dtype="int3")


def test_pickles_are_never_loaded(tiny, tmp_path):
    folder = shutil.copytree(tiny.folder, tmp_path / "m")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"found pytorch_model\.bin.*never loaded"):
        local.load_local(str(folder))


def test_a_cut_off_file_is_explained(tiny, tmp_path):
    folder = shutil.copytree(tiny.folder, tmp_path / "m")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match="cannot be loaded"):
        local.load_local(str(folder))


def test_a_models_own_code_is_not_run(tiny, tmp_path):
    folder = shutil.copytree(tiny.folder, tmp_path / "m")
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "odd", "auto_map": {"AutoConfig": "odd.Config"}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "odd.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    with pytest.raises(ModelError, match="cannot be loaded"):
        local.load_local(str(folder))
    assert not (tmp_path / "ran").exists()


def test_missing_folders_and_models(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelMissing, match=r"no config\.json"):
        local.resolve(str(tmp_path / "empty"))
    with pytest.raises(ModelMissing, match="no model folder"):
        local.resolve(str(tmp_path / "nowhere"))
    with pytest.raises(ModelMissing, match="no model folder"):
        local.resolve("not a name at all")


def test_a_hub_model_that_is_not_here_names_the_download(tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelMissing, match=r"hf download nobody/no-model"):
        local.resolve("nobody/no-model")


def test_a_downloaded_hub_model_is_found_offline(tiny, tmp_path, monkeypatch):
    repository = tmp_path / "models--someone--tiny"
    commit = "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(tiny.folder, repository / "snapshots" / commit)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit)
    monkeypatch.setattr("huggingface_hub._snapshot_download.constants.HF_HUB_CACHE", str(tmp_path))
    source = local.resolve("someone/tiny")
    assert source.folder.name == commit
    assert local.load_local("someone/tiny").name == "someone/tiny"
    (repository / "snapshots" / commit).rename(repository / "snapshots" / f"f{commit[1:]}")
    (repository / "refs" / "main").write_text(f"f{commit[1:]}")
    assert local.resolve("someone/tiny").fingerprint != source.fingerprint


# ---- fingerprints -------------------------------------------------------------------------------


def test_the_fingerprint_follows_the_weights_not_the_folder(tiny, tmp_path):
    same = shutil.copytree(tiny.folder, tmp_path / "same")
    config = json.loads((same / "config.json").read_text())
    config["transformers_version"] = "99"
    (same / "config.json").write_text(json.dumps(config))
    original = local.resolve(str(tiny.folder)).fingerprint
    assert local.resolve(str(same)).fingerprint == original

    weights = bytearray((same / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (same / "model.safetensors").write_bytes(weights)
    assert local.resolve(str(same)).fingerprint != original


def test_the_embedded_files_are_verified(tiny_models, tmp_path, monkeypatch):
    folder = shutil.copytree(tiny_models["bart"].folder, tmp_path / "embedded")
    monkeypatch.setattr(local, "embedded_folder", lambda: folder)
    with pytest.raises(ModelMissing, match=r"hashes\.json.*\n.*pip install"):
        local.load_local()
    names = ("config.json", "model.safetensors", "tokenizer.json")
    listing = {"files": {n: fingerprint.file_sha256(folder / n) for n in names}}
    (folder / "hashes.json").write_text(json.dumps(listing))
    assert local.load_local().name == "embedded"

    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(ModelError, match=r"model\.safetensors has SHA-256"):
        local.load_local()
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelMissing, match=r"lacks model\.safetensors"):
        local.load_local()
    (folder / "hashes.json").write_text("{")
    with pytest.raises(ModelError, match="damaged"):
        local.load_local()


def test_hashes_are_computed_once_until_the_file_changes(tmp_path, monkeypatch):
    file = tmp_path / "f"
    file.write_bytes(b"one")
    first = fingerprint.file_sha256(file)
    before = fingerprint._sha256.cache_info().misses
    assert fingerprint.file_sha256(file) == first
    assert fingerprint._sha256.cache_info().misses == before
    file.write_bytes(b"other")
    assert fingerprint.file_sha256(file) != first


# ---- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "remote"),
    [
        ("embedded", False),
        ("openai:gpt-4.1-mini", True),
        ("ollama:llama3.2:1b", True),
        ("HuggingFaceTB/SmolLM2-135M-Instruct", False),
        ("C:\\models\\mine", False),
        ("/models/mine", False),
        ("./mine", False),
    ],
)
def test_names_tell_remote_from_local(name, remote):
    assert is_remote(name) is remote
    opened = open_generator(name)
    assert isinstance(opened, RemoteModel if remote else Engine)
