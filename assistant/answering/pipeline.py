"""The one pipeline: select passages, render, generate all rows in one batch per model, cite.

passages = select(question, approach.passages)
messages = render(template, question, passages, examples)
texts    = generator.generate([Row(messages, adapter), ...])
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.answering.cells import Cell, CellMaker, Setup
from assistant.answering.citations import find_citations, strip_citations
from assistant.answering.passages import PassageSource, Selector
from assistant.answering.prompts import PromptTemplate, final_answer, find_template
from assistant.errors import AssistantError, UsageError
from assistant.schema import Answer, Approach, Generation, Generator, Pair, Passage, Question, Row

OnText = Callable[[int, str, str], None]
Cancelled = Callable[[int, str], bool]
_TRIES = 3


class Pipeline:
    """Answers questions with approaches. Safe to use from several threads.

    Args:
        generator: the base model.
        retriever: the index, or None where there is none (approaches with passages then fail).
        candidates: generators of approaches with `model` set, by that name.
        k: passages per question.
        max_new_tokens: answer cap, the same for every approach (a reasoning template adds room).
        examples: worked examples for few-shot templates, the same for every approach.
        answers_family: `embedded` or `chat`; None asks the generator.
    """

    def __init__(
        self,
        generator: Generator,
        retriever: PassageSource | None = None,
        *,
        candidates: Mapping[str, Generator] | None = None,
        k: int = 5,
        max_new_tokens: int = 48,
        examples: Sequence[Pair] = (),
        answers_family: str | None = None,
    ) -> None:
        self.generator = generator
        self.retriever = retriever
        self.candidates = dict(candidates or {})
        self.k = k
        self.max_new_tokens = max_new_tokens
        self.examples = tuple(examples)
        self._family = answers_family
        self._maker = CellMaker(self._setup, self.examples)
        self._everything: dict[str, tuple[Passage, ...]] = {}

    def answer(
        self,
        questions: Sequence[Question],
        approaches: Sequence[Approach],
        *,
        on_text: OnText | None = None,
        cancelled: Cancelled | None = None,
        nearest: bool = True,
    ) -> list[list[Answer]]:
        """Answer every question with every approach; all rows of a model in one batch.

        Whatever goes wrong with one question or one model is an `Answer` with `error`.

        Args:
            questions: any number.
            approaches: any number; their names should differ.
            on_text: called with (question number, approach name, text so far).
            cancelled: asked with (question number, approach name) between tokens.
            nearest: give answers without passages the chunks nearest to the question, which the
                model did not see.

        Returns:
            One list a question, in order, with one answer an approach, in order.
        """
        cells, index = self._cells(questions, approaches, nearest)
        generations = [Generation("", 0, 0, "error", cell.error) for cell in cells]
        groups: dict[tuple[int, int], list[int]] = {}
        for place, cell in enumerate(cells):
            if cell.setup is not None:
                generator, template = cell.setup
                cap = self.max_new_tokens + template.extra_tokens
                groups.setdefault((id(generator), cap), []).append(place)
        for (_, cap), places in groups.items():
            found = _generate([cells[p] for p in places], cap, on_text, cancelled)
            for place, generation in zip(places, found, strict=True):
                generations[place] = generation
        answers = [_answer(c, g, index) for c, g in zip(cells, generations, strict=True)]
        width = len(approaches)
        return [answers[i * width : (i + 1) * width] for i in range(len(questions))]

    def template_for(self, approach: Approach) -> PromptTemplate:
        """The prompt template an approach is asked with.

        Raises:
            UsageError: the model is not open here, or its family has no such template.
            ModelError: the model cannot be loaded.
        """
        return self._setup(approach)[1]

    def _setup(self, approach: Approach) -> Setup:
        if approach.model is None:
            family = self._family or family_of(self.generator)
            return self.generator, find_template(approach.prompt, family)
        if approach.model not in self.candidates:
            raise UsageError(
                f"approach {approach.name} needs model {approach.model}, which is not set up",
                f'candidates = ["{approach.model}"] under [model] in assistant.toml',
            )
        generator = self.candidates[approach.model]
        return generator, find_template(approach.prompt, family_of(generator))

    def _cells(
        self, questions: Sequence[Question], approaches: Sequence[Approach], nearest: bool
    ) -> tuple[list[Cell], str | None]:
        """Every cell of the grid, all from one index version, and its id."""
        for _ in range(_TRIES):
            version = self._version()
            selector = Selector(self.retriever, self.k, self._everything)
            cells = [
                self._maker.make(number, question, approach, selector, nearest)
                for number, question in enumerate(questions)
                for approach in approaches
            ]
            if self._version() == version:
                break  # else a reindex came in between: passages of two versions must not mix
        return cells, version

    def _version(self) -> str | None:
        try:
            return self.retriever.version if self.retriever is not None else None
        except AssistantError:
            return None  # each approach that needs the index reports it


def family_of(generator: Generator) -> str:
    """Prompt family of a model; every model but the packaged one is prompted as a chat model."""
    return str(getattr(generator, "prompt_family", "chat"))


def _generate(
    cells: Sequence[Cell], cap: int, on_text: OnText | None, cancelled: Cancelled | None
) -> list[Generation]:
    """Rows of one model in one batch."""
    assert cells[0].setup is not None
    generator = cells[0].setup[0]
    names = [(cell.question_number, cell.approach.name) for cell in cells]
    try:
        return generator.generate(
            [Row(cell.messages, cell.approach.adapter) for cell in cells],
            max_new_tokens=cap,
            on_text=(lambda row, text: on_text(*names[row], text)) if on_text else None,
            cancelled=(lambda row: cancelled(*names[row])) if cancelled else None,
        )
    except AssistantError as error:
        return [Generation("", 0, 0, "error", str(error))] * len(cells)


def _answer(cell: Cell, generation: Generation, index: str | None) -> Answer:
    written = generation.text
    said = final_answer(cell.setup[1], written) if cell.setup is not None else written
    text = strip_citations(said) if cell.passages else said
    failed = generation.finish == "error"
    return Answer(
        question_id=cell.question.id,
        approach=cell.approach.name,
        text=text,
        written=written if written != text else "",
        passages=cell.passages,
        dropped_passages=cell.dropped,
        nearest=cell.nearest,
        citations=() if failed else find_citations(said, cell.passages),
        prompt_tokens=generation.prompt_tokens,
        completion_tokens=generation.completion_tokens,
        finish=generation.finish,
        error=generation.error,
        seconds=None if failed else generation.seconds,
        first_token_seconds=generation.first_token_seconds,
        model=cell.setup[0].model if cell.setup is not None else "",
        adapter=cell.approach.adapter,
        index=index if cell.passages or cell.nearest else None,
        prompt_hash=cell.prompt_hash,
        messages=cell.messages,
    )
