"""Documents cut by structure into chunks that fit the embedder with their title and headings."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant.schema import Chunk, Document, Section

CHUNKER_VERSION = 1
"""Raised when the same document gives other chunks; part of an index's chunk settings."""

CHARS_PER_TOKEN = 8
"""No chunk has more characters than this times its tokens: a word piece tokenizer calls any very
long word one unknown token, and a prompt would have to carry all of it."""

MIN_BODY_SHARE = 0.5
"""Share of the tokens kept for the text; title and headings are shortened to the rest."""

Span = tuple[int, int]
CountTokens = Callable[[str], int]

_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
_SEPARATORS = [r"\n", r"(?<=[.!?])\s+", r"(?<=[;:,])\s+", r"\s+", ""]


@dataclass(frozen=True, slots=True)
class _Budget:
    """Token and character limits for the text under one header."""

    count_tokens: CountTokens
    overhead: int
    tokens: int
    letters: dict[str, int]
    """Sizes of single characters: a word that has to be cut is measured letter by letter."""

    def size(self, text: str) -> int:
        """Tokens of `text` below the header; long-word text counts by its characters."""
        if len(text) != 1:
            return self._size(text)
        if text not in self.letters:
            self.letters[text] = self._size(text)
        return self.letters[text]

    def _size(self, text: str) -> int:
        return max(self.count_tokens(text) - self.overhead, -(-len(text) // CHARS_PER_TOKEN), 1)


def chunk_document(
    document: Document, *, count_tokens: CountTokens, max_tokens: int = 256
) -> list[Chunk]:
    """Cuts a document by sections, then paragraphs, then lines, sentences, words.

    Neighbouring small paragraphs of one section share a chunk. A heading line is left out of the
    text when the chunk's heading path already says it.

    Args:
        document: converted text with its sections.
        count_tokens: tokens of a text with the embedder's special tokens.
        max_tokens: limit for `Chunk.indexed_text`, special tokens included.

    Returns:
        Chunks in text order, `chunk.text == document.text[chunk.start:chunk.end]`. Every character
        but white space is in exactly one chunk or in a heading line that a heading path holds.
    """
    return list(_Chunker(document, count_tokens, max_tokens).chunks())


class _Chunker:
    def __init__(self, document: Document, count_tokens: CountTokens, max_tokens: int) -> None:
        self.document = document
        self.count_tokens = count_tokens
        self.max_tokens = max_tokens
        self.overhead = count_tokens("")
        self.occurrences: Counter[str] = Counter()
        self.letters: dict[str, int] = {}

    def chunks(self) -> Iterator[Chunk]:
        text = self.document.text
        sections = self.document.sections or (Section((), 0, len(text)),)
        templates = [self._template(section.heading_path) for section in sections]
        for number, section in enumerate(sections):
            template = templates[number]
            start = self._body_start(section, template)
            body = _strip(text, start, section.end)
            if body is None:
                child = templates[number + 1] if number + 1 < len(sections) else None
                if child and _says(child, section.heading_path):
                    continue
                body = _strip(text, section.start, section.end)
            if body is None:
                continue
            budget = self._budget(template)
            for start, end in self._pack(body, budget):
                yield self._chunk(template, start, end)

    def _template(self, heading_path: tuple[str, ...]) -> Chunk:
        """An empty chunk with title and headings shortened to leave room for the text."""
        limit = self.max_tokens - int(self.max_tokens * MIN_BODY_SHARE)
        title = _clip(self.document.title, 200)
        path = tuple(heading for heading in heading_path if heading)
        chunk = Chunk("", self.document.id, title, path, "", 0, 0)
        while self._header_size(chunk) > limit and len(chunk.heading_path) > 1:
            chunk = replace(chunk, heading_path=chunk.heading_path[1:])
        length = 160
        while self._header_size(chunk) > limit and length > 5:
            length //= 2
            chunk = replace(
                chunk,
                title=_clip(title, length),
                heading_path=tuple(_clip(h, length) for h in chunk.heading_path),
            )
        if self._header_size(chunk) > limit:
            chunk = replace(chunk, title="", heading_path=())
        return chunk

    def _header_size(self, chunk: Chunk) -> int:
        return self.count_tokens(chunk.header) if chunk.header else self.overhead

    def _budget(self, template: Chunk) -> _Budget:
        header = self._header_size(template)
        return _Budget(self.count_tokens, self.overhead, self.max_tokens - header, self.letters)

    def _body_start(self, section: Section, template: Chunk) -> int:
        """Where the section's text begins: after its heading line, if the path still says it."""
        heading = section.heading_path[-1] if section.heading_path else ""
        said = bool(heading) and template.heading_path[-1:] == (heading,)
        if said and self.document.text.startswith(heading, section.start):
            return section.start + len(heading)
        return section.start

    def _pack(self, body: Span, budget: _Budget) -> Iterator[Span]:
        """Joins neighbouring pieces up to the limit, evenly over the chunks they need."""
        text = self.document.text
        pieces = list(self._pieces(body, budget))
        total = budget.size(text[body[0] : body[1]])
        needed = -(-total // budget.tokens)
        target = min(budget.tokens, -(-total // needed) + 8)
        start, end = pieces[0]
        for next_start, next_end in pieces[1:]:
            full = budget.size(text[start:end]) >= target
            if full or budget.size(text[start:next_end]) > budget.tokens:
                yield start, end
                start = next_start
            end = next_end
        yield start, end

    def _pieces(self, body: Span, budget: _Budget) -> Iterator[Span]:
        """Paragraphs, and parts of those that are too long."""
        text = self.document.text
        position = body[0]
        breaks = [*_PARAGRAPH_BREAK.finditer(text, *body), None]
        for mark in breaks:
            end = mark.start() if mark else body[1]
            span = _strip(text, position, end)
            if span and budget.size(text[span[0] : span[1]]) <= budget.tokens:
                yield span
            elif span:
                yield from self._split(span, budget)
            position = mark.end() if mark else end

    def _split(self, span: Span, budget: _Budget) -> Iterator[Span]:
        """Lines, else sentences, else clauses, else words, else characters."""
        text = self.document.text
        position = span[0]
        for word_end in _long_word_cuts(text, span, budget.tokens * CHARS_PER_TOKEN):
            for part in _splitter(budget).split_text(text[position:word_end]):
                piece = _strip(text, position, position + len(part))
                position += len(part)
                if piece:
                    yield piece

    def _chunk(self, template: Chunk, start: int, end: int) -> Chunk:
        text = self.document.text[start:end]
        key = "\x1f".join([self.document.id, *template.heading_path, "\x1e", text])
        self.occurrences[key] += 1
        digest = hashlib.sha256(f"{key}\x1f{self.occurrences[key]}".encode()).hexdigest()
        pages = self.document.pages
        page = bisect_right(pages, start) if pages else None
        return replace(template, id=digest[:20], text=text, start=start, end=end, page=page)


def _splitter(budget: _Budget) -> Any:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        _SEPARATORS,
        is_separator_regex=True,
        # Separators stay at the end of the part before and nothing is stripped, so the parts put
        # together are the text again and offsets can be counted.
        keep_separator="end",
        strip_whitespace=False,
        chunk_size=budget.tokens,
        chunk_overlap=0,
        length_function=budget.size,
    )


def _long_word_cuts(text: str, span: Span, limit: int) -> Iterator[int]:
    """Ends of the parts to split one by one, so that no part holds a word of over `limit`."""
    start, end = span
    for word in re.finditer(rf"(?<!\S)\S{{{limit},}}", text[start:end]):
        yield from range(start + word.start() + limit, start + word.end(), limit)
    yield end


def _says(chunk: Chunk, heading_path: tuple[str, ...]) -> bool:
    return bool(heading_path) and heading_path[-1] in chunk.heading_path[:-1]


def _strip(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends; None when nothing is left."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    stripped = part.strip()
    return (start + left, start + left + len(stripped)) if stripped else None


def _clip(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
