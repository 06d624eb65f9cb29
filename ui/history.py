"""What was asked in this browser session, and the way back to it after a reload."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError
from assistant.schema import Hit
from ui.live import Live, Request

if TYPE_CHECKING:
    from assistant.answering.side_by_side import Comparison

REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One asked question with what came of it: a comparison or an error."""

    request: Request
    comparison: "Comparison | None" = None
    hits: tuple[Hit, ...] = ()
    """The same search with every score by name, for the sources panel."""
    error: AssistantError | None = None


@dataclass(slots=True)
class History:
    """The questions of one session on one corpus, oldest first."""

    entries: list[Entry] = field(default_factory=list)
    shown: int = -1
    """Which entry is drawn in full; -1 the newest."""
    live: Live | None = None
    votes: dict[int, str] = field(default_factory=dict)
    """`id(entry)` -> what the reader chose."""

    @property
    def current(self) -> Entry | None:
        """The entry drawn in full."""
        return self.entries[self.shown] if self.entries else None

    def add(self, entry: Entry) -> None:
        """The newest entry, drawn in full from now on."""
        self.entries.append(entry)
        self.shown = len(self.entries) - 1


def session_history(corpus: str) -> History:
    """This session's questions on `corpus`."""
    histories: dict[str, History] = st.session_state.setdefault("histories", {})
    return histories.setdefault(corpus, History())


class Recent:
    """The last answers of this process, so that a reloaded page shows what it showed before."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._entries: OrderedDict[tuple[str, ...], Entry] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most

    def put(self, key: tuple[str, ...], entry: Entry) -> None:
        """Remember `entry`, forgetting the oldest beyond the limit."""
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)

    def get(self, key: tuple[str, ...]) -> Entry | None:
        """The entry remembered under exactly these ids and this question."""
        with self._lock:
            return self._entries.get(key)


@st.cache_resource(show_spinner=False)  # type: ignore[untyped-decorator]
def recent() -> Recent:
    """Shared by every session of this process."""
    return Recent()
