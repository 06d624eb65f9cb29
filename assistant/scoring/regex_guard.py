"""Regular expressions with a time limit.

Python's matcher cannot be interrupted from another thread, so a pattern that could run away is
tried in a helper process, which is ended when the limit is over. Patterns with at most one
unbounded repetition cannot run away on texts of our length and are matched right here.
"""

import atexit
import json
import re
import subprocess
import sys
import threading
from functools import lru_cache

LIMIT_SECONDS = 1.0

_HELPER = """
import json, re, sys
for line in sys.stdin:
    pattern, text = json.loads(line)
    sys.stdout.write(("1" if re.search(pattern, text) else "0") + "\\n")
    sys.stdout.flush()
"""
_lock = threading.Lock()
_helper: "subprocess.Popen[str] | None" = None


class RegexTimeout(Exception):
    """The pattern took longer than the limit."""


def guarded_search(pattern: str, text: str, *, limit: float = LIMIT_SECONDS) -> bool:
    """Whether `pattern` is found in `text`.

    Raises:
        RegexTimeout: when that could not be told within `limit` seconds.
        re.error: when the pattern is malformed.
    """
    compiled = _compile(pattern)
    if _repetitions(pattern) <= 1:
        return compiled.search(text) is not None
    with _lock:
        return _ask_helper(pattern, text, limit)


@lru_cache(maxsize=512)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=512)
def _repetitions(pattern: str) -> int:
    """Repetition marks outside character classes, counted generously."""
    bare = re.sub(r"\\.", "x", pattern)
    bare = re.sub(r"\[[^\]]*\]", "x", bare)
    back_references = len(re.findall(r"\\\d|\(\?P=", pattern))
    return len(re.findall(r"[*+]|\{\d*,?\d*\}", bare)) + 2 * back_references


def _ask_helper(pattern: str, text: str, limit: float) -> bool:
    global _helper
    if _helper is None or _helper.poll() is not None:
        _helper = subprocess.Popen(
            [sys.executable, "-I", "-c", _HELPER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        atexit.register(_end, _helper)
    helper, answer = _helper, [""]
    assert helper.stdin is not None
    assert helper.stdout is not None
    helper.stdin.write(json.dumps([pattern, text]) + "\n")
    helper.stdin.flush()
    reader = threading.Thread(
        target=lambda: answer.__setitem__(0, helper.stdout.readline() if helper.stdout else ""),
        daemon=True,
    )
    reader.start()
    reader.join(limit)
    if reader.is_alive():
        _end(helper)
        reader.join(1)
        _helper = None
        raise RegexTimeout(pattern)
    return answer[0].strip() == "1"


def _end(helper: "subprocess.Popen[str]") -> None:
    helper.kill()
    helper.wait()
    for stream in (helper.stdin, helper.stdout):
        if stream:
            stream.close()
