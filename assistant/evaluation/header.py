"""What a run is made of: the ids a report prints and a resume is checked against."""

import hashlib
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from assistant.errors import RunError
from assistant.evaluation.codec import approach_from_data, dumps
from assistant.schema import Approach

PACKAGES = ("torch", "transformers", "tokenizers", "peft", "sentence-transformers", "chromadb")
_NOT_IDENTITY = frozenset({"id", "created", "python", "machine", "documents", "unreadable",
                           "authored_by", "fact_coverage", "question_file", "corpus_name",
                           "timing_questions", "notes", "behind"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunHeader:
    """Provenance and settings of a run. Written once; a run with other ids is another run."""

    id: str
    created: str
    """UTC, ISO 8601."""
    approaches: tuple[Approach, ...]
    questions_sha256: str
    """Of the questions as read, see `codec.questions_hash`."""
    question_file: str = ""
    authored_by: str = ""
    """Who wrote the questions; empty is printed as "not stated"."""
    corpus_name: str = ""
    corpus: str = ""
    """Snapshot hash of the documents the index was made from."""
    documents: int = 0
    unreadable: tuple[str, ...] = ()
    """Files that were skipped, with the reason."""
    index: str = ""
    embedder: str = ""
    model: str = ""
    model_fingerprint: str = ""
    candidates: Mapping[str, str] = field(default_factory=dict)
    """Name -> fingerprint of models of approaches with `model` set."""
    dtype: str = "float32"
    adapters: tuple[str, ...] = ()
    fact_coverage: str = ""
    """Stands beside every fine-tuned number: "412 of 1,930 facts trained, 40 exposures each"."""
    behind: str = ""
    """How far the adapter is behind the index: "12 changed chunks behind"; empty when it is not."""
    prompt_hashes: Mapping[str, str] = field(default_factory=dict)
    """Approach name -> version of its prompt."""
    decoding: str = "greedy"
    passages: int = 5
    max_new_tokens: int = 48
    batch_size: int = 8
    seed: int = 0
    timing_questions: int = 0
    packages: Mapping[str, str] = field(default_factory=dict)
    python: str = ""
    machine: str = ""
    notes: tuple[str, ...] = ()
    """What a reader must know: "adapter is 12 changed chunks behind the index"."""

    @property
    def identity(self) -> str:
        """Hash of everything that can change an answer."""
        data = {k: v for k, v in header_to_data(self).items() if k not in _NOT_IDENTITY}
        return hashlib.sha256(dumps(data).encode()).hexdigest()[:16]


def installed_packages() -> dict[str, str]:
    """Versions of the libraries that can change an answer."""
    found: dict[str, str] = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def this_machine() -> str:
    """Processor architecture and system, nothing that names a person or a host."""
    return f"{platform.machine()} {platform.system()}"


def header_to_data(header: RunHeader) -> dict[str, Any]:
    """As JSON data."""
    data = asdict(header)
    data["candidates"] = dict(header.candidates)
    return data


def header_from_data(data: Mapping[str, Any]) -> RunHeader:
    """From JSON data.

    Raises:
        RunError: fields are missing or unknown.
    """
    try:
        values = dict(data)
        values["approaches"] = tuple(approach_from_data(a) for a in values["approaches"])
        for name in ("unreadable", "adapters", "notes"):
            values[name] = tuple(values.get(name, ()))
        return RunHeader(**values)
    except (KeyError, TypeError) as error:
        raise RunError(
            f"the run's header.json is not one of ours: {error}",
            cure="score again into a new run folder: assistant score QUESTIONS",
        ) from error


def require_same(found: RunHeader, wanted: RunHeader) -> None:
    """Refuse to add answers of other ids to a run.

    Raises:
        RunError: naming every field that differs.
    """
    if found.identity == wanted.identity:
        return
    old, new = header_to_data(found), header_to_data(wanted)
    names = [k for k in sorted(old) if k not in _NOT_IDENTITY and _plain(old[k]) != _plain(new[k])]
    differing = "; ".join(f"{k}: run {_short(old[k])}, now {_short(new[k])}" for k in names)
    raise RunError(
        f"run {found.id} was made with other ids ({differing})",
        cure="start a new run (leave out --resume), or restore what the run was made with",
    )


def _plain(value: Any) -> str:
    return dumps({"v": value})


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def names_of(approaches: Sequence[Approach]) -> tuple[str, ...]:
    """Approach names, in order."""
    return tuple(a.name for a in approaches)
