"""HTML: visible text only, never rendered, nothing it refers to is fetched."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.readers.converted import Converted, TextBuilder, one_line
from assistant.documents.readers.text_file import decode

if TYPE_CHECKING:
    from bs4 import Tag

_DROPPED = [
    "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object",
    "embed", "audio", "video", "head", "nav", "button", "select", "input", "textarea",
]  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li",
    "main", "ol", "p", "pre", "section", "summary", "table", "ul",
])  # fmt: skip
_MAX_DEPTH = 200


def read_html(data: bytes) -> Converted:
    """Headings, paragraphs, lists as "- " lines, tables as pipe rows; hidden elements dropped."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_decode(data), "lxml")
    title = one_line(soup.title.get_text()) if soup.title else ""
    metadata = {
        one_line(str(tag["name"])).lower(): one_line(str(tag["content"]))[:2000]
        for tag in soup.find_all("meta", attrs={"name": True, "content": True})
    }
    headings = soup.find_all("h1")
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.find_all(_is_hidden):
        tag.decompose()
    builder = TextBuilder()
    root = soup.body or soup
    _Walker(builder).walk(root)
    only_h1 = one_line(headings[0].get_text(" ")) if len(headings) == 1 else ""
    return builder.build(only_h1 or title, metadata)


def _decode(data: bytes) -> str:
    """UTF-8 or Windows-1252, unless the page names another encoding."""
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(data[:4096], is_html=True)
    if declared and declared.lower() not in ("utf-8", "utf8") and b"\x00" not in data:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _is_hidden(tag: "Tag") -> bool:
    """Text a reader of the page cannot see is no part of what the document says."""
    if not tag.attrs:
        return False
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return (
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden") or "").lower() == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )


class _Walker:
    """Depth-first over the tree; inline text gathers until a block begins or ends."""

    def __init__(self, builder: TextBuilder) -> None:
        self.builder = builder
        self.inline: list[str] = []

    def flush(self) -> None:
        lines = "".join(self.inline).split("\n")
        self.builder.block("\n".join(filter(None, (" ".join(line.split()) for line in lines))))
        self.inline.clear()

    def walk(self, tag: "Tag", depth: int = 0) -> None:
        from bs4 import Tag
        from bs4.element import NavigableString, PreformattedString

        if depth > _MAX_DEPTH:  # Deeper nesting is damage or malice; its text is still kept.
            self.inline.append(tag.get_text(" "))
            return
        for child in tag.children:
            if isinstance(child, PreformattedString):  # comments, doctypes, CDATA
                continue
            if isinstance(child, NavigableString):
                self.inline.append(" ".join(f"_{child}_".split())[1:-1])
            elif isinstance(child, Tag):
                self._tag(child, depth)
        if depth == 0:
            self.flush()

    def _tag(self, tag: "Tag", depth: int) -> None:
        name = tag.name
        if name in _HEADINGS:
            self.flush()
            self.builder.heading(_HEADINGS[name], tag.get_text(" "))
        elif name == "br":
            self.inline.append("\n")
        elif name == "pre":
            self.flush()
            self.builder.block(tag.get_text())
        elif name == "table" and not tag.find("table"):
            self.flush()
            self._table(tag)
        elif name in ("ul", "ol"):
            self.flush()
            self.builder.block("\n".join(_list_lines(tag)))
        elif name in _BLOCKS:
            self.flush()
            self.walk(tag, depth + 1)
            self.flush()
        else:
            self.walk(tag, depth + 1)

    def _table(self, tag: "Tag") -> None:
        caption = tag.find("caption")
        if caption:
            self.builder.block(one_line(caption.get_text(" ")))
        rows = [
            [one_line(cell.get_text(" ")) for cell in row.find_all(["td", "th"])]
            for row in tag.find_all("tr")
        ]
        self.builder.table(rows)


def _list_lines(tag: "Tag", depth: int = 0) -> Iterator[str]:
    """One line an item, nested lists indented by two spaces."""
    for number, item in enumerate(tag.find_all("li", recursive=False), 1):
        nested = item.find_all(["ul", "ol"]) if depth < 20 else []
        top = [inner for inner in nested if inner.find_parent("li") is item]
        for inner in top:
            inner.extract()
        mark = f"{number}." if tag.name == "ol" else "-"
        yield f"{'  ' * depth}{mark} {one_line(item.get_text(' '))}"
        for inner in top:
            yield from _list_lines(inner, depth + 1)
