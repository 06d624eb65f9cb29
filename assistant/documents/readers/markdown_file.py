"""Markdown with YAML front matter: headings, fenced code, pipe tables, light inline clean-up."""

import re
from collections.abc import Mapping
from typing import Any

from assistant.documents.readers.converted import Converted, TextBuilder, clean_text, one_line
from assistant.documents.readers.text_file import decode

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}(=+|-{3,})[ \t]*$")
_RULE_ROW = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_RULE = re.compile(r"^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MAX_FRONT_MATTER = 20_000

# Inline marks. Bounded repetition: a hostile line must not make the patterns quadratic.
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\s]{0,1000}(?: \"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\(([^)\s]{0,1000})(?: \"[^\"\n]{0,300}\")?\)")
_BOLD = re.compile(r"(?<![\w*])\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*(?![\w*])")
_BOLD_UNDERSCORE = re.compile(r"(?<!\w)__(?=\S)([^_\n]{1,500})(?<=\S)__(?!\w)")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])\*(?![\w*])")
_CODE = re.compile(r"(?<!`)`([^`\n]{1,500})`(?!`)")


def read_markdown(data: bytes) -> Converted:
    """Sections from ATX and setext headings outside code fences."""
    text = clean_text(decode(data))
    metadata, body = split_front_matter(text)
    builder = TextBuilder()
    paragraph: list[str] = []
    fence = ""

    def flush() -> None:
        _add_paragraph(builder, paragraph)
        paragraph.clear()

    for line in _COMMENT.sub("", body).split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and line.strip() == mark[1]:
                builder.block("\n".join(paragraph))
                paragraph.clear()
                fence = ""
            else:
                paragraph.append(line)
            continue
        if mark:
            flush()
            fence = mark[1]
        elif heading := _ATX.match(line):
            flush()
            builder.heading(len(heading[1]), inline(heading[2] or ""))
        elif paragraph and _SETEXT.match(line) and len(paragraph) == 1 and "|" not in paragraph[0]:
            title = paragraph.pop()
            builder.heading(1 if "=" in line else 2, inline(title))
        elif not line.strip() or _RULE.match(line):
            flush()
        else:
            paragraph.append(line)
    if fence:
        builder.block("\n".join(paragraph))
    else:
        flush()
    return builder.build(metadata.get("title", ""), metadata)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Front matter as text values, and the rest. Bad YAML is left in the body."""
    if not text.startswith("---\n"):
        return {}, text
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, 4)
    if not end or end.start() > _MAX_FRONT_MATTER:
        return {}, text
    import yaml

    try:
        # BaseLoader builds no objects and keeps "2024-05-01" and "007" as written.
        values: Any = yaml.load(text[4 : end.start()], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, text
    if values is None:
        return {}, text[end.end() :]
    if not isinstance(values, Mapping):
        return {}, text
    return {str(k): _flat(v) for k, v in values.items()}, text[end.end() :]


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(one_line(str(item)) for item in value[:100])
    return one_line(str(value))[:2000]


def inline(text: str) -> str:
    """Emphasis, code ticks and link syntax removed; web addresses stay beside their text."""
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(_link_text, text)
    text = _CODE.sub(r"\1", text)
    for pattern in (_BOLD, _BOLD_UNDERSCORE, _ITALIC):
        text = pattern.sub(r"\1", text)
    return text


def _link_text(match: re.Match[str]) -> str:
    label, target = match[1], match[2]
    outside = target.startswith(("http://", "https://")) and target != label
    return f"{label} ({target})" if outside else label


def _add_paragraph(builder: TextBuilder, lines: list[str]) -> None:
    """Adds a paragraph; the pipe table in it, if any, becomes a table."""
    rule = next(
        (i for i, line in enumerate(lines) if i > 0 and "|" in line and _RULE_ROW.match(line)), None
    )
    if rule is None or "|" not in lines[rule - 1]:
        builder.block(inline("\n".join(lines)))
        return
    builder.block(inline("\n".join(lines[: rule - 1])))
    rows = [lines[rule - 1]]
    rest = rule + 1
    while rest < len(lines) and "|" in lines[rest]:
        rows.append(lines[rest])
        rest += 1
    builder.table([_cells(row) for row in rows])
    _add_paragraph(builder, lines[rest:])


def _cells(row: str) -> list[str]:
    row = row.strip()
    row = row[1:] if row.startswith("|") else row
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return [inline(cell.replace("\\|", "/").strip()) for cell in re.split(r"(?<!\\)\|", row)]
