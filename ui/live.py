"""A question being answered, readable at any moment by a page that may be redrawn at any moment.

Streamlit stops and restarts the page's script at every click. Whoever waits inside
`Ask.events()` cannot notice a click, and the events can be read only once; so one thread reads
them and the page looks, ten times a second, at the texts so far.
"""

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from ui.problems import as_assistant_error, log

if TYPE_CHECKING:
    from assistant.answering.side_by_side import Ask, Comparison


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of which approaches."""

    text: str
    approaches: tuple[str, ...]
    blind: bool = False
    """Whether names stay hidden until the reader has voted."""
    seed: int = 0
    """Of the order on the screen when blind."""


class Live:
    """One `Ask` in progress."""

    def __init__(self, request: Request, ask: "Ask") -> None:
        self.request = request
        self.texts: dict[str, str] = {}
        self.stopped: set[str] = set()
        self.comparison: Comparison | None = None
        self.error: AssistantError | None = None
        self._ask = ask
        self._started = time.monotonic()
        self._done = threading.Event()
        threading.Thread(target=self._read, name="live", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether everything has ended, after at most `seconds`."""
        return self._done.wait(seconds)

    def stop(self, approach: str | None = None) -> None:
        """Stop one approach, or all; what was said so far stays."""
        self.stopped |= {approach} if approach else set(self.request.approaches)
        self._ask.cancel(approach)

    @property
    def elapsed(self) -> float:
        """Seconds since the question was asked."""
        return time.monotonic() - self._started

    def _read(self) -> None:
        try:
            for event in self._ask.events():
                self.texts[event.approach] = event.text
            self.comparison = self._ask.result()
        except Exception as error:
            if not isinstance(error, AssistantError):
                log.exception("the question could not be answered")
            self.error = as_assistant_error(error)
        finally:
            self._done.set()
