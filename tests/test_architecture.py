"""The shape of the code: who may import whom, who owns which library, how long a file may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted([*ROOT.glob("assistant/**/*.py"), *ROOT.glob("ui/**/*.py")])

# From the ground up; a module may import its own layer and those before it.
LAYERS = [
    {"schema", "errors"},
    {"documents", "scoring"},
    {"models"},
    {"retrieval"},
    {"answering"},
    {"finetuning"},
    {"evaluation"},
    {"decision"},
    {"settings", "corpora", "jobs", "overview"},
    {"parts"},
    {"journeys"},
    {"workspace"},
    {"health"},
    {"cli", "server", "ui", "__main__"},
]
OWNERS = {
    "chromadb": ("assistant/retrieval/vector_store.py",),
    "sentence_transformers": ("assistant/retrieval/embedder.py",),
    "peft": ("assistant/models/", "assistant/finetuning/trainer", "assistant/foundation/"),
    "transformers": ("assistant/models/", "assistant/finetuning/trainer", "assistant/foundation/"),
    "torch": (
        "assistant/models/",
        "assistant/retrieval/embedder.py",
        "assistant/finetuning/",
        "assistant/evaluation/forgetting",
        "assistant/foundation/",
    ),
    "langchain": ("assistant/models/remote.py",),
    "langchain_openai": ("assistant/models/remote.py",),
    "langchain_core": (
        "assistant/models/remote.py",
        "assistant/retrieval/retriever.py",
        "assistant/retrieval/langchain",
        "assistant/answering/runnables.py",
    ),
    "langchain_text_splitters": ("assistant/documents/chunking.py",),
    "streamlit": ("ui/",),
    "starlette": ("assistant/server/",),
    "uvicorn": ("assistant/cli/serve.py",),
    "pypdf": ("assistant/documents/readers/",),
    "docx": ("assistant/documents/readers/",),
    "bs4": ("assistant/documents/readers/",),
    "click": ("assistant/cli/",),
    "rich": ("assistant/cli/",),
    "pydantic": (
        "assistant/settings.py",
        "assistant/retrieval/",
        "assistant/answering/runnables.py",
    ),
}
HEAVY = [
    "torch",
    "transformers",
    "chromadb",
    "sentence_transformers",
    "peft",
    "streamlit",
    "starlette",
    "uvicorn",
    "langchain",
    "langchain_core",
    "pandas",
    "numpy",
    "pypdf",
    "docx",
    "bs4",
    "pydantic",
    "rich",
]


def relative(path):
    return path.relative_to(ROOT).as_posix()


def imports(path):
    """(module, line) of every import, also those inside functions; relative ones resolved."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}:{node.lineno}: relative import"
            yield node.module, node.lineno
            if node.module == "assistant":
                for name in node.names:
                    yield f"assistant.{name.name}", node.lineno


def layer_of(module):
    part = module.split(".")[1] if module.startswith("assistant.") else module.split(".")[0]
    for number, names in enumerate(LAYERS):
        if part in names:
            return number
    return None


def module_of(path):
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_every_module_has_a_layer():
    unknown = [
        relative(p)
        for p in FILES
        if module_of(p) != "assistant"
        and not module_of(p).startswith("assistant.foundation")
        and layer_of(module_of(p)) is None
    ]
    assert not unknown


def test_imports_point_down():
    wrong = []
    for path in FILES:
        module = module_of(path)
        mine = layer_of(module)
        if mine is None:
            continue
        for name, line in imports(path):
            if name == "assistant" or not name.startswith(("assistant.", "ui.", "ui")):
                continue
            other = layer_of(name)
            if other is not None and other > mine:
                wrong.append(f"{relative(path)}:{line} imports {name}")
    assert not wrong


def test_documents_and_scoring_do_not_know_each_other():
    wrong = [
        f"{relative(p)}:{line} imports {name}"
        for p in FILES
        for name, line in imports(p)
        if (relative(p).startswith("assistant/scoring/") and name.startswith("assistant.documents"))
        or (relative(p).startswith("assistant/documents/") and name.startswith("assistant.scoring"))
    ]
    assert not wrong


def test_no_import_cycle():
    graph = {module_of(p): set() for p in FILES}
    for path in FILES:
        for name, _ in imports(path):
            if name in graph and name != module_of(path):
                graph[module_of(path)].add(name)
    done, active = set(), []

    def visit(node):
        if node in active:
            raise AssertionError(" -> ".join([*active[active.index(node) :], node]))
        if node in done:
            return
        active.append(node)
        for other in sorted(graph[node]):
            visit(other)
        active.pop()
        done.add(node)

    for node in sorted(graph):
        visit(node)


def test_foundation_stands_alone():
    allowed = {"torch", "transformers", "tokenizers", "safetensors", "numpy", "peft", "assistant"}
    wrong = []
    for path in FILES:
        if not relative(path).startswith("assistant/foundation/"):
            continue
        for name, line in imports(path):
            top = name.split(".")[0]
            if (top == "assistant" and not name.startswith("assistant.foundation")) or (
                top not in allowed and top not in sys.stdlib_module_names
            ):
                wrong.append(f"{relative(path)}:{line} imports {name}")
    assert not wrong


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_one_owner_per_library(library):
    wrong = [
        f"{relative(p)}:{line}"
        for p in FILES
        for name, line in imports(p)
        if name.split(".")[0] == library and not relative(p).startswith(OWNERS[library])
    ]
    assert not wrong


def test_command_line_starts_light():
    code = f"import sys, assistant.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_files_are_small():
    long = {relative(p): n for p in FILES if (n := len(p.read_text().splitlines())) > 300}
    long.pop("assistant/schema.py", None)  # the words, all in one place on purpose
    assert not long


def test_nothing_dangerous():
    words = r"unsafe_allow_html|pickle\.load|trust_remote_code=True|shell=True|(?<![\w.])(?:eval|exec)\("
    wrong = [
        f"{relative(p)}: {found.group()}"
        for p in FILES
        if (found := re.search(words, p.read_text(encoding="utf-8")))
    ]
    assert not wrong
