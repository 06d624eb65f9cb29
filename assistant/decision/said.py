"""Words that remember which of their numbers count which answers.

Most faces print a `Said` as the plain string it is; the HTML report turns each of its links into
a number that opens its rows. An f-string makes plain text of it: put texts together with `say`
and `joined`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.decision.tables import Rows


@dataclass(frozen=True, slots=True)
class Link:
    """A number in a text: from `start` up to `end`, counting `rows`."""

    start: int
    end: int
    rows: Rows


class Said(str):
    """A string with links."""

    __slots__ = ("links",)
    links: tuple[Link, ...]

    def __new__(cls, text: str, links: tuple[Link, ...] = ()) -> "Said":
        """The text and the links in it, in order."""
        made = super().__new__(cls, text)
        made.links = links
        return made


def links_of(text: str) -> tuple[Link, ...]:
    """The links of a text; a plain string has none."""
    return text.links if isinstance(text, Said) else ()


def opening(label: str, rows: Rows) -> Said:
    """A number that opens the rows it counts."""
    return Said(label, (Link(0, len(label), rows),))


def say(*parts: str) -> Said:
    """Parts put together; the links of each keep their number."""
    links: list[Link] = []
    at = 0
    for part in parts:
        links += (Link(n.start + at, n.end + at, n.rows) for n in links_of(part))
        at += len(part)
    return Said("".join(parts), tuple(links))


def joined(separator: str, texts: Iterable[str]) -> Said:
    """Like `separator.join(texts)`, with the links of all."""
    parts: list[str] = []
    for text in texts:
        parts += [separator, text] if parts else [text]
    return say(*parts)


def pieces(text: str, separator: str) -> list[Said]:
    """Like `text.split(separator)`, each piece with its own links."""
    found, at = [], 0
    for piece in text.split(separator):
        end = at + len(piece)
        links = tuple(
            Link(n.start - at, n.end - at, n.rows)
            for n in links_of(text) if at <= n.start and n.end <= end
        )  # fmt: skip
        found.append(Said(piece, links))
        at = end + len(separator)
    return found
