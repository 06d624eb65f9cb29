"""One tiny model of each kind a session, with three adapters each."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.errors import ModelMissing
from assistant.models.engine import Engine
from assistant.models.local import load_local
from tests.models.tiny import KINDS, make_adapter, make_model

VERSIONS = ("2026.01", "2026.02", "2026.03")


@dataclass(frozen=True)
class Tiny:
    kind: str
    folder: Path
    adapters: Path

    def adapter_path(self, version):
        path = self.adapters / version
        if not path.is_dir():
            raise ModelMissing(f"no adapter {version}", "assistant finetune --list")
        return path

    def load(self):
        return load_local(str(self.folder), adapter_path=self.adapter_path, device="cpu")

    def engine(self, **options):
        return Engine(self.load, **options)


@pytest.fixture(autouse=True)
def one_thread():
    """Products of 32 x 32 numbers only lose by being shared between threads."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory):
    root = tmp_path_factory.mktemp("tiny")
    models = {}
    for kind in KINDS:
        folder = make_model(root / kind, kind)
        for number, version in enumerate(VERSIONS):
            make_adapter(root / f"{kind}-adapters" / version, folder, number)
        models[kind] = Tiny(kind, folder, root / f"{kind}-adapters")
    return models


@pytest.fixture(params=KINDS)
def tiny(request, tiny_models):
    return tiny_models[request.param]


@pytest.fixture
def engine(tiny):
    engine = tiny.engine()
    yield engine
    engine.close()
