"""The recorded demo: the adapter and the run that `assistant demo --record` left in the repository.

A fresh clone shows all four approaches and a measured verdict at once instead of after training.
What was recorded with other weights is never restored: the numbers would belong to another model.
"""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.journeys.effort import FILE as EFFORT
from assistant.journeys.effort import effort_file
from assistant.journeys.forgetting import answers_file, forgetting_file
from assistant.parts import Parts

MANIFEST = "recorded.json"
FORGETTING, FORGETTING_ANSWERS = "forgetting.json", "forgetting.jsonl"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording is bound to."""

    corpus: str
    base_fingerprint: str
    """Of the embedded weights it was made with."""
    corpus_hash: str
    """Snapshot of the documents."""
    adapter: str
    run: str


def recorded_root() -> Path:
    """`indexes/recorded` in a clone, its copy inside an installed package."""
    package = Path(__file__).resolve().parents[1]
    indexes = package.parent / "indexes"
    return indexes / "recorded" if (indexes / "README.md").is_file() else package / "recorded"


def read_recorded(root: Path | None = None) -> Recorded | None:
    """The recording, or None when there is none."""
    try:
        data = json.loads(((root or recorded_root()) / MANIFEST).read_text(encoding="utf-8"))
        return Recorded(**data)
    except (OSError, ValueError, TypeError):
        return None


def restore(parts: Parts, root: Path | None = None) -> Recorded | None:
    """Put the recording where nothing has been made yet.

    Returns:
        The recording when its adapter or run was put in place; None when there was nothing to do:
        another corpus or base model, other weights, or the user has an adapter or runs already.
    """
    root = root or recorded_root()
    recorded = read_recorded(root)
    if recorded is None or not parts.corpus.sample or parts.corpus_name != recorded.corpus:
        return None
    if parts.settings.model.base != "embedded" or parts.adapters.list():
        return None
    from assistant.models.adapters import AdapterVersions
    from assistant.models.local import resolve

    if resolve("embedded").fingerprint != recorded.base_fingerprint:
        return None
    stored = AdapterVersions(root / "adapters")
    with parts.adapters.writing() as folder:
        shutil.copytree(stored.path(recorded.adapter), folder, dirs_exist_ok=True)
        parts.adapters.publish(folder, stored.manifest(recorded.adapter))
    _copy(root / FORGETTING, forgetting_file(parts, recorded.adapter))
    _copy(root / FORGETTING_ANSWERS, answers_file(parts, recorded.adapter))
    if not effort_file(parts).exists():
        _copy(root / EFFORT, effort_file(parts))
    target = parts.runs_root / recorded.run
    if not target.exists():
        parts.runs_root.mkdir(parents=True, exist_ok=True)
        temporary = parts.runs_root / f"tmp-{recorded.run}"
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.copytree(root / "run", temporary)
        temporary.rename(target)
    return recorded


def record(parts: Parts, run_id: str, root: Path | None = None) -> Recorded:
    """Replace the recording by the adapter in use and a run.

    Raises:
        ModelMissing: there is no adapter.
    """
    root = root or recorded_root()
    adapter = parts.adapter()
    assert adapter is not None, "record after training"
    recorded = Recorded(
        corpus=parts.corpus_name,
        base_fingerprint=adapter.base_fingerprint,
        corpus_hash=adapter.corpus_hash,
        adapter=adapter.id,
        run=run_id,
    )
    root.mkdir(parents=True, exist_ok=True)
    for old in ("adapters", "run"):
        shutil.rmtree(root / old, ignore_errors=True)
    versions = root / "adapters" / "versions"
    shutil.copytree(parts.adapters.path(adapter.id), versions / adapter.id)
    shutil.copytree(parts.runs_root / run_id, root / "run")
    _copy(forgetting_file(parts, adapter.id), root / FORGETTING)
    _copy(answers_file(parts, adapter.id), root / FORGETTING_ANSWERS)
    _copy(effort_file(parts), root / EFFORT)
    text = json.dumps(asdict(recorded), indent=1)
    (root / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return recorded


def _copy(source: Path, target: Path) -> None:
    """What training cost and took belongs to the verdict: without it a run reads otherwise."""
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    else:
        target.unlink(missing_ok=True)
