"""One reader per format: bytes in, `Converted` text out. Local bytes only, no network."""

from collections.abc import Callable

from assistant.documents.readers.converted import Converted, Unreadable, clean_text, one_line
from assistant.documents.readers.csv_file import read_csv
from assistant.documents.readers.docx_file import read_docx
from assistant.documents.readers.html_file import read_html
from assistant.documents.readers.markdown_file import read_markdown
from assistant.documents.readers.pdf_file import read_pdf
from assistant.documents.readers.text_file import decode, read_text

READER_VERSION = 1
"""Raised when the same bytes give another text, so that stored results are read again."""

READERS: dict[str, tuple[str, Callable[[bytes], Converted]]] = {
    ".md": ("markdown", read_markdown),
    ".markdown": ("markdown", read_markdown),
    ".txt": ("text", read_text),
    ".text": ("text", read_text),
    ".html": ("html", read_html),
    ".htm": ("html", read_html),
    ".pdf": ("pdf", read_pdf),
    ".docx": ("docx", read_docx),
    ".csv": ("csv", read_csv),
    ".tsv": ("csv", read_csv),
}
"""File extension -> (media, reader)."""

__all__ = [
    "READERS",
    "READER_VERSION",
    "Converted",
    "Unreadable",
    "clean_text",
    "decode",
    "one_line",
]
