"""A small embedder without a model, and a process that reindexes with it and can be killed.

python tests/retrieval/fakes.py DOCUMENTS ROOT [CRASH_POINT]
"""

import os
import re
import signal
import sys
import zlib
from pathlib import Path

import numpy as np

from assistant.retrieval.reindex import reindex

DIMENSION = 64


class BagOfWords:
    """Hashed bag of words. Counts what it embeds."""

    name = "bag"
    max_tokens = 256

    def __init__(self, fingerprint="bag-1"):
        self.fingerprint = fingerprint
        self.embedded = []

    def count_tokens(self, text):
        return 2 + len(re.findall(r"\w+|[^\w\s]", text))

    def embed_documents(self, texts):
        self.embedded += texts
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text):
        vector = np.full(DIMENSION, 1e-3, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[zlib.crc32(word.encode()) % DIMENSION] += 1
        return vector / np.linalg.norm(vector)


def write_state(folder, state, documents=12):
    """Documents whose every section names the state; the set of files depends on it too."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        path.unlink()
    for number in range(documents + state % 3):
        sections = "\n\n".join(
            f"## Part {part}\n\nMachine {number} part {part} is in state {state}. "
            + "filler words for length " * 10
            for part in range(6)
        )
        (folder / f"m{number:02d}.md").write_text(f"# Machine {number}\n\n{sections}\n")


def crash_before(module, name):
    """The process dies, as by kill -9, when `module.name` is called."""
    import importlib

    target = importlib.import_module(module)
    *outer, last = name.split(".")
    for part in outer:
        target = getattr(target, part)
    setattr(target, last, lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))


if __name__ == "__main__":
    documents, root = Path(sys.argv[1]), Path(sys.argv[2])
    if len(sys.argv) > 3:
        crash_before(*sys.argv[3].split(":"))
    print(reindex(documents, root, BagOfWords()).line())
