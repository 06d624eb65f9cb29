"""Reindexing 2,000 files: first run, nothing changed, one file changed.

    python tests/benchmarks/bench_reindex.py [--files 2000] [--embedder embedded|bag] [--keep FOLDER]

The bar: with nothing changed under 2 s beyond start-up and no embedding; one changed file embeds
only its changed chunks. "Beyond start-up" is what `reindex` itself takes in a new process; the
time of the whole process is printed beside it.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import json, sys, time
began = time.perf_counter()
from pathlib import Path
if sys.argv[3] == "bag":
    from tests.retrieval.fakes import BagOfWords as Embedder
else:
    from assistant.retrieval.embedder import Embedder
from assistant.retrieval.reindex import reindex
imported = time.perf_counter()
report = reindex(Path(sys.argv[1]), Path(sys.argv[2]), Embedder())
print(json.dumps({"line": report.line(), "chunks": report.total_chunks,
    "import_s": imported - began, "reindex_s": time.perf_counter() - imported,
    "torch": "torch" in sys.modules, "chromadb": "chromadb" in sys.modules}))
"""
WORDS = [
    "valve",
    "seal",
    "pump",
    "sensor",
    "limit",
    "report",
    "order",
    "invoice",
    "site",
    "plan",
    "filter",
    "cable",
    "panel",
    "alarm",
]


def write_documents(folder: Path, files: int) -> None:
    """Short documents of two sections, no two alike."""
    chance = random.Random(0)
    for number in range(files):
        path = folder / f"group{number % 20:02d}" / f"doc{number:05d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        sections = [" ".join(chance.choices(WORDS, k=60)) + f" code D-{number}." for _ in range(2)]
        path.write_text(f"# Document {number}\n\n{sections[0]}\n\n## More\n\n{sections[1]}\n")


def run(docs: Path, root: Path, embedder: str) -> dict:
    began = time.perf_counter()
    command = [sys.executable, "-c", CHILD, str(docs), str(root), embedder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {"process_s": time.perf_counter() - began, **json.loads(done.stdout.splitlines()[-1])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--embedder", choices=["embedded", "bag"], default="bag")
    parser.add_argument("--keep", type=Path, help="Use and keep this folder.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = options.keep or Path(temporary)
        docs, root = base / "docs", base / "index"
        if not docs.is_dir():
            write_documents(docs, options.files)
        rows = [("first", run(docs, root, options.embedder))]
        time.sleep(2.5)  # files changed within 2 s of being read are read once more
        rows.append(("settled", run(docs, root, options.embedder)))
        rows += [("unchanged", run(docs, root, options.embedder)) for _ in range(5)]
        changed = docs / "group00" / "doc00000.md"
        changed.write_text(changed.read_text() + "\nOne more sentence.\n")
        rows.append(("one changed", run(docs, root, options.embedder)))
    for name, row in rows:
        print(
            f"{name:12} reindex {row['reindex_s']:7.2f} s  process {row['process_s']:7.2f} s  "
            f"torch {row['torch']!s:5} chroma {row['chromadb']!s:5} {row['line']}"
        )


if __name__ == "__main__":
    main()
