"""What commands print: data on stdout, progress and notes on stderr, errors without a traceback."""

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

Told = Callable[[str, float, float], None]
"""(stage, done, total) of long work."""


def out(text: str = "") -> None:
    """A line of data."""
    click.echo(printable(text))


def note(text: str) -> None:
    """A line for the person watching."""
    click.echo(printable(text), err=True)


def printable(text: str) -> str:
    """Documents and models must not steer the terminal: control characters are shown, not sent."""
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def out_json(value: Any) -> None:
    """Records as JSON, two spaces, keys in declaration order."""
    from assistant.evaluation.codec import json_data

    click.echo(json.dumps(json_data(value), ensure_ascii=False, indent=2, allow_nan=False))


def table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    title: str = "",
    right: Sequence[int] = (),
) -> None:
    """An aligned table on stdout; plain text when it is piped."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    drawn = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD)
    for number, header in enumerate(headers):
        drawn.add_column(header, justify="right" if number in right else "left", overflow="fold")
    for row in rows:  # Text, not str: square brackets in documents are not markup
        drawn.add_row(*(Text(printable(cell)) for cell in row))
    console.print(drawn)


@contextmanager
def progress_line(label: str, job: Told | None = None) -> Iterator[Told]:
    """One line on stderr that is rewritten; every tenth step when stderr is a file.

    Args:
        label: stands before the share done.
        job: told the same, see `Jobs.record`.
    """
    live = sys.stderr.isatty()
    last = -1

    def show(stage: str, done: float, total: float) -> None:
        nonlocal last
        if job is not None:
            job(stage, done, total)
        share = int(100 * done / total) if total else 0
        text = f"{label}: {share:3d} %  {stage}".rstrip()
        if live:
            click.echo("\r\x1b[2K" + printable(text)[:118], err=True, nl=False)
        elif share // 10 != last // 10:
            note(text)
        last = share

    try:
        yield show
    finally:
        if live and last >= 0:
            click.echo("", err=True)


@contextmanager
def gentle_stop() -> Iterator[Callable[[], bool]]:
    """Yields whether SIGTERM or Ctrl-C came: work that asks can keep what it has. A second ends it.

    Signals reach the main thread alone; in another one nobody is asked.
    """
    came = threading.Event()

    def ask(signum: int, frame: Any) -> None:
        if came.is_set():
            raise KeyboardInterrupt
        came.set()

    if threading.current_thread() is not threading.main_thread():
        yield came.is_set
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield came.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def duration(seconds: float) -> str:
    """`41 s`, `3 min 20 s`, `1 h 5 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"
