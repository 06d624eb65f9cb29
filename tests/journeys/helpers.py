"""A workspace with scripted runs: no model, no index, no embedder that takes time."""

import numpy as np

from assistant.workspace import Workspace
from tests.evaluation.helpers import UNTRAINED, make_run
from tests.fakes import FakeGenerator


def workspace(tmp_path):
    """An empty workspace with one corpus called `mine`."""
    folder = tmp_path / "corpus" / "mine" / "documents"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
    return opened(tmp_path)


def opened(home):
    """The corpus `mine` with the base model of the scripted runs."""
    found = Workspace.open(home, "mine")
    generator = FakeGenerator()
    generator.fingerprint = "f1"
    found.parts._generators["embedded"] = generator
    return found


def add_run(found, name, questions, say, approaches=UNTRAINED, **changes):
    """Score a scripted run into the workspace."""
    path = found.parts.runs_root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return make_run(path, questions, say, approaches, id=name, **changes)


class TopicEmbedder:
    """Questions of one topic (their last word) lie close together."""

    name, fingerprint = "topics", "t1"

    def __init__(self):
        self.calls = 0

    def embed_query(self, text):
        self.calls += 1
        topic = text.rstrip("?").split()[-1]
        centre = np.random.default_rng(sum(map(ord, topic))).normal(size=16)
        own = np.random.default_rng(len(text) * 7919 + sum(map(ord, text))).normal(size=16)
        vector = centre + 0.2 * own
        return (vector / np.linalg.norm(vector)).astype("float32")
