"""How often retrieval brings back every source of a question.

    python tests/benchmarks/bench_recall.py [--home HOME] [--corpus tessholm] [--k 5]
        [--questions FILE ...] [--misses]

Without `--questions`: the corpus's development questions (for choosing) and its gold questions (for
reporting). The bar: 0.95 of the gold questions with every source among the first five, fused at
least as good as the better part.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from assistant.documents.questions import load_questions
from assistant.parts import Parts
from assistant.retrieval.retriever import Retriever
from assistant.schema import Question
from assistant.scoring.retrieval_metrics import recall_at_k, reciprocal_rank


def measure(retriever: Retriever, questions: Sequence[Question], k: int, misses: bool) -> None:
    """Prints a line for the fusion and for each of its parts."""
    asked = [q for q in questions if q.sources and q.answerable]
    two = [q for q in asked if len(q.sources) > 1]
    for name in ("fused", "keyword", "dense"):
        if name != "fused":
            retriever.fusion = name  # type: ignore[assignment]
        found = {q.id: [h.chunk.source for h in retriever.search(q.question, k)] for q in asked}
        full = {q.id for q in asked if recall_at_k(found[q.id], q.sources, k) == 1.0}
        documents = sum(
            recall_at_k(found[q.id], [s.partition("#")[0] for s in q.sources], k) == 1.0
            for q in asked
        )
        ranks = sum(reciprocal_rank(found[q.id], q.sources) or 0.0 for q in asked)
        print(
            f"  {name:8} by section {len(full)} of {len(asked)} = {len(full) / len(asked):.3f}   "
            f"by document {documents / len(asked):.3f}   reciprocal rank {ranks / len(asked):.3f}   "
            f"two documents {sum(q.id in full for q in two)} of {len(two)}"
        )
        if misses and name == "fused":
            for q in asked:
                if q.id not in full:
                    print("   ", q.id, q.question, list(q.sources), found[q.id])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--home", type=Path)
    parser.add_argument("--corpus", default="tessholm")
    parser.add_argument("--k", type=int, default=5)
    parser.add_argument("--questions", type=Path, nargs="+")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    parts = Parts.open(options.home, options.corpus)
    files = options.questions or [
        *sorted(parts.corpus.questions.glob("dev*.jsonl")),
        parts.corpus.questions / "gold.jsonl",
    ]
    for path in files:
        retriever = Retriever(parts.index_root, parts.embedder)
        print(path.name)
        measure(retriever, load_questions(path), options.k, options.misses)


if __name__ == "__main__":
    main()
