"""Prompt templates: read from `templates/`, named, hashed, rendered into chat messages.

Two families. `embedded` holds the exact texts the packaged model was trained on; `chat` is for
every other model and carries role, output format and do-nots in the system turn. Within a family
every approach gets the same instructions; only the sentence about the source differs.
"""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.errors import UsageError
from assistant.schema import Chunk, Message, Pair, Passage

REFUSAL = "I don't know."
"""What every template asks for when the source does not say."""
MARK_OPEN, MARK_CLOSE = "«", "»"
FAMILIES = ("embedded", "chat")
_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """A way of asking.

    Placeholders: {question} and {passages} in a turn; {number}, {header} and {text} in a passage.
    """

    family: str
    style: str
    system: str
    """Empty: no system turn. {source_rule} is replaced by one of the two rules."""
    closed_rule: str
    passages_rule: str
    question: str
    with_passages: str
    passage: str
    between_passages: str
    examples: int
    """How many worked examples are shown, at most."""
    extra_tokens: int
    """Room for reasoning, on top of the answer cap."""
    answer_line: str
    """Where the model reasons first: how the line with the answer starts."""
    hash: str
    """Version: first 12 hex digits of the template file's SHA-256."""

    @property
    def name(self) -> str:
        """`family-style`."""
        return f"{self.family}-{self.style}"


@cache
def templates() -> dict[str, PromptTemplate]:
    """All packaged templates by name."""
    found: dict[str, PromptTemplate] = {}
    folder = resources.files("assistant.answering") / "templates"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            content = file.read_text("utf-8").replace("\r\n", "\n")
            fields = {"closed_rule": "", "passages_rule": "", **tomllib.loads(content)}
            digest = hashlib.sha256(content.encode()).hexdigest()[:12]
            template = PromptTemplate(**fields, hash=digest)
            found[template.name] = template
    return found


def find_template(style: str, family: str) -> PromptTemplate:
    """A template by style within a family, or by its full name.

    Raises:
        UsageError: naming the styles the family has.
    """
    known = templates()
    template = known.get(f"{family}-{style}") or known.get(style)
    if template is None:
        styles = ", ".join(prompt_variants(family)) or f"(families: {', '.join(FAMILIES)})"
        raise UsageError(f"no {family} prompt {style!r}, expected one of {styles}", "zero-shot")
    return template


def prompt_variants(family: str) -> tuple[str, ...]:
    """Styles of a family, plainest first."""
    plain_first = sorted(
        (t for t in templates().values() if t.family == family),
        key=lambda t: (t.extra_tokens, t.examples, t.style),
    )
    return tuple(t.style for t in plain_first)


def render(
    template: PromptTemplate,
    question: str,
    passages: Sequence[Passage] = (),
    examples: Sequence[Pair] = (),
) -> tuple[Message, ...]:
    """The conversation that asks one question.

    Args:
        template: how.
        question: the question as written.
        passages: in prompt order, numbered as they are to be cited; may be empty.
        examples: worked examples; the first `template.examples` become earlier turns. Examples
            that bring passages show them only when this question has passages too.
    """
    messages: list[Message] = []
    if template.system:
        rule = template.passages_rule if passages else template.closed_rule
        messages.append(Message("system", template.system.strip().replace("{source_rule}", rule)))
    for pair in examples[: template.examples]:
        shown = number_passages(pair.passages) if passages else ()
        messages.append(Message("user", user_turn(template, pair.question, shown)))
        messages.append(Message("assistant", pair.answer))
    messages.append(Message("user", user_turn(template, question, passages)))
    return tuple(messages)


def user_turn(template: PromptTemplate, question: str, passages: Sequence[Passage]) -> str:
    """The text of one user turn."""
    if not passages:
        return template.question.format(question=question)
    blocks = template.between_passages.join(passage_block(template, p) for p in passages)
    return template.with_passages.format(question=question, passages=blocks)


def passage_block(template: PromptTemplate, passage: Passage) -> str:
    """One passage as placed in a prompt."""
    return template.passage.format(
        number=passage.number, header=passage.chunk.header, text=passage.chunk.text
    )


def number_passages(chunks: Sequence[Chunk]) -> tuple[Passage, ...]:
    """Chunks numbered from 1."""
    return tuple(Passage(number, chunk) for number, chunk in enumerate(chunks, start=1))


def final_answer(template: PromptTemplate, text: str) -> str:
    """The answer in what a model wrote: all of it, or its last `Answer:` line.

    Reasoning between <think> tags, which some models write unasked, is left out. A model that never
    reached its answer keeps the whole text, so that it is judged on what it said.
    """
    if template.family == "chat":
        text = _THINKING.sub("", text).strip() or text
    if not template.answer_line:
        return text
    cue = template.answer_line.casefold()
    lines = text.splitlines()
    for number in range(len(lines) - 1, -1, -1):
        plain = lines[number].lstrip(" *#>-_`")
        if plain.casefold().startswith(cue):
            first = plain[len(cue) :].lstrip(" *_")
            return "\n".join([first, *lines[number + 1 :]]).strip().rstrip("*_ ")
    return text


def ask(header: str, text: str, start: int, end: int) -> tuple[Message, ...]:
    """Ask the embedded model for a question whose answer is `text[start:end]`.

    Raises:
        ValueError: the span is empty or outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}:{end} is not inside a text of {len(text)} characters")
    value = text[start:end]
    marked = text[:start] + MARK_OPEN + value + MARK_CLOSE + text[end:]
    return (Message("user", f"Ask about: {value}\n\n{header}\n{marked}"),)


def reword(question: str) -> tuple[Message, ...]:
    """Ask the embedded model for another wording of a question."""
    return (Message("user", f"Reword: {question}"),)
