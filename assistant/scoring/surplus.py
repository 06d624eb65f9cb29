"""What an answer that is a bare list names beyond the key."""

import re

from assistant.schema import Question
from assistant.scoring.agreeing import agree
from assistant.scoring.asked import Asked
from assistant.scoring.key import ITEM_SPLIT
from assistant.scoring.text import BOUND_WORDS, Prepared, prepare

_OPTION = r"(?:(?:an?|the)\s+)?\w+"


def surplus_items(question: Question, asked: Asked, answer: Prepared) -> tuple[str, ...]:
    """What a bare enumeration names beyond the key: "Breakwater and Quay" for "Breakwater".

    Where the question offers a choice ("damage, delivery or billing?") another of its options
    counts as well. Apart from that only answers that are nothing but an "and" list of short items
    are read this way; in a longer sentence other names are taken for detail.
    """
    also = _other_options(question, answer)
    if also or not re.search(r"\band\b|&|\s/\s", answer.text, re.IGNORECASE):
        return also
    known = {t.word for t in asked.prepared.tokens if not t.value}
    key = prepare(" ; ".join((*question.references, *question.must)), context=asked.context)
    in_key = {t.word for t in key.tokens if not t.value}
    surplus = []
    cuts = [
        m for m in ITEM_SPLIT.finditer(answer.text)
        if not any(v.start < m.end() and m.start() < v.end for v in answer.values)
    ]  # fmt: skip
    edges = [0, *(x for m in cuts for x in m.span()), len(answer.text)]
    items = [answer.text[a:b].strip(" .!") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    items = [item for item in items if item]
    for item in items:
        tokens = [t for t in prepare(item, context=asked.context).content if t.word not in known]
        if len(tokens) > 2:
            return ()
        words = [t.word for t in tokens if not t.value and t.word not in BOUND_WORDS]
        values = [t.value for t in tokens if t.value]
        unknown = [w for w in words if w not in in_key]
        if (unknown and len(unknown) == len(words) and not values) or any(
            v.kind == "code" and not any(agree(k, v, asked.context) for k in asked.known)
            for v in values
        ):
            surplus.append(item.strip())
    return tuple(surplus) if len(surplus) < len(items) else ()


def _other_options(question: Question, answer: Prepared) -> tuple[str, ...]:
    """Options of the question that an answer of bare options names beside the right one."""
    offered = re.search(
        rf"((?:{_OPTION},\s+)*{_OPTION}),?\s+or\s+({_OPTION})\s*[?:]", question.question
    )
    if not offered:
        return ()
    named = (*re.split(r",\s+", offered[1]), offered[2])
    options = {re.sub(r"^(?:an?|the)\s+", "", o.casefold()) for o in named}
    right = {r.casefold() for r in question.references}
    said = {t.word for t in answer.content if not t.value}
    if not right & options or not said <= {prepare(o).tokens[0].word for o in options}:
        return ()
    return tuple(sorted(said - right))
