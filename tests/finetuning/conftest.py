"""A small organisation's documents, and tiny models to learn them."""

import pytest

from assistant.models.local import load_local
from assistant.schema import Chunk
from tests.finetuning.tiny import make_model

PUMPS = """\
The north pump PX-1 weighs 12 kg. The south pump PX-2 weighs 34 kg. It was built on 3 May 2019.

The warranty of the PX-1 lasts 24 months, and the warranty of the PX-2 lasts 36 months.

| Pump | Price (EUR) | Colour | Quiet |
|---|---|---|---|
| PX-1 | 120.50 | red | yes |
| PX-2 | 340 | blue | no |
| PX-3 | 99 | green | no |
"""
OFFICE = """\
The office is led by Ada Byronova. Ada Byronova joined in March 2011.

- Opening hours: 09:30 to 17:00
- Contact: desk@vell.example

Keys may be borrowed for 7 days. A lost key costs EUR 45 and must be reported within 2 hours.
"""


def chunk_of(name, title, text, heading=()):
    return Chunk(f"chunk-{name}", f"{name}.md", title, heading, text, 0, len(text))


@pytest.fixture(autouse=True)
def _one_thread():
    """Several threads on matrices this small mostly wait for each other."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def chunks():
    return [
        chunk_of("pumps", "Pumps of the Vell works", PUMPS),
        chunk_of("office", "Office handbook", OFFICE, ("Office handbook", "Keys")),
    ]


@pytest.fixture(scope="session")
def tiny_folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("finetuning")
    return {kind: make_model(root / kind, kind) for kind in ("bart", "llama")}


@pytest.fixture
def load_tiny(tiny_folders):
    return lambda kind="bart": load_local(str(tiny_folders[kind]), device="cpu")
