"""PDF text page by page; running headers and footers dropped, wrapped lines joined."""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence

from assistant.documents.readers.converted import Converted, TextBuilder, Unreadable, clean_text

MAX_PAGES = 3_000
_EDGE_LINES = 2
"""How many lines at the top and at the bottom of a page may be running headers."""

_LIST_ITEM = re.compile(r"^\s*(?:[-*•‣–]|\d{1,3}[.)]|[a-z][.)])\s")
_SENTENCE_END = re.compile(r"[.!?:;]['\"”)]?$")


def read_pdf(data: bytes) -> Converted:
    """The text layer; scanned pages have none.

    Raises:
        Unreadable: for encrypted or damaged files and for files without any text.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # one reason line is ours to give
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted PDF; save it without a password")
        if len(reader.pages) > MAX_PAGES:
            raise Unreadable(f"{len(reader.pages):,} pages (limit {MAX_PAGES:,})")
        pages = [clean_text(page.extract_text()) for page in reader.pages]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except Unreadable:
        raise
    except Exception as error:
        # pypdf raises whatever a damaged file leads it to, RecursionError and KeyError included.
        raise Unreadable(f"damaged PDF ({type(error).__name__})") from error
    if not any(page.strip() for page in pages):
        raise Unreadable("no text layer (a scan?); run OCR on it first")
    builder = TextBuilder()
    for lines in drop_running_lines([page.split("\n") for page in pages]):
        builder.page()
        for block in paragraphs(lines):
            builder.block(block)
    return builder.build("" if _is_junk_title(title) else title)


def _is_junk_title(title: str) -> bool:
    return not title.strip() or bool(
        re.match(r"(?i)untitled|microsoft word|anonymous|.*\.(docx?|tex|indd|pdf)$", title.strip())
    )


def drop_running_lines(pages: Sequence[list[str]]) -> list[list[str]]:
    """Removes lines at the page edges that return on most pages (numbers may differ)."""
    if len(pages) < 3:
        return list(pages)
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({_shape(line) for line in _edges(lines)})
    running = {shape for shape, n in counts.items() if shape and n >= max(3, 0.6 * len(pages))}
    kept = []
    for lines in pages:
        edges = {id(line) for line in _edges(lines)}
        kept.append([x for x in lines if not (id(x) in edges and _shape(x) in running)])
    return kept


def _edges(lines: Sequence[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    return [*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Joins lines that were only wrapped, so that a sentence is on one line again.

    A line goes on in the next when it is nearly as long as the page's longest, or when it does
    not end a sentence and the next one starts in lower case.
    """
    width = max((len(line.rstrip()) for line in lines), default=0)
    blocks: list[str] = []
    current = ""
    previous = ""
    for raw in lines:
        line = raw.strip()
        if not line:
            if current:
                blocks.append(current)
            current = previous = ""
            continue
        if not current:
            current = line
        elif _LIST_ITEM.match(line):
            current += "\n" + line
        elif _continues(previous, line, width):
            if _is_hyphenated(current, line):
                current = current[:-1] + line
            else:
                current += " " + line
        else:
            current += "\n" + line
        previous = line
    return [*blocks, current] if current else blocks


def _continues(previous: str, line: str, width: int) -> bool:
    if _is_hyphenated(previous, line) or (len(previous) >= 0.8 * width and width > 40):
        return True
    return line[:1].islower() and not _SENTENCE_END.search(previous) and len(previous) > 20


def _is_hyphenated(previous: str, line: str) -> bool:
    return previous.endswith("-") and previous[-2:-1].isalpha() and line[:1].islower()
