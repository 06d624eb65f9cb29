"""A folder of files in; documents, and one-line reasons for what could not be read, out."""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.question_files import is_question_file
from assistant.documents.readers import READERS, Unreadable, one_line
from assistant.errors import CorpusError
from assistant.schema import Document, Skipped

MAX_FILE_BYTES = 50_000_000
MAX_TEXT_CHARS = 20_000_000
"""A file may unpack to more text than it has bytes; beyond this it is not a document."""

_ODD = ("Cc", "Cf", "Zl", "Zp")
"""Unicode categories of characters that make one name look like another, or like two lines."""

_IGNORED_NAMES = frozenset({"Thumbs.db", "desktop.ini", "__pycache__", "node_modules"})
_IGNORED_ENDS = ("~", ".lock", ".tmp", ".swp", ".part", ".crdownload", ".pyc")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the documents folder as the file system describes it."""

    id: str
    """Path relative to the folder, POSIX separators, composed Unicode."""
    path: Path
    size: int
    mtime_ns: int
    link: bool = False
    """Symbolic links are reported, never followed: they may lead out of the folder."""
    regular: bool = True
    """False for pipes, sockets and devices; opening one could wait for ever."""


def scan_folder(folder: Path) -> list[SourceFile]:
    """Every file a user would call a document or miss, sorted by id.

    Hidden files, version control folders, lock and backup files are left out silently. Question
    files and files of unknown type are in, so that reading them can say why they are not used.

    Raises:
        CorpusError: when the folder does not exist or cannot be listed.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"no documents folder at {folder}",
            "put documents there, or name a folder with --corpus FOLDER",
        )
    found: list[SourceFile] = []
    try:
        _scan(folder, "", found)
    except OSError as error:
        raise CorpusError(f"{folder} cannot be listed: {error.strerror}") from error
    return sorted(found, key=lambda file: file.id)


def _scan(folder: Path, prefix: str, found: list[SourceFile]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith((".", "~$")) or name in _IGNORED_NAMES:
                continue
            if entry.is_dir(follow_symlinks=False):
                try:
                    _scan(Path(entry.path), f"{prefix}{name}/", found)
                except PermissionError:
                    found.append(SourceFile(f"{prefix}{name}/", Path(entry.path), -1, 0))
                continue
            path = Path(entry.path)
            if name.endswith(_IGNORED_ENDS):
                continue
            link = entry.is_symlink()
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # deleted since the folder was listed
                continue
            identity = unicodedata.normalize("NFC", f"{prefix}{name}")
            regular = link or stat.S_ISREG(status.st_mode)
            found.append(
                SourceFile(identity, path, status.st_size, status.st_mtime_ns, link, regular)
            )


def file_sha256(path: Path) -> str:
    """Hex digest of the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def refusal(file: SourceFile, max_bytes: int = MAX_FILE_BYTES) -> Skipped | None:
    """The reason not even to open the file, if there is one."""
    suffix = file.path.suffix.lower()
    reason = _name_fault(file.id)
    if reason:
        pass
    elif file.size < 0:
        reason = "folder cannot be listed (permission denied)"
    elif file.link:
        reason = "symbolic link, not followed"
    elif not file.regular:
        reason = "not a file (pipe, socket or device)"
    elif is_question_file(file.path):
        reason = "question file; the answers in it must not be indexed"
    elif suffix not in READERS:
        reason = f"unsupported type {suffix or '(no extension)'}"
    elif file.size > max_bytes:
        reason = f"too large ({file.size / 1e6:,.0f} MB, limit {max_bytes / 1e6:,.0f} MB)"
    elif file.size == 0:
        reason = "empty file"
    return Skipped(_printable(file.id), reason) if reason else None


def _name_fault(name: str) -> str:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "file name is not valid Unicode"
    if any(unicodedata.category(char) in _ODD for char in name):
        return "control or invisible characters in the file name; rename it"
    return ""


def read_file(
    folder: Path, file: SourceFile, *, max_bytes: int = MAX_FILE_BYTES
) -> Document | Skipped:
    """Reads and converts one file; every failure is a `Skipped`, never an exception.

    Args:
        folder: the documents folder, which the file must not leave.
        file: as `scan_folder` returned it.
        max_bytes: larger files are skipped.
    """
    refused = refusal(file, max_bytes)
    if refused:
        return refused
    try:
        if not file.path.resolve().is_relative_to(folder.resolve()):
            return Skipped(file.id, "leads out of the documents folder")
        data = file.path.read_bytes()
    except OSError as error:
        return Skipped(file.id, f"cannot be read: {error.strerror or error}")
    return convert(file.id, data)


def convert(document_id: str, data: bytes) -> Document | Skipped:
    """Converts bytes by the extension in `document_id`."""
    stem, _, extension = document_id.rpartition("/")[2].rpartition(".")
    media, reader = READERS["." + extension.lower()]
    try:
        converted = reader(data)
    except Unreadable as error:
        return Skipped(document_id, one_line(str(error)))
    except (RecursionError, MemoryError) as error:
        return Skipped(document_id, f"too deeply nested or too large ({type(error).__name__})")
    except Exception as error:
        # A converter's surprise on one odd file must not stop the other files.
        return Skipped(document_id, f"{media} converter failed: {one_line(repr(error))[:200]}")
    if not converted.text.strip():
        return Skipped(document_id, "no text in it")
    if len(converted.text) > MAX_TEXT_CHARS:
        return Skipped(document_id, f"{len(converted.text):,} characters of text")
    return Document(
        id=document_id,
        title=converted.title or stem.replace("_", " ").replace("-", " ").strip(),
        text=converted.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media=media,
        sections=converted.sections,
        pages=converted.pages,
        metadata=converted.metadata,
    )


def read_folder(folder: Path, *, max_bytes: int = MAX_FILE_BYTES) -> Iterator[Document | Skipped]:
    """Every document of the folder, in order of id.

    Raises:
        CorpusError: when the folder does not exist or cannot be listed.
    """
    for file in scan_folder(folder):
        yield read_file(folder, file, max_bytes=max_bytes)


def _printable(name: str) -> str:
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char.isprintable() else "?" for char in text)
