"""One question asked one way: everything up to the moment the model is called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from assistant.answering.passages import Selector, block_message, fit
from assistant.answering.prompts import PromptTemplate, passage_block, render
from assistant.errors import AssistantError
from assistant.schema import Approach, Generator, Message, Pair, Passage, Question

Setup = tuple[Generator, PromptTemplate]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid question x approach."""

    question_number: int
    question: Question
    approach: Approach
    setup: Setup | None = None
    """None: there is nothing to generate, see `error`."""
    messages: tuple[Message, ...] = ()
    passages: tuple[Passage, ...] = ()
    dropped: int = 0
    nearest: tuple[Passage, ...] = ()
    prompt_hash: str = ""
    error: str = ""


class CellMaker:
    """Prepares cells; remembers how many tokens a passage has in which model.

    Args:
        setup_of: generator and template of an approach; may raise `AssistantError`.
        examples: worked examples for few-shot templates.
    """

    def __init__(self, setup_of: Callable[[Approach], Setup], examples: Sequence[Pair]) -> None:
        self._setup_of = setup_of
        self._examples = tuple(examples)
        self._block_tokens: dict[tuple[str, str, str, str], int] = {}

    def make(
        self,
        number: int,
        question: Question,
        approach: Approach,
        selector: Selector,
        nearest: bool,
    ) -> Cell:
        """A cell; whatever goes wrong while preparing it becomes its `error`."""
        try:
            return self._make(number, question, approach, selector, nearest)
        except AssistantError as error:
            return Cell(number, question, approach, error=str(error))
        except Exception as error:  # one bad question must not stop the others
            problem = f"the prompt could not be prepared: {type(error).__name__}: {error}"
            return Cell(number, question, approach, error=problem[:400])

    def _make(
        self,
        number: int,
        question: Question,
        approach: Approach,
        selector: Selector,
        nearest: bool,
    ) -> Cell:
        setup = self._setup_of(approach)
        _, template = setup
        selection = selector.select(question, approach.passages)
        if selection.error:
            return Cell(number, question, approach, error=selection.error)
        closed = approach.passages == "none"
        shown, dropped = self._fit(
            setup, question, selection.passages, leading=approach.passages == "all"
        )
        return Cell(
            number,
            question,
            approach,
            setup,
            messages=render(template, question.question, shown, self._examples),
            passages=shown,
            dropped=dropped,
            nearest=selector.nearest(question) if closed and nearest else (),
            prompt_hash=prompt_hash(template, self._examples),
        )

    def _fit(
        self, setup: Setup, question: Question, passages: tuple[Passage, ...], *, leading: bool
    ) -> tuple[tuple[Passage, ...], int]:
        generator, template = setup
        if not passages:
            return (), 0

        def block_tokens(passage: Passage) -> int:
            key = generator.model, generator.fingerprint, template.hash, passage.chunk.id
            if key not in self._block_tokens:
                text = passage_block(template, passage)
                self._block_tokens[key] = generator.count_tokens(block_message(text))
            return self._block_tokens[key]

        return fit(
            passages,
            budget=generator.context_tokens,
            count=lambda shown: generator.count_tokens(
                render(template, question.question, shown, self._examples)
            ),
            block_tokens=block_tokens,
            stop_at_misfit=leading,
        )


def prompt_hash(template: PromptTemplate, examples: Sequence[Pair]) -> str:
    """Version of a prompt: its template and the worked examples it shows, 12 hex digits."""
    used = [f"{p.question}\x1f{p.answer}" for p in examples[: template.examples]]
    return sha256("\x1e".join([template.hash, *used]).encode()).hexdigest()[:12]
