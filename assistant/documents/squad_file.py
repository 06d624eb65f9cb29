"""SQuAD 1.1 and 2.0 files as question records.

Format: Rajpurkar et al. 2016 and 2018, https://rajpurkar.github.io/SQuAD-explorer/.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.documents.question_records import BadRecord


def squad_records(content: Any) -> Iterator[tuple[str, Any]]:
    """(place, fields of a question) for every question of the file.

    The answers become references, `is_impossible` becomes `answerable: false`. The contexts are
    not documents of ours, so `sources` stays empty.
    """
    articles = content.get("data") if isinstance(content, Mapping) else None
    if not isinstance(articles, list):
        yield "file", BadRecord(['expected SQuAD JSON ({"data": [...]}) or a list of questions'])
        return
    for a, article in enumerate(articles):
        for p, paragraph in enumerate(_items(article, "paragraphs")):
            for q, item in enumerate(_items(paragraph, "qas")):
                yield f"data[{a}].paragraphs[{p}].qas[{q}]", _record(item)


def _items(value: Any, name: str) -> list[Any]:
    items = value.get(name) if isinstance(value, Mapping) else None
    return items if isinstance(items, list) else []


def _record(item: Any) -> Any:
    if not isinstance(item, Mapping):
        return BadRecord(["expected an object"])
    impossible = item.get("is_impossible", False)
    answers = [] if impossible else _items(item, "answers")
    texts = [answer.get("text") for answer in answers if isinstance(answer, Mapping)]
    if not impossible and not texts:
        return BadRecord(["no answers, and is_impossible is not true"])
    record = {
        "id": str(item.get("id") or ""),
        "question": item.get("question"),
        "references": texts,
        "answerable": not impossible,
    }
    return record
