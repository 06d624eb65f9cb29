"""Which files of a folder differ from an index, by size and time first, then by content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.documents.reading import SourceFile, file_sha256, refusal, scan_folder
from assistant.retrieval.file_cache import FileCache, KnownFile
from assistant.schema import Skipped


@dataclass(slots=True)
class Changes:
    """The state of a folder against the files of an index."""

    candidates: list[SourceFile] = field(default_factory=list)
    """New or changed files, still to be read."""
    unchanged: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)


def find_changes(
    folder: Path, indexed: Mapping[str, str], cache: FileCache, *, verify: bool = False
) -> Changes:
    """Compares a folder with the indexed files without converting anything.

    Args:
        folder: the documents.
        indexed: document id -> sha256 in the current index.
        cache: earlier results by size and time; new hashes are added to it.
        verify: hash every file instead of trusting size and time.

    Raises:
        CorpusError: when the folder does not exist or cannot be listed.
    """
    changes = Changes()
    for file in scan_folder(folder):
        refused = refusal(file)
        if refused:
            changes.skipped.append(refused)
            continue
        known = None if verify else cache.get(file)
        if known and known.reason:
            changes.skipped.append(Skipped(file.id, known.reason))
            continue
        if known is None and file.id in indexed:
            try:
                known = KnownFile(file_sha256(file.path), "")
            except OSError as error:
                reason = f"cannot be read: {error.strerror or error}"
                changes.skipped.append(Skipped(file.id, reason))
                continue
            if known.sha256 == indexed[file.id]:
                cache.put(file, known)
        if known and known.sha256 == indexed.get(file.id):
            changes.unchanged.add(file.id)
        else:
            changes.candidates.append(file)
    return changes
