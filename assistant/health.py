"""`assistant doctor`: is everything here, is it what it says, do the parts fit together?"""

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from assistant.errors import AssistantError
from assistant.workspace import Workspace

PACKAGES = (
    "torch", "transformers", "peft", "sentence-transformers", "chromadb", "langchain", "streamlit",
)  # fmt: skip
MIN_FREE_GB = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: Literal["ok", "note", "problem"]
    detail: str
    cure: str = ""


def examine(workspace: Workspace, *, deep: bool = False) -> Iterator[Finding]:
    """Look at one thing after another; a failing look is a finding, never an exception.

    Args:
        workspace: what to look at.
        deep: also load the model and prove that adapter-off is the base and adapter-on is not.
    """
    yield Finding("python", "ok", f"{platform.python_version()} on {platform.system()}")
    yield from _packages()
    looks: list[tuple[str, Callable[[Workspace], Finding]]] = [
        ("disk", _disk),
        ("corpus", _corpus),
        ("embedder", _embedder),
        ("index", _index),
        ("language model", _model),
        ("adapter", _adapter),
        ("questions", _questions),
    ]
    if deep:
        looks.append(("self-test", _self_test))
    for name, look in looks:
        try:
            yield look(workspace)
        except AssistantError as error:
            yield Finding(name, "problem", error.message, error.cure)
        except Exception as error:
            yield Finding(name, "problem", f"{type(error).__name__}: {error}", "ASSISTANT_DEBUG=1")


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, "ok", version(name))
        except PackageNotFoundError:
            yield Finding(
                name, "problem", "not installed", f"{sys.executable} -m pip install {name}"
            )


def _disk(workspace: Workspace) -> Finding:
    free = shutil.disk_usage(workspace.home).free / 1e9
    state: Literal["ok", "problem"] = "ok" if free >= MIN_FREE_GB else "problem"
    return Finding("disk", state, f"{free:.0f} GB free", "" if state == "ok" else "free some space")


def _corpus(workspace: Workspace) -> Finding:
    from assistant.documents.reading import scan_folder

    files = list(scan_folder(workspace.parts.corpus.documents))
    where = f"{workspace.corpus_name}: {len(files)} files in {workspace.parts.corpus.documents}"
    if workspace.parts.corpus.sample:
        return Finding("corpus", "ok", where + " (the sample; --corpus FOLDER for your own)")
    return Finding("corpus", "ok" if files else "problem", where, "" if files else "add documents")


def _embedder(workspace: Workspace) -> Finding:
    embedder = workspace.parts.embedder
    return Finding(
        "embedder", "ok",
        f"{workspace.parts.settings.retrieval.embedder}, verified, "
        f"reads {embedder.max_tokens} tokens ({embedder.fingerprint[:12]})",
    )  # fmt: skip


def _index(workspace: Workspace) -> Finding:
    command = f"assistant reindex --corpus {workspace.corpus_name}"
    if workspace.parts.index_versions.current() is None:
        return Finding("index", "note", "not made yet", command)
    report = workspace.reindex(dry_run=True)
    behind = report.added + report.changed + report.removed
    detail = f"version {report.version}, {report.total_chunks} chunks"
    if behind:
        return Finding("index", "note", f"{detail}; behind by {behind} documents", command)
    return Finding("index", "ok", f"{detail}, up to date with the documents")


def _model(workspace: Workspace) -> Finding:
    generator = workspace.parts.generator()
    if not workspace.parts.adapters_possible:
        return Finding("language model", "note", f"{generator.model} (remote; not called here)")
    return Finding(
        "language model", "ok",
        f"{generator.model}, {generator.dtype}, reads {generator.context_tokens} tokens "
        f"({generator.fingerprint[:12]})",
    )  # fmt: skip


def _adapter(workspace: Workspace) -> Finding:
    status = workspace.status()
    if status.adapter is None:
        return Finding("adapter", "note", "none trained yet", "assistant finetune --minutes 10")
    if status.adapter_chunks_behind:
        return Finding(
            "adapter", "note",
            f"{status.adapter}: {status.adapter_chunks_behind} changed chunks behind the index",
            "assistant finetune",
        )  # fmt: skip
    return Finding("adapter", "ok", f"{status.adapter}, {status.fact_coverage}")


def _questions(workspace: Workspace) -> Finding:
    questions = workspace.questions()
    if not questions:
        return Finding("questions", "note", "none beside the documents", "assistant score FILE")
    unanswerable = sum(not q.answerable for q in questions)
    return Finding("questions", "ok", f"{len(questions)}, {unanswerable} of them unanswerable")


def _self_test(workspace: Workspace) -> Finding:
    from assistant.models.engine import Engine

    engine = workspace.parts.generator()
    if not isinstance(engine, Engine):
        return Finding("self-test", "note", "a remote model has no adapters to mix up")
    result = engine.self_test(workspace.parts.adapters.current())
    state: Literal["ok", "problem"] = "ok" if result.ok else "problem"
    return Finding("self-test", state, result.detail, "" if result.ok else "restart the command")
