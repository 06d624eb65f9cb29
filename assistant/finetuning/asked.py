"""What the model said while it was asked for questions, kept on disk beside the adapters.

A text is kept under a hash of all that decides it: the weights, their precision, the whole prompt
(instruction, chunk and marked value stand in it) and the cap. So whatever has changed is asked
anew and nothing else, and filters judge the kept texts again each time.
"""

import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.finetuning.text import short_hash
from assistant.schema import Generator, Message, Row

ASKED_FILE = "asked.jsonl"
DECODING = "1"
"""To be raised when decoding changes, so that the same prompt may be answered otherwise."""


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str
    seconds: float
    """Its share of the time of its batch."""


class AskedTexts:
    """A generator with a memory.

    Each batch is one line, written at once and flushed: after a kill it is there or it is not, so
    a later run cuts the same batches. Lines that cannot be read are asked anew.

    Args:
        generator: answers what is not known yet.
        file: where texts are kept; None: in memory only.
    """

    def __init__(self, generator: Generator, file: Path | None = None) -> None:
        self._generator, self._file = generator, file
        self._identity = (DECODING, generator.fingerprint, generator.dtype)
        self._known: dict[str, _Kept] = {}
        self._old: frozenset[str] = frozenset()
        self.seconds = 0.0
        """What everything asked for here cost when it was made, today or earlier."""
        self.reused = 0
        """Texts that came from disk."""
        self.damaged = 0
        """Lines of the file that could not be read."""
        if file is not None:
            self._read(file)
            self._old = frozenset(self._known)

    def texts(self, prompts: Sequence[tuple[Message, ...]], cap: int) -> list[str]:
        """Texts in order; a row that fails is an empty text and not kept.

        Raises:
            ModelError: the model does not answer at all.
        """
        keys = [self._key(messages, cap) for messages in prompts]
        missing = {k: m for k, m in zip(keys, prompts, strict=True) if k not in self._known}
        self.reused += sum(key in self._old for key in keys)
        fresh = self._generate(missing, cap) if missing else {}
        found = [self._known.get(key) or fresh[key] for key in keys]
        self.seconds += sum(kept.seconds for kept in found)
        return [kept.text for kept in found]

    def _key(self, messages: Sequence[Message], cap: int) -> str:
        said = [part for m in messages for part in (m.role, m.content)]
        return short_hash([*self._identity, str(cap), *said])

    def _generate(self, missing: Mapping[str, tuple[Message, ...]], cap: int) -> dict[str, _Kept]:
        started = time.monotonic()
        rows = [Row(messages) for messages in missing.values()]
        made = self._generator.generate(rows, max_new_tokens=cap)
        each = round((time.monotonic() - started) / len(rows), 6)  # as it is read back
        whole = {
            key: _Kept(one.text.strip(), each)
            for key, one in zip(missing, made, strict=True)
            if one.finish != "error"
        }
        if whole and self._file is not None:
            _append(self._file, _line({key: kept.text for key, kept in whole.items()}, each))
        self._known.update(whole)
        return {key: whole.get(key, _Kept("", each)) for key in missing}

    def _read(self, file: Path) -> None:
        if not file.exists():
            return
        good = []
        for line in file.read_bytes().split(b"\n"):
            if batch := _batch(line):
                good.append(line)
                self._known.update(batch)
            elif line:
                self.damaged += 1
        if self.damaged:
            temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
            temporary.unlink(missing_ok=True)
            _append(temporary, b"".join(line + b"\n" for line in good))
            os.replace(temporary, file)


def _line(texts: Mapping[str, str], seconds: float) -> bytes:
    """A batch with a sum of its own: a changed letter must not become a training pair."""
    body = json.dumps({"seconds": seconds, "texts": texts}, ensure_ascii=False)
    return f"{_sum(body.encode())} {body}\n".encode()


def _batch(line: bytes) -> dict[str, _Kept]:
    given, _, body = line.partition(b" ")
    if not body or given != _sum(body).encode():
        return {}
    row = json.loads(body)
    return {key: _Kept(text, row["seconds"]) for key, text in row["texts"].items()}


def _sum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


def _append(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
