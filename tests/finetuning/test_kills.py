"""Fine-tuning killed at random moments, publishing included: nothing lost, nothing half-visible."""

import json
import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from safetensors.torch import load_file

from assistant.finetuning.checkpoint import load_checkpoint
from assistant.finetuning.records import read_training_set
from assistant.models.adapters import AdapterVersions

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "6"))


class Killable:
    """Talks to `killable.py`."""

    def __init__(self, model, adapters):
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(ROOT / "tests/finetuning/killable.py"), model, adapters]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.lines = queue.Queue()
        self.first_saved = 0.0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.split())
            if line.startswith("saved"):
                self.first_saved = self.first_saved or time.monotonic()

    def start(self):
        """Begins a training; returns its process id."""
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return int(self.until("pid")[-1][1])

    def until(self, *words):
        """Lines up to one that begins with any of the words."""
        heard = []
        while not heard or heard[-1][0] not in words:
            heard.append(self.lines.get(timeout=120))
        return heard

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=120)


def check_versions(versions):
    """Every version that can be seen is whole and was trained to the end; returns their ids."""
    ids = [manifest.id for manifest in versions.list()]
    assert len(ids) == len(list((versions.root / "versions").glob("*")))
    for name in ids:
        folder = versions.path(name)
        weights = load_file(folder / "adapter_model.safetensors")
        assert any(tensor.abs().sum() > 0 for key, tensor in weights.items() if "lora_B" in key)
        course = json.loads((folder / "training.json").read_text("utf-8"))
        assert course["stopped"] == "done"
        assert course["steps"] == course["plan"]["steps"]
        trained = read_training_set(folder)
        assert len(trained.trained) == versions.manifest(name).facts_trained > 0
    return ids


@pytest.mark.slow
@pytest.mark.timeout(240 + 20 * KILLS)
def test_random_kills(tiny_folders, tmp_path):
    """`KILLS=50` for the long version."""
    versions = AdapterVersions(tmp_path / "adapters")
    training = Killable(str(tiny_folders["bart"]), str(versions.root))
    try:
        training.start()
        heard = training.until("publishing")
        step = (time.monotonic() - training.first_saved) / len(heard)
        began = time.monotonic()
        assert training.until("ended", "failed")[-1] == ["ended", "0"]
        publishing = time.monotonic() - began
        before = check_versions(versions)
        current, kept, killed, resumed, moments = versions.current(), 0, 0, 0, []
        assert [current] == before
        chance = random.Random(0)
        for attempt in range(KILLS):
            child = training.start()
            heard = []
            if attempt % 3 == 2:  # one kill in three goes for the moments around publishing
                heard = training.until("publishing", "ended")
                time.sleep(chance.uniform(0.0, 1.0) * publishing)
            else:
                for _ in range(chance.randint(0, 4)):
                    if not heard or heard[-1][0] == "saved":
                        heard += training.until("saved", "publishing", "ended")
                time.sleep(chance.uniform(0.0, 1.5) * step)
            if not heard or heard[-1][0] != "ended":
                os.kill(child, signal.SIGKILL)
                heard += training.until("ended")
            assert ["failed"] not in [line[:1] for line in heard], heard
            killed += heard[-1] == ["ended", str(int(signal.SIGKILL))]
            moments.append(heard[-2][0] if len(heard) > 1 else "loading")
            ids = check_versions(versions)
            assert ids[: len(before)] == before  # nothing published was lost
            new = ids[len(before) :]
            assert len(new) <= 1
            # Killed between the rename and the pointer, a whole version is not in use yet.
            assert versions.current() in [current, *new]
            current, before = versions.current(), ids
            published = any(line[0] == "published" for line in heard)
            assert not published or current == new[0]
            saved = max([kept, *(int(line[1]) for line in heard if line[0] == "saved")])
            checkpoint = load_checkpoint(versions.root / "training")
            if checkpoint is None:
                assert saved == 0 or new  # gone only because the adapter is there
                kept = 0
            else:
                assert checkpoint.state["step"] >= saved  # no finished step is trained twice
                resumed += kept > 0
                kept = checkpoint.state["step"]
        assert killed >= KILLS // 2, f"{killed} of {KILLS} kills hit"
        training.start()
        heard = training.until("ended", "failed")
        assert heard[-1] == ["ended", "0"]
        assert check_versions(versions)[-1] == versions.current()
        assert not list(versions.root.glob("tmp-*"))
        assert not (versions.root / "training").exists()
    finally:
        training.close()
    print(f"{killed} killed, {len(before)} adapters; last heard: {sorted(set(moments))}")
    print(
        {m: moments.count(m) for m in sorted(set(moments))}, f"{resumed} went on from a checkpoint"
    )
