"""Which folder holds the documents, and where everything derived from it goes."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CorpusError

DEFAULT_SAMPLE = "tessholm"
DOCUMENT_TYPES = {".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx", ".csv"}


@dataclass(frozen=True, slots=True)
class Corpus:
    """One folder of documents with its questions and pairs, and its place under `indexes/`."""

    name: str
    documents: Path
    questions: Path
    """Where its questions are, or would be."""
    pairs: Path | None
    root: Path
    """`<home>/indexes/<name>`: everything derived from the documents."""
    sample: bool = False

    def question_files(self) -> list[Path]:
        """Gold question files in reading order (`gold.*` first), never `dev.*` or `dev-*`."""
        return _files(self.questions, {".jsonl", ".csv", ".json"}, exclude="dev")

    def dev_file(self) -> Path | None:
        """Questions for tuning prompts and fusion, never scored."""
        path = self.questions / "dev.jsonl"
        return path if path.is_file() else None

    def pair_files(self) -> list[Path]:
        """The user's own training pairs."""
        return _files(self.pairs, {".jsonl"})


def _files(folder: Path | None, types: set[str], exclude: str = "") -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    found = [
        p
        for p in folder.iterdir()
        if p.suffix in types and not (exclude and p.stem.partition("-")[0] == exclude)
    ]
    return sorted(found, key=lambda p: (p.stem != "gold", p.name))


def resolve_home(home: str | Path | None) -> Path:
    """`--home`, then `ASSISTANT_HOME`, then the current folder."""
    return Path(home or os.environ.get("ASSISTANT_HOME") or ".").expanduser().resolve()


def sample_root() -> Path:
    """The sample corpora: beside the package in a clone, inside it in an installed wheel."""
    package = Path(__file__).resolve().parent
    beside = package.parent / "corpus"
    if (beside / DEFAULT_SAMPLE / "documents").is_dir():
        return beside
    return package / "sample_corpora"


def list_corpora(home: Path) -> dict[str, Path]:
    """Name -> folder, the user's own first, then the samples."""
    found: dict[str, Path] = {}
    for root in (home / "corpus", sample_root()):
        if root.is_dir():
            for folder in sorted(root.iterdir()):
                if (folder / "documents").is_dir():
                    found.setdefault(folder.name, folder)
    return found


def resolve_corpus(home: Path, wanted: str | None) -> Corpus:
    """Find the corpus a user means.

    Args:
        home: the workspace.
        wanted: a name under `corpus/`, any folder, or None for the obvious one.

    Raises:
        CorpusError: when nothing fits, or several do.
    """
    named = list_corpora(home)
    if wanted:
        folder = named.get(wanted) or _as_folder(home, wanted)
        if folder is None:
            raise CorpusError(
                f"no corpus named {wanted!r} and no folder of that path; known: "
                + ", ".join(named),
                "assistant reindex --corpus FOLDER",
            )
        return _corpus(home, folder)
    own = home / "corpus"
    if own.is_dir() and any(p.suffix.lower() in DOCUMENT_TYPES for p in _plain_files(own)):
        return _corpus(home, own)
    mine = [f for f in named.values() if f.parent == own and not _is_sample(f)]
    if len(mine) == 1:
        return _corpus(home, mine[0])
    if len(mine) > 1:
        raise CorpusError(
            "several corpora here: " + ", ".join(f.name for f in mine),
            f"--corpus {mine[0].name}  (or corpus = {mine[0].name!r} in assistant.toml)",
        )
    if DEFAULT_SAMPLE in named:
        return _corpus(home, named[DEFAULT_SAMPLE])
    raise CorpusError(f"no documents in {own}", "put files into ./corpus or pass --corpus FOLDER")


def _plain_files(folder: Path) -> list[Path]:
    return [p for p in folder.iterdir() if p.is_file() and p.stem.lower() != "readme"]


def _as_folder(home: Path, wanted: str) -> Path | None:
    for base in (Path.cwd(), home):
        path = (base / Path(wanted).expanduser()).resolve()
        if path.is_dir():
            return path
    return None


def _corpus(home: Path, folder: Path) -> Corpus:
    folder = folder.resolve()
    nested = (folder / "documents").is_dir()
    base = folder.parent if folder.name == "documents" and not nested else folder
    sample = _is_sample(folder)
    inside = sample or folder.parent == (home / "corpus").resolve() or folder == home / "corpus"
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", folder.name).strip("-.") or "corpus"
    if not inside:  # two folders called "docs" must not share one index
        name += "-" + hashlib.sha256(str(folder).encode()).hexdigest()[:6]
    return Corpus(
        name=name,
        documents=folder / "documents" if nested else folder,
        questions=_first_dir(
            folder / "questions", folder.parent / "questions" if not nested else None
        )
        or base / "questions",
        pairs=_first_dir(folder / "pairs"),
        root=home / "indexes" / name,
        sample=sample,
    )


def _is_sample(folder: Path) -> bool:
    """One of ours: in the package, or in a clone whose package is installed elsewhere."""
    root = sample_root()
    return folder.parent == root or (
        folder.parent.name == "corpus" and (root / folder.name / "documents").is_dir()
    )


def _first_dir(*candidates: Path | None) -> Path | None:
    return next((c for c in candidates if c is not None and c.is_dir()), None)
