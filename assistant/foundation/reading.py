# ruff: noqa: E501
"""Human questions: prompted reading sets parsed back into question, context and answer.

The rows come as finished prompts, the same question under many prompt wordings. One wording per
set is parsed, so that a question is met once, and the split is by context: a held-out question's
passage is never trained on either.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random

from assistant.foundation.formats import REFUSAL
from assistant.foundation.lines import rows

_NO_ANSWER = "Insufficient information to provide an answer."
_SHAPES = {
    "adversarial_qa_d[a-z]+_question_context_answer": r'Question: "(?P<q>.*?)"\n\nContext: "(?P<c>.*)"\n\nAnswer:',
    "quoref_Given_Context_Answer_Question": r"(?P<q>.*?)\n\nAnswer the above question based on the context below:\n\n(?P<c>.*)",
    "ropes_prompt_bottom_hint_beginning": r"Background: (?P<c>.*)\n\nGiven the paragraph above, please answer correctly the following question: (?P<q>.*)",
    "duorc_(?:SelfRC|ParaphraseRC)_question_answering": r"Question: (?P<q>.*?)\nIf there is no answer.*?\nMovie title: (?P<t>.*?)\nContext: (?P<c>.*)",
    "quartz_use_info_from_paragraph_question": r".*?Paragraph :\n\n(?P<c>.*?)\n\nQuestion:\n\n\n(?P<q>.*)",
    "qasc_qa_with_separated_facts_5": r'You are presented with the quiz "(?P<q>.*?)" \n.*?He says that "(?P<c>.*)"\. \n\nSo,',
    "quarel_choose_between": r".*?\nQuestion: (?P<c>.*?[.?!]) (?P<q>[^.?!]*?) \(A\)",
}
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Reading:
    """A human question with its passage. ``family`` names the set it comes from."""

    question: str
    context: str
    answer: str
    title: str
    family: str

    @property
    def extractive(self) -> bool:
        """Whether the answer stands in the context as written."""
        return self.answer in self.context


def parse_prompted(path: Path) -> list[Reading]:
    """Parse the prompted reading sets (JSON lines with prompt, response, source)."""
    found: dict[tuple[str, str], Reading] = {}
    for row in rows(path):
        for source, shape in _SHAPES.items():
            if not re.fullmatch("t0/" + source, row["source"]):
                continue
            match = re.match(shape, row["prompt"], re.S)
            if match is None:
                continue
            context = re.sub(r"[ \t]+", " ", match["c"].replace('" and "', ". ")).strip()
            answer = row["response"].strip()
            answer = REFUSAL if answer == _NO_ANSWER else _as_written(answer, context)
            question = match["q"].strip()
            title = match.groupdict().get("t") or ""
            family = row["source"].split("/")[1].split("_")[0]
            if 3 < len(question) < 400 and 0 < len(answer) < 160:
                found[question, context] = Reading(question, context, answer, title, family)
    return list(found.values())


def _as_written(answer: str, context: str) -> str:
    """The answer in the letter case in which the context has it."""
    place = context.lower().find(answer.lower())
    return context[place : place + len(answer)] if place >= 0 else answer


def parse_textbook(questions: Path, books: Path) -> list[Reading]:
    """Pair multiple-choice questions and short exercises with the paragraph that answers them."""
    texts = {}
    for row in rows(books):
        if row.get("doc"):
            texts[row["doc"]] = row["text"]
    found = []
    for row in rows(questions):
        answer, question = str(row["answer"]).strip(), row["question"].strip()
        if row["kind"] == "glossary" or not 2 < len(answer) < 120 or "following" in question:
            continue
        best = _best_paragraph(question, answer, texts.get(row.get("doc", ""), ""))
        if best:
            question = re.sub(r"_{3,}", "what", question)
            found.append(
                Reading(question, best, _as_written(answer, best), row["title"], "textbook")
            )
    return found


def _best_paragraph(question: str, answer: str, text: str) -> str:
    words = {w for w in re.findall(r"[a-z]{4,}", question.lower())}
    best, score = "", 1
    for paragraph in text.split("\n\n"):
        if 80 < len(paragraph) < 1500 and answer.lower() in paragraph.lower():
            overlap = len(words & set(re.findall(r"[a-z]{4,}", paragraph.lower())))
            if overlap > score:
                best, score = paragraph, overlap
    return re.sub(r"\s+", " ", best)


def parse_glossary(path: Path) -> list[list[tuple[str, str]]]:
    """Glossary entries (term, definition), grouped by textbook section."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(path):
        match = re.match(r'What does the term "(.*)" mean\?', row["question"])
        if row["kind"] == "glossary" and match and len(row["answer"]) < 140:
            groups[row.get("doc") or row.get("title", "")].append((match[1], row["answer"].strip()))
    return [entries for entries in groups.values() if len(entries) >= 2]


def held_out(context: str, share: float = 0.12) -> bool:
    """Whether a context belongs to the test split (decided by its hash, the same in every run)."""
    digest = hashlib.sha256(context[:200].encode()).digest()
    return digest[0] < 256 * share


def window(rng: Random, reading: Reading, limit: int) -> str:
    """A cut of the context of at most ``limit`` characters that keeps the answer.

    The cut is made at sentence ends and its place varies, so that position tells nothing.
    """
    if len(reading.context) <= limit:
        return reading.context
    sentences = _SENTENCE.split(reading.context)
    place = 0
    if reading.extractive:
        before = reading.context[: reading.context.find(reading.answer) + 1]
        place = min(len(_SENTENCE.split(before)), len(sentences)) - 1
    first = last = place
    size = len(sentences[place])
    while True:
        grow_left = first > 0 and (rng.random() < 0.5 or last == len(sentences) - 1)
        if not grow_left and last == len(sentences) - 1:
            break
        extra = sentences[first - 1] if grow_left else sentences[last + 1]
        size += len(extra) + 1
        if size > limit:
            break
        first, last = (first - 1, last) if grow_left else (first, last + 1)
    return " ".join(sentences[first : last + 1])


def split(readings: list[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Split into training and test readings by context; extractive tests only."""
    train = [r for r in readings if not held_out(r.context)]
    return train, [r for r in readings if held_out(r.context)]


def bare_questions(path: Path) -> list[str]:
    """Human questions without a passage, which the model must decline to answer."""
    wanted = "t0/kilt_tasks_hotpotqa_straighforward_qa"
    return sorted({row["prompt"] for row in rows(path) if row["source"] == wanted})
