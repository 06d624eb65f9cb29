"""Plain text: the encoding is found without guessing libraries."""

import codecs

from assistant.documents.readers.converted import Converted, TextBuilder, Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b")
MAX_CONTROL_SHARE = 0.02


def decode(data: bytes) -> str:
    """Text of the bytes: a byte order mark decides, else UTF-8, else Windows-1252.

    Raises:
        Unreadable: for binary content.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(f"not valid {encoding} in spite of its byte order mark") from error
    if b"\x00" in data:
        raise Unreadable("binary content, not text")
    controls = sum(data.count(bytes([c])) for c in range(32) if c not in _ALLOWED_CONTROLS)
    if controls > MAX_CONTROL_SHARE * len(data):
        raise Unreadable("binary content, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Every byte is some character here, so old office texts come out right; the five
        # undefined bytes become U+FFFD.
        return data.decode("cp1252", errors="replace")


def read_text(data: bytes) -> Converted:
    """Paragraphs as they stand; plain text has no headings."""
    builder = TextBuilder()
    builder.block(decode(data))
    return builder.build()
