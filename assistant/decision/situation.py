"""`situation.toml`: the user's circumstances, explicit or assumed."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from assistant.errors import UsageError

FILE = "situation.toml"

TEMPLATE = """\
# Your situation. Every line is optional. What you leave out is assumed, and the report says so.

[use]
# volume_per_month = 1000        # questions a month
# latency_seconds = 5.0          # slowest acceptable answer, 95 of 100 must be faster
# sources_required = false       # must every answer show the passage it rests on?
# access_rights = false          # may some readers see only some of the documents?
# format_or_tone = false         # must answers follow a house style or a fixed format?

[documents]
# refresh_days = 30              # facts change about every N days
# retrain_days = 30              # you could retrain and check an adapter every N days
# sensitive_data = false         # personal data or secrets in the documents?
# may_leave = true               # may texts be sent to a model served by someone else?
#                                # (assumed false when the documents are sensitive)

[targets]
# correct = 0.80                 # smallest share of correct answers that is good enough
# confidently_wrong = 0.10       # largest share of attempted answers that may be wrong
# difference = 0.10              # smallest difference that matters to you
# wrong_costs = 1.0              # a wrong answer takes away what how many right ones give?
#                                # (0: it is no worse than "I don't know"; this decides gate 4)

[means]
# can_serve_weights = true       # is there somewhere to run a model with your own adapter?
# can_train = true               # is there someone who can train and check an adapter?
# examples_available = 500       # reviewed question-answer pairs you have or could write
# people_rate = 60.0             # cost of an hour of work, in the currency of prices.toml
# people_hours_per_refresh = 2.0 # checking an index or adapter after documents changed
# monthly_budget = 500.0         # in the currency of prices.toml
# deadline_days = 30             # days until it has to work
"""

_SECTIONS = {
    "use": ("volume_per_month", "latency_seconds", "sources_required", "access_rights",
            "format_or_tone"),
    "documents": ("refresh_days", "retrain_days", "sensitive_data", "may_leave"),
    "targets": ("correct", "confidently_wrong", "difference", "wrong_costs"),
    "means": ("can_serve_weights", "can_train", "examples_available", "people_rate",
              "people_hours_per_refresh", "monthly_budget", "deadline_days"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """What the decision needs to know about the user; `assumed` names what nobody said."""

    volume_per_month: float = 1000
    latency_seconds: float | None = None
    sources_required: bool = False
    access_rights: bool = False
    format_or_tone: bool = False
    refresh_days: float = 30
    retrain_days: float = 30
    sensitive_data: bool = False
    may_leave: bool = True
    correct: float = 0.80
    confidently_wrong: float = 0.10
    difference: float = 0.10
    wrong_costs: float = 0.0
    can_serve_weights: bool = True
    can_train: bool = True
    examples_available: int | None = None
    people_rate: float = 60.0
    people_hours_per_refresh: float = 2.0
    monthly_budget: float | None = None
    deadline_days: float | None = None
    assumed: frozenset[str] = frozenset()

    @property
    def priced(self) -> bool:
        """Whether the user said what a wrong answer costs: approaches are compared on value."""
        return "wrong_costs" not in self.assumed

    def said(self, name: str) -> str:
        """A value for print, marked when it is assumed."""
        value = getattr(self, name)
        text = "not set" if value is None else str(value).lower() if isinstance(value, bool) else (
            f"{value:g}" if isinstance(value, int | float) else str(value)
        )  # fmt: skip
        return f"{text} (assumed)" if name in self.assumed else text


NAMES = tuple(f.name for f in fields(Situation) if f.name != "assumed")
_SHARES = frozenset({"correct", "confidently_wrong", "difference"})
MOST_WRONG_COSTS = 100
"""Above this, hundreds of questions without one wrong answer could not show a value above 0."""
_WHOLE = frozenset({"examples_available"})
_SWITCHES = frozenset(
    {
        "sources_required",
        "access_rights",
        "format_or_tone",
        "sensitive_data",
        "may_leave",
        "can_serve_weights",
        "can_train",
    }
)


def load_situation(path: Path) -> Situation:
    """Read a situation; a missing file means everything is assumed.

    Raises:
        UsageError: naming every mistake in the file at once.
    """
    if not path.exists():
        return Situation(assumed=frozenset(NAMES))
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path.name} is not valid TOML: {error}", cure=f"correct {path.name}, or delete it"
        ) from error
    return situation_from_data(data, name=path.name, text=text)


def situation_from_data(data: Mapping[str, Any], *, name: str = FILE, text: str = "") -> Situation:
    """A situation from parsed TOML; see `load_situation`.

    Args:
        data: sections of keys.
        name: what messages call the file.
        text: the file itself, to tell line numbers.
    """
    values: dict[str, Any] = {}
    at = _lines(text)
    mistakes: list[str] = []
    for section, entries in data.items():
        if section not in _SECTIONS or not isinstance(entries, Mapping):
            mistakes.append(f"{at(section, '')}{_no_section(section, entries)}")
            continue
        for key, value in entries.items():
            if key not in _SECTIONS[section]:
                mistakes.append(f"{at(section, key)}{section}.{key} is not known"
                                f"{_nearest(section, key)}")  # fmt: skip
                continue
            problem = _problem(key, value)
            if problem:
                mistakes.append(f"{at(section, key)}{section}.{key} = {value!r}: {problem}")
            else:
                values[key] = value
    if mistakes:
        raise UsageError(
            f"{name} has {len(mistakes)} {'mistake' if len(mistakes) == 1 else 'mistakes'}: "
            + "; ".join(mistakes),
            cure="`assistant init` writes a commented template to compare with",
        )
    if values.get("sensitive_data") and "may_leave" not in values:
        return Situation(**values, may_leave=False, assumed=frozenset(NAMES) - set(values))
    return Situation(**values, assumed=frozenset(NAMES) - set(values))


def _lines(text: str) -> Callable[[str, str], str]:
    """Finds where a section or one of its keys stands: `line 12: `, or nothing."""
    places: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*[\"']?([^\]\"']+?)[\"']?\s*\]", line):
            section = header[1]
            places.setdefault((section, ""), number)
        elif key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line):
            places.setdefault((section, key[1]), number)
            if not section:
                places.setdefault((key[1], ""), number)

    def at(section: str, key: str) -> str:
        number = places.get((section, key))
        return f"line {number}: " if number else ""

    return at


def _no_section(section: str, entries: object) -> str:
    if not isinstance(entries, Mapping):
        for name, keys in _SECTIONS.items():
            if section in keys:
                return f"{section} belongs under [{name}]"
    near = get_close_matches(section, _SECTIONS, n=1)
    meant = f", did you mean [{near[0]}]?" if near else f" (expected {', '.join(_SECTIONS)})"
    return f"[{section}] is not a section{meant}"


def _nearest(section: str, key: str) -> str:
    """A key of another section is named with it; else the key that reads most alike."""
    for name, keys in _SECTIONS.items():
        if key in keys and name != section:
            return f" under [{section}], it belongs under [{name}]"
    near = get_close_matches(key, NAMES, n=1, cutoff=0.5)
    if not near:
        return f" (expected {', '.join(_SECTIONS[section])})"
    home = next(name for name, keys in _SECTIONS.items() if near[0] in keys)
    return f", did you mean {near[0]}{f' under [{home}]' if home != section else ''}?"


def _problem(key: str, value: Any) -> str:
    if key in _SWITCHES:
        return "" if isinstance(value, bool) else "expected true or false"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "expected a number"
    if key in _SHARES and not 0 < value < 1:
        return "expected a share between 0 and 1, such as 0.80"
    if key in _WHOLE and not isinstance(value, int):
        return "expected a whole number"
    if key == "wrong_costs" and value > MOST_WRONG_COSTS:
        return f"expected 0 to {MOST_WRONG_COSTS}"
    return "" if value >= 0 and value == value and value != float("inf") else "expected 0 or more"
