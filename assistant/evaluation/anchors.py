"""Where each reference stood when it was written down: the sentence, not the chunk around it.

An anchor is made the first time a question meets an index and is never moved by itself. When the
documents change, the anchors tell which references belong to a text that is no longer there.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.evaluation.codec import key_hash
from assistant.evaluation.phrases import Sentence, checkable_phrases, sentences, sentences_with
from assistant.schema import Question, split_source
from assistant.scoring.wordlist import word_list

PASSAGE_CHARACTERS = 400
NEIGHBOUR_CHARACTERS = 160
LOOKS_LIKE_AN_ANSWER = 0.6
"""Share of an unanswerable question's own words a sentence must hold to look like its answer."""
_COMMON = frozenset(word_list(
    "what which when where who whom whose how is are was were the a an of in on at for to from by "
    "with does do did can may must i we you it its our my be has have there this that or and per "
    "many much long often get give given if after before under than as not no any all into about"
))  # fmt: skip


class DocumentTexts(Protocol):
    """The documents of one snapshot."""

    def text(self, document: str) -> str | None:
        """Text of a document; None when there is no such document."""

    def places(self, source: str) -> Sequence[tuple[int, int]]:
        """Offsets of what `path#heading` names; empty when it is not known."""


class Reading:
    """Documents behind one function, for callers that know no sections."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read

    def text(self, document: str) -> str | None:
        """Text of a document."""
        return self._read(document)

    def places(self, source: str) -> Sequence[tuple[int, int]]:
        """Nothing is known of sections."""
        return ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """One sentence that holds a key, in one document."""

    document: str
    sentence: str
    passage: str
    """The sentence with its neighbours, for a person to read."""
    claim: tuple[str, ...]
    """Wordings of what the sentence holds; any of them will do."""
    statements: tuple[str, ...]
    """Hashes of what must still be said: the sentence; for a table row its label with each cell
    that holds the key, so that a change in another column is none."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A question and where its key stood in one snapshot of the documents."""

    question: Question
    key: str
    """`codec.key_hash` of the question."""
    snapshot: str
    """Corpus hash of the documents."""
    anchors: tuple[Anchor, ...] = ()
    """None for what stands in no single sentence (yes/no, lists over rows): never called stale."""
    seen: tuple[str, ...] = ()
    """Of an unanswerable question: hashes of sentences of its documents that look like an answer
    and are none."""


def anchor_question(question: Question, documents: DocumentTexts, snapshot: str) -> Anchored:
    """Find the sentences a question's key rests on.

    For each `must` phrase, and for the references together (they are wordings of one fact), the
    best sentence of every named document is taken: inside the named section where there is one,
    holding most of the wordings, then sharing most words with the question.
    """
    key = key_hash(question)
    if not question.answerable:
        seen = sorted({statement(s.text) for _, s in answers_in_sight(question, documents)})
        return Anchored(question, key, snapshot, seen=tuple(seen))
    phrases = checkable_phrases(question)
    claims = [(p,) for p in phrases] if question.must else [phrases] if phrases else []
    found: dict[tuple[object, ...], Anchor] = {}
    for claim in claims:
        for source in dict.fromkeys(question.sources):
            anchor = _anchor(question, claim, source, documents)
            if anchor is not None:
                found.setdefault((anchor.document, anchor.claim, anchor.statements), anchor)
    return Anchored(question, key, snapshot, tuple(found.values()))


def _anchor(
    question: Question, claim: Sequence[str], source: str, documents: DocumentTexts
) -> Anchor | None:
    document, heading = split_source(source)
    text = documents.text(document)
    if text is None:
        return None
    places = documents.places(source) if heading else ()
    best = _best(question, claim, text, places) or _best(question, claim, text, ())
    if best is None:
        return None
    statements = cell_statements(question, claim, best.text)
    return Anchor(document, best.text, around(text, best), tuple(claim), statements)


def _best(
    question: Question, claim: Sequence[str], text: str, places: Sequence[tuple[int, int]]
) -> Sentence | None:
    hits: dict[int, tuple[int, Sentence]] = {}
    for start, end in places or ((0, len(text)),):
        for phrase in claim:
            for sentence in sentences_with(question, phrase, text[start:end]):
                place = start + sentence.start
                count = hits[place][0] if place in hits else 0
                hits[place] = count + 1, Sentence(sentence.text, place)
    own = content_words(question.question)

    def worth(hit: tuple[int, Sentence]) -> tuple[int, int, int]:
        return hit[0], len(own & content_words(hit[1].text)), -hit[1].start

    return max(hits.values(), key=worth)[1] if hits else None


def cell_statements(question: Question, claim: Sequence[str], sentence: str) -> tuple[str, ...]:
    """What must still be said for the key to stand: see `Anchor.statements`."""
    cells = _cells(sentence)
    held = [
        number
        for number, cell in enumerate(cells[1:], 1)
        if any(sentences_with(question, phrase, cell) for phrase in claim)
    ]
    return tuple(_cell(cells, n) for n in held) or (statement(sentence),)


def statements_of(text: str) -> dict[str, Sentence]:
    """Every statement of a text, by hash: sentences, rows, and cells under their row's label."""
    found: dict[str, Sentence] = {}
    for sentence in sentences(text):
        found.setdefault(statement(sentence.text), sentence)
        cells = _cells(sentence.text)
        for number in range(1, len(cells)):
            found.setdefault(_cell(cells, number), sentence)
    return found


def statement(sentence: str) -> str:
    """Hash of a sentence, up to case, white space, Markdown marks and end punctuation."""
    return hashlib.sha256(plain(sentence).encode()).hexdigest()[:16]


def plain(sentence: str) -> str:
    """A sentence without what does not change what it says."""
    text = unicodedata.normalize("NFKC", sentence).casefold()
    text = re.sub(r"[*`_#>]+", "", text)
    return " ".join(text.split()).strip(" -•|.!?;:")


def content_words(text: str) -> frozenset[str]:
    """Words that say what a text is about."""
    return frozenset(re.findall(r"\w+(?:[-.]\w+)*", text.casefold())) - _COMMON


def around(text: str, sentence: Sentence) -> str:
    """A sentence with the ones before and after it on the neighbouring lines."""
    end = sentence.start + len(sentence.text)
    start = max(0, sentence.start - NEIGHBOUR_CHARACTERS)
    before, after = text[start : sentence.start], text[end : end + NEIGHBOUR_CHARACTERS]
    shown = [sentence.text]
    for earlier in [*sentences(before)][-1:]:
        cut = start > 0 and earlier.start == 0
        shown.insert(0, "… " + earlier.text.partition(" ")[2] if cut else earlier.text)
    for later in [*sentences(after)][:1]:
        cut = end + len(after) < len(text) and later.start + len(later.text) == len(after)
        shown.append(later.text.rpartition(" ")[0] + " …" if cut else later.text)
    return "\n".join(shown)[:PASSAGE_CHARACTERS]


def answers_in_sight(
    question: Question, documents: DocumentTexts
) -> Iterable[tuple[str, Sentence]]:
    """(document, sentence) of the named documents that look like an answer to the question.

    A sentence looks like one when it holds most of the question's own words; words of the
    document's title (its first line) are what the document is about and count for nothing.
    """
    for document in dict.fromkeys(split_source(s)[0] for s in question.sources):
        text = documents.text(document)
        if text is None:
            continue
        about = content_words(text.lstrip().split("\n", 1)[0])
        own = {w[:5] for w in content_words(question.question) - about}
        if not own:
            continue
        for sentence in sentences(text):
            held = {w[:5] for w in content_words(sentence.text)}
            if len(own & held) >= max(1.0, LOOKS_LIKE_AN_ANSWER * len(own)):
                yield document, sentence


def _cells(sentence: str) -> list[str]:
    """Cells of a table row; empty for other sentences."""
    row = sentence.strip()
    return [c.strip() for c in row.strip("|").split("|")] if row.startswith("|") else []


def _cell(cells: Sequence[str], number: int) -> str:
    return statement(f"{plain(cells[0])}\x1f{number}\x1f{plain(cells[number])}")
