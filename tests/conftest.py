"""No network but loopback, no leftovers of the developer's environment."""

import os
import socket
import sys

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["ANONYMIZED_TELEMETRY"] = "false"
# Two processes with a thread per core each slow one another tenfold; one thread never does.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest

LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    real = socket.socket.connect

    def connect(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if host not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address!r}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch):
    for name in ("ASSISTANT_HOME", "ASSISTANT_JOB", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _denormals():
    """Training flushes denormals for the whole thread; other tests draw such numbers."""
    yield
    torch = sys.modules.get("torch")
    if hasattr(torch, "set_flush_denormal"):  # not while another thread is still importing it
        torch.set_flush_denormal(False)
