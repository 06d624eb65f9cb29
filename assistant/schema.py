"""The words of the product: frozen records that cross module borders. Standard library only."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

# ---- documents ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text it governs, as character offsets into `Document.text`."""

    heading_path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One readable file, converted to plain text; every offset refers to `text`."""

    id: str
    """Path relative to the documents folder, POSIX separators; stable across machines."""
    title: str
    text: str
    sha256: str
    """Of the source bytes, hex."""
    media: str
    """markdown, text, html, pdf, docx or csv."""
    sections: tuple[Section, ...] = ()
    pages: tuple[int, ...] = ()
    """Start offset of each page, page 1 first; empty when the format has no pages."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Front matter, values as text."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be used, and why, in one line."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one document that fits the embedder together with its title and heading path."""

    id: str
    """Hash of document id, heading path, text and occurrence: unchanged text keeps its id."""
    document_id: str
    title: str
    heading_path: tuple[str, ...]
    text: str
    start: int
    end: int
    page: int | None = None

    @property
    def header(self) -> str:
        """Title and heading path in one line, as embedded and as shown to the model."""
        path = [h for h in self.heading_path if h and h != self.title]
        return " > ".join([self.title, *path]) if self.title else " > ".join(path)

    @property
    def indexed_text(self) -> str:
        """What the embedder and the keyword store read."""
        return f"{self.header}\n{self.text}" if self.header else self.text

    @property
    def source(self) -> str:
        """`path#heading` (or `path` where the chunk has no heading)."""
        return (
            f"{self.document_id}#{self.heading_path[-1]}" if self.heading_path else self.document_id
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved chunk with every score by name. Higher is better for all of them."""

    chunk: Chunk
    score: float
    """The fused score the ranking uses."""
    dense: float | None = None
    """Cosine similarity of question and chunk, -1..1."""
    dense_rank: int | None = None
    keyword: float | None = None
    """BM25, >= 0 (sign turned so that higher is better)."""
    keyword_rank: int | None = None


# ---- questions ---------------------------------------------------------------------------------

CheckType = Literal["regex", "one_of", "json_schema", "contains", "not_contains", "max_words"]


@dataclass(frozen=True, slots=True)
class Check:
    """A mechanical test of an answer's text."""

    type: CheckType
    value: Any
    """regex: str; one_of: list[str]; json_schema: object; contains / not_contains: str;
    max_words: int."""


_PATH = re.compile(r"(.*?\.[A-Za-z][A-Za-z0-9]{0,7})(?:#(.*))?", re.DOTALL)


def split_source(source: str) -> tuple[str, str]:
    """`path#heading` -> (path, heading); the heading is empty where only the path is given.

    A `#` may stand in the name of a file too (`notes #2.md#Prices`): the heading begins at the
    first one behind a file extension. A path without any extension ends at its first `#`.
    """
    match = _PATH.fullmatch(source)
    path, _, heading = source.partition("#")
    return (match[1], match[2] or "") if match else (path, heading)


@dataclass(frozen=True, slots=True)
class Question:
    """One gold question. Two wordings of one fact share `group`."""

    id: str
    question: str
    references: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    answerable: bool = True
    sources: tuple[str, ...] = ()
    """`path` or `path#heading`, relative to the documents folder."""
    group: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()

    @property
    def scorable(self) -> bool:
        """Whether the `correct` rule has anything to compare with."""
        return bool(self.references or self.must or self.checks) or not self.answerable


# ---- generation --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Message:
    """One chat turn."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Row:
    """One prompt of a batch and the adapter version that answers it (None: the base model)."""

    messages: tuple[Message, ...]
    adapter: str | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """What a model returned for one row."""

    text: str
    prompt_tokens: int
    completion_tokens: int
    finish: Literal["stop", "length", "cancelled", "error"]
    error: str = ""
    seconds: float = 0.0
    """Wall clock of the batch until this row ended."""
    first_token_seconds: float | None = None


class Generator(Protocol):
    """Anything that turns prompts into text: the local engine, a remote chat model, a fake."""

    @property
    def model(self) -> str:
        """Name a reader recognises, for example `embedded` or `ollama:llama3.2`."""

    @property
    def fingerprint(self) -> str:
        """Hash that changes when the weights (or the remote model name) change."""

    @property
    def dtype(self) -> str:
        """`float32`, `bfloat16`, or `remote`."""

    @property
    def context_tokens(self) -> int:
        """Largest prompt the model reads."""

    @property
    def supports_adapters(self) -> bool:
        """Whether rows may name an adapter."""

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Prompt length in this model's own tokens, special tokens included."""

    def generate(
        self,
        rows: Sequence[Row],
        *,
        max_new_tokens: int,
        on_text: Callable[[int, str], None] | None = None,
        cancelled: Callable[[int], bool] | None = None,
    ) -> list[Generation]:
        """One generation a row, in order. Greedy.

        Args:
            rows: decoded together in one batch where the model can.
            max_new_tokens: cap for every row.
            on_text: called with (row number, text so far) as text arrives.
            cancelled: asked between tokens with the row number; true ends that row.

        Raises:
            ModelError: when nothing could be generated at all; one bad row is `finish="error"`.
        """


# ---- answering ---------------------------------------------------------------------------------

PassageMode = Literal["none", "retrieved", "gold", "all"]


@dataclass(frozen=True, slots=True)
class Approach:
    """A way of answering, as data."""

    name: str
    prompt: str
    """Name of a prompt template in `assistant.answering.prompts`."""
    passages: PassageMode = "none"
    adapter: str | None = None
    """Adapter version id; None is the base model."""
    model: str | None = None
    """None: the workspace's base model. Anything else makes this a candidate on another model."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as placed in a prompt, numbered from 1."""

    number: int
    chunk: Chunk
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage an answer rests on, found mechanically (or written by the model and verified)."""

    number: int
    chunk_id: str
    supported: bool
    """Whether the passage contains the answer's value."""
    written_by_model: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One approach's answer to one question."""

    question_id: str
    approach: str
    text: str
    passages: tuple[Passage, ...] = ()
    """What the model was shown, in prompt order."""
    dropped_passages: int = 0
    """Whole passages left out because the token budget was spent."""
    nearest: tuple[Passage, ...] = ()
    """For approaches without passages: nearest chunks, not used by the model."""
    citations: tuple[Citation, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    finish: str = "stop"
    error: str = ""
    seconds: float | None = None
    first_token_seconds: float | None = None
    model: str = ""
    adapter: str | None = None
    index: str | None = None
    """Index version id the passages came from."""
    prompt_hash: str = ""
    messages: tuple[Message, ...] = ()
    """The exact prompt, for the reader who asks."""
    written: str = ""
    """As the model wrote it (citation marks, reasoning), where that differs from `text`."""


# ---- scoring -----------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What became of one answer. A question without a key has no outcome (None), never a zero."""

    CORRECT = "correct"
    INCORRECT = "incorrect"
    ABSTAINED = "abstained"


class WrongKind(StrEnum):
    """How an attempted answer is wrong."""

    UNANSWERABLE = "answered an unanswerable question"
    WRONG_VALUE = "wrong value of the right type"
    NEAR_TWIN = "value of a near-twin"
    UNSUPPORTED = "cited a passage that does not say it"
    FORMAT = "broke a format check"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Score:
    """One answer against one question's key."""

    outcome: Outcome | None
    """None: not scored (no key, or the model failed); kept out of every mean and counted."""
    explanation: str
    wrong_kind: WrongKind | None = None
    exact_match: float | None = None
    f1: float | None = None
    format_ok: bool | None = None
    """For questions with format checks: did the answer follow the format?"""
    graded: bool = False
    """True when a person's grade decided."""

    @property
    def correct(self) -> bool:
        """Declining an unanswerable question is correct; see `scoring.correctness`."""
        return self.outcome is Outcome.CORRECT


# ---- fine-tuning -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """A value found in a chunk, with where it stands and what it is about."""

    id: str
    document_id: str
    chunk_id: str
    start: int
    end: int
    """Offsets of the value into `Document.text`."""
    value: str
    kind: str
    """number, date, code, name, email, definition, table_cell, key_value, heading, model."""
    subject: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and answer used for training."""

    id: str
    question: str
    answer: str
    fact_id: str = ""
    document_id: str = ""
    chunk_id: str = ""
    variant: str = ""
    """question, reverse, statement, cloze, refusal, refusal passages, passages, user, replay."""
    passages: tuple[Chunk, ...] = ()
    """For rows trained with passages (gold and distractors, shuffled)."""
    tags: tuple[str, ...] = ()
