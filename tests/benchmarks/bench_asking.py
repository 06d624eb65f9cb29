"""Share of a model's own questions about a chunk that survive the product's filters.

    python -m tests.benchmarks.bench_asking [--model embedded] [--folder DIR] [--facts 120]

Every fact that fine-tuning would ask about gets one question about its marked value; it survives
when it is well formed, the model answers it with the passage by the value (round trip), and the
filters that need no model keep it. Without --folder the documents are fictional pages in wordings
that the embedded model was not trained on. Prints one JSON object, with Wilson's interval.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from random import Random


def fictional(pages):
    """Markdown documents of generated pages, as (name, bytes)."""
    from assistant.foundation.handbook.examples import make_pages

    for number in range(pages):
        _, made = make_pages(Random(f"test/asking/{number}"), 2, unseen=True)
        page = made[0]
        title, _, section = page.heading.partition(" > ")
        yield f"page{number}.md", f"# {title}\n\n## {section}\n\n{page.text}\n".encode()


def read_chunks(folder, pages):
    from assistant.documents.chunking import chunk_document
    from assistant.documents.reading import convert, read_folder
    from assistant.retrieval.embedder import Embedder
    from assistant.schema import Document

    embedder = Embedder()
    found = read_folder(folder) if folder else (convert(n, b) for n, b in fictional(pages))
    documents = [d for d in found if isinstance(d, Document)]
    return [c for d in documents for c in chunk_document(d, count_tokens=embedder.count_tokens)]


def measure(model, folder, facts, pages, seed):
    from assistant.finetuning.asking import ask_model
    from assistant.finetuning.facts import find_evidence
    from assistant.finetuning.filters import filter_pairs
    from assistant.finetuning.spans import propose_spans
    from assistant.foundation.intervals import share
    from assistant.models.engine import Engine
    from assistant.models.local import load_local

    chunks = read_chunks(folder, pages)
    evidence = find_evidence(chunks)
    everything = [*evidence, *propose_spans(chunks, evidence)]
    Random(seed).shuffle(everything)
    engine = Engine(lambda: load_local(model))
    asked = ask_model(everything[:facts], chunks, engine, seconds=1e9)
    engine.close()
    kept = filter_pairs(asked.pairs, [one.fact for one in everything], chunks)
    survived = len(kept.kept)
    ability = share("survive", [n < survived for n in range(asked.written)])
    return {
        "name": "ask: own questions about a chunk that survive the filters",
        "value": ability.value,
        "low": ability.low,
        "high": ability.high,
        "n": ability.n,
        "model": model,
        "documents": str(folder or f"{pages} fictional pages"),
        "facts_asked": asked.tried,
        "dropped": dict(Counter(asked.reasons) + Counter(kept.reasons)),
        "examples": [f"{p.question} -> {p.answer}" for p in kept.kept[:8]],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--facts", type=int, default=120)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    result = measure(given.model, given.folder, given.facts, given.pages, given.seed)
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
