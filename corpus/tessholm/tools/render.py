"""Renders `sources/**/*.md` to the PDF and DOCX files in `documents/`.

The documents folder is what users see, so it holds finished files. The text of the PDF and DOCX
ones is kept in `sources/` as `name.pdf.md` and `name.docx.md`, because a diff of a PDF tells
nobody anything. Only headings, paragraphs, lists and tables are understood.

Rendering twice gives the same bytes: dates are fixed and nothing random is written. Needs
`pip install reportlab python-docx`; the tests do not, they read the finished files.

Usage: python tools/render.py [--check]
"""

from __future__ import annotations

import argparse
import datetime
import html
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
FIXED = datetime.datetime(2026, 1, 2, 3, 4, 6)


@dataclass(frozen=True)
class Block:
    """One block of the source: `kind` is h1, h2, h3, p, ul, ol, table or page."""

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


def parse(text: str) -> Iterator[Block]:
    """Yields the blocks of the Markdown subset, in order."""
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        heading = re.match(r"(#{1,3}) (.+)", lines[0])
        if part.strip() == "---":
            yield Block("page")
        elif heading:
            yield Block(f"h{len(heading[1])}", heading[2])
            if len(lines) > 1:
                yield from parse("\n".join(lines[1:]))
        elif lines[0].startswith("|"):
            rows = [[c.strip() for c in line.strip().strip("|").split("|")] for line in lines]
            yield Block("table", rows=[rows[0], *rows[2:]])
        elif re.match(r"[-*] |\d+\. ", lines[0]):
            kind = "ol" if lines[0][0].isdigit() else "ul"
            items = re.split(r"\n(?:[-*]|\d+\.) ", "\n" + part)[1:]
            yield Block(kind, rows=[[" ".join(item.split())] for item in items])
        else:
            yield Block("p", " ".join(part.split()))


def to_pdf(blocks: list[Block], title: str) -> bytes:
    """A4, built-in Helvetica (so only Windows-1252 characters), page numbers, real text layer."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.lib.units import mm
    from reportlab.platypus import (
        Flowable,
        PageBreak,
        Paragraph,
        SimpleDocTemplate,
        Spacer,
        Table,
        TableStyle,
    )

    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["BodyText"], fontSize=10, leading=13.5)
    cell = ParagraphStyle("cell", parent=body, fontSize=9, leading=11)

    def marked(text: str) -> str:
        text.encode("cp1252")  # raises where Helvetica would print a black box
        return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text, quote=False))

    story: list[Flowable] = []
    for block in blocks:
        if block.kind in ("h1", "h2", "h3"):
            story.append(Paragraph(marked(block.text), styles[f"Heading{block.kind[1]}"]))
        elif block.kind == "p":
            story.append(Paragraph(marked(block.text), body))
        elif block.kind in ("ul", "ol"):
            for number, row in enumerate(block.rows, 1):
                bullet = f"{number}." if block.kind == "ol" else "\u2022"
                item = ParagraphStyle("item", parent=body, leftIndent=18)
                story.append(Paragraph(marked(row[0]), item, bulletText=bullet))
        elif block.kind == "table":
            width = (A4[0] - 44 * mm) / len(block.rows[0])
            rows = [[Paragraph(marked(c), cell) for c in row] for row in block.rows]
            table = Table(rows, colWidths=[width] * len(block.rows[0]), repeatRows=1)
            grid = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey)]
            shade = [("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)]
            table.setStyle(TableStyle(grid + shade + [("VALIGN", (0, 0), (-1, -1), "TOP")]))
            story += [Spacer(1, 4), table, Spacer(1, 8)]
        else:
            story.append(PageBreak())

    def footer(canvas: object, document: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        line = f"{title} \u2013 page {document.page}"  # type: ignore[attr-defined]
        canvas.drawString(22 * mm, 12 * mm, line)  # type: ignore[attr-defined]

    out = io.BytesIO()
    side = 22 * mm
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=side, rightMargin=side, topMargin=side, bottomMargin=side,
        title=title, author="Tessholm Instruments AB", invariant=1,
    )  # fmt: skip
    template.build(story, onFirstPage=footer, onLaterPages=footer)
    return out.getvalue()


def to_docx(blocks: list[Block], title: str) -> bytes:
    """Word file with real heading styles and tables; zip entry times fixed."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author = title, "Tessholm Instruments AB"
    properties.created = properties.modified = FIXED

    def add(text: str, style: str) -> None:
        paragraph = document.add_paragraph(style=style)
        for number, part in enumerate(re.split(r"\*\*", text)):
            paragraph.add_run(part).bold = True if number % 2 else None

    for block in blocks:
        if block.kind in ("h1", "h2", "h3"):
            document.add_heading(block.text, level=int(block.kind[1]))
        elif block.kind == "p":
            add(block.text, "Normal")
        elif block.kind in ("ul", "ol"):
            for row in block.rows:
                add(row[0], "List Bullet" if block.kind == "ul" else "List Number")
        elif block.kind == "table":
            table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
            for r, row in enumerate(block.rows):
                for c, text in enumerate(row):
                    table.cell(r, c).text = text.replace("**", "")
        else:
            document.add_page_break()
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            new.writestr(entry, old.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main() -> int:
    """Renders what differs; with --check returns 1 instead of writing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    check = parser.parse_args().check
    different = 0
    for top, target in (("sources", "documents"), ("revision/sources", "revision/documents")):
        for source in sorted((HERE / top).rglob("*.md")):
            blocks = list(parse(source.read_text(encoding="utf-8")))
            title = blocks[0].text
            name = source.relative_to(HERE / top).with_suffix("")
            data = (to_pdf if name.suffix == ".pdf" else to_docx)(blocks, title)
            path = HERE / target / name
            if path.exists() and path.read_bytes() == data:
                continue
            different += 1
            print(("differs: " if check else "wrote: ") + str(path.relative_to(HERE)))
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    return 1 if check and different else 0


if __name__ == "__main__":
    sys.exit(main())
