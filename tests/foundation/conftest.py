"""A miniature of the recipe: tiny texts, tiny model, seconds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.foundation.budgets import BUDGETS
from assistant.foundation.recipe import Run
from assistant.foundation.train import Limit
from assistant.foundation.warm_start import Shape

ARTICLES = [
    ("Oak Mill", "Oak Mill\n\nOak Mill is a watermill in Norton. The mill was built in 1804 by John Reed. "
     "It was closed in 1950 because the river had dried up. Oak Mill has three wheels. "
     "The mill was sold to Mary Hill in 1951."),
    ("Lena Park", "Lena Park\n\nLena Park (born 4 May 1970) is a singer. She was born in Bergen. "
     "She moved to Porto in 1992. Park won the Golden Harp in 1999. She lives in Porto."),
    ("Red Lake", "Red Lake\n\nRed Lake is a lake in Finland. The lake is known for its salmon. "
     "Red Lake has two islands. The lake was visited by Anna Berg in 1888."),
]  # fmt: skip
CONTEXT = (
    "The harbour of Tarn was opened in 1901 by Queen Maud. It has four cranes. Ships bring wood."
)


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the four training files, a few rows each, written for the tests."""
    folder = tmp_path_factory.mktemp("texts")
    prompts = [
        {
            "prompt": f'Question: "Who opened the harbour of Tarn {n}?"\n\nContext: "{CONTEXT} {n}"\n\nAnswer:',
            "response": "queen maud",
            "source": "t0/adversarial_qa_dbert_question_context_answer",
        }
        for n in range(12)
    ]
    prompts.append(
        {
            "prompt": "Who was first?",
            "response": "x",
            "source": "t0/kilt_tasks_hotpotqa_straighforward_qa",
        }
    )
    book = {
        "title": "Tides",
        "doc": "b/1",
        "text": "A tide is a change of the water level.\n\n" + "Tides are caused by the moon. " * 4,
    }
    questions = [
        {"kind": "glossary", "question": 'What does the term "tide" mean?', "answer": "a change of the water level", "doc": "b/1", "title": "Tides"},
        {"kind": "glossary", "question": 'What does the term "ebb" mean?', "answer": "falling water", "doc": "b/1", "title": "Tides"},
        {"kind": "multiple_choice", "question": "Tides are caused by ____.", "answer": "the moon", "doc": "b/1", "title": "Tides"},
    ]  # fmt: skip
    files = {
        "simplewiki": [{"title": t, "text": x} for t, x in ARTICLES * 4],
        "reading": prompts,
        "openstax": [book],
        "textbook_qa": questions,
    }
    for name, rows in files.items():
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture
def tiny(texts: Path, tmp_path: Path) -> Run:
    """A run of 40 steps of a model with 16-wide vectors."""
    budget = replace(
        BUDGETS["cpu"], tokens=(256, 256, 512), pool=48, decoder_rate=5e-3, encoder_rate=5e-3
    )
    return Run(
        data=texts,
        out=tmp_path,
        embedder=None,
        budget=budget,
        limit=Limit(steps=40),
        shape=Shape(16, 2, 32, 1, 1, 1024),
        vocabulary=600,
    )
