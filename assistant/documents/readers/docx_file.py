"""Word files: headings, lists and tables in document order."""

import io
import zipfile
from typing import TYPE_CHECKING, Any

from assistant.documents.readers.converted import Converted, TextBuilder, Unreadable, one_line

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

MAX_UNPACKED_BYTES = 300_000_000
MAX_XML_BYTES = 30_000_000
"""Of the text itself, without pictures; a thousand pages are about 10 MB."""
MAX_PARTS = 10_000


def read_docx(data: bytes) -> Converted:
    """Headings by style name, list items as "- " lines, tables as pipe rows.

    Raises:
        Unreadable: for encrypted, damaged or absurdly compressed files.
    """
    _check_archive(data)
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        properties = document.core_properties
        builder = TextBuilder()
        title = ""
        items: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                _flush_list(builder, items)
                builder.table(_rows(block))
                continue
            style = str(block.style.name or "") if block.style is not None else ""
            text = one_line(block.text)
            level = _heading_level(style)
            if _is_list(block, style):
                items.extend([f"- {text}"] if text else [])
                continue
            _flush_list(builder, items)
            if style == "Title" and not title:
                title = text
                builder.heading(1, text)
            elif level:
                # A Title paragraph is the outermost heading, so Heading 1 goes one below it.
                builder.heading(level + (1 if title else 0), text)
            else:
                builder.block(block.text)
        _flush_list(builder, items)
        metadata = {"author": one_line(properties.author or "")} if properties.author else {}
        return builder.build(title or builder.first_heading or properties.title or "", metadata)
    except (OpcError, SyntaxError, KeyError, ValueError, zipfile.BadZipFile) as error:
        # lxml's errors for damaged XML are SyntaxErrors.
        raise Unreadable(f"damaged Word file ({type(error).__name__})") from error


def _check_archive(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("encrypted or an old .doc file; save it as unprotected .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable("damaged Word file (not a zip archive)") from error
    unpacked = sum(part.file_size for part in parts)
    xml = sum(p.file_size for p in parts if p.filename.lower().endswith((".xml", ".rels")))
    if xml > MAX_XML_BYTES:
        raise Unreadable(
            f"unpacks to {xml / 1e6:,.0f} MB of text (limit {MAX_XML_BYTES / 1e6:,.0f} MB)"
        )
    if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        raise Unreadable(
            f"unpacks to {unpacked / 1e6:,.0f} MB in {len(parts):,} parts "
            f"(limit {MAX_UNPACKED_BYTES / 1e6:,.0f} MB, {MAX_PARTS:,} parts)"
        )


def _heading_level(style: str) -> int:
    name, _, number = style.rpartition(" ")
    return int(number) if name.lower() == "heading" and number.isdigit() else 0


def _is_list(paragraph: "Paragraph", style: str) -> bool:
    if style.startswith("List"):
        return True
    properties: Any = paragraph._p.pPr
    return properties is not None and properties.numPr is not None and not _heading_level(style)


def _flush_list(builder: TextBuilder, items: list[str]) -> None:
    builder.block("\n".join(items))
    items.clear()


def _rows(table: Any) -> list[list[str]]:
    """Cell texts; a merged cell is given once, not once for every column it spans."""
    rows = []
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:
                cells.append(one_line(cell.text))
            last = cell._tc
        rows.append(cells)
    return rows
