"""The one pipeline: select passages, render, generate all rows in one batch per model, cite.

passages = select(question, approach.passages)
messages = render(template, question, passages, examples)
texts    = generator.generate([Row(messages, adapter), ...])
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from assistant.answering.citations import find_citations, strip_citations
from assistant.answering.passages import PassageSource, Selector, block_message, fit
from assistant.answering.prompts import (
    PromptTemplate,
    final_answer,
    find_template,
    passage_block,
    render,
)
from assistant.errors import AssistantError, UsageError
from assistant.schema import (
    Answer,
    Approach,
    Generation,
    Generator,
    Message,
    Pair,
    Passage,
    Question,
    Row,
)

OnText = Callable[[int, str, str], None]
Cancelled = Callable[[int, str], bool]


@dataclass(frozen=True, slots=True)
class _Job:
    """One cell of the grid question x approach, ready to be generated."""

    question_number: int
    question: Question
    approach: Approach
    generator: Generator | None
    template: PromptTemplate | None = None
    messages: tuple[Message, ...] = ()
    passages: tuple[Passage, ...] = ()
    dropped: int = 0
    nearest: tuple[Passage, ...] = ()
    prompt_hash: str = ""
    error: str = ""


class Pipeline:
    """Answers questions with approaches.

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
        self._block_tokens: dict[tuple[int, str, str], int] = {}

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
        selector = Selector(self.retriever, self.k)
        jobs = [
            self._prepare(number, question, approach, selector, nearest)
            for number, question in enumerate(questions)
            for approach in approaches
        ]
        answers: list[Answer | None] = [None] * len(jobs)
        groups: dict[tuple[int, int], list[int]] = {}
        for place, job in enumerate(jobs):
            if job.error or job.generator is None or job.template is None:
                answers[place] = self._answer(job, Generation("", 0, 0, "error", job.error))
            else:
                key = id(job.generator), self.max_new_tokens + job.template.extra_tokens
                groups.setdefault(key, []).append(place)
        for (_, cap), places in groups.items():
            batch = [jobs[p] for p in places]
            for place, generation in zip(
                places, self._generate(batch, cap, on_text, cancelled), strict=True
            ):
                answers[place] = self._answer(jobs[place], generation)
        width = len(approaches)
        flat = [a for a in answers if a is not None]
        return [flat[i * width : (i + 1) * width] for i in range(len(questions))]

    def template_for(self, approach: Approach) -> PromptTemplate:
        """The prompt template an approach is asked with.

        Raises:
            UsageError: the model is not open here, or its family has no such template.
        """
        generator = self._generator_of(approach)
        family = self._family if generator is self.generator else None
        return find_template(approach.prompt, family or family_of(generator))

    def _generator_of(self, approach: Approach) -> Generator:
        if approach.model is None:
            return self.generator
        if approach.model not in self.candidates:
            raise UsageError(
                f"approach {approach.name} needs model {approach.model}, which is not set up",
                f'candidates = ["{approach.model}"] under [model] in assistant.toml',
            )
        return self.candidates[approach.model]

    def _prepare(
        self,
        number: int,
        question: Question,
        approach: Approach,
        selector: Selector,
        nearest: bool,
    ) -> _Job:
        shown: tuple[Passage, ...] = ()
        near: tuple[Passage, ...] = ()
        dropped = 0
        try:
            generator = self._generator_of(approach)
            template = self.template_for(approach)
            if approach.passages == "none":
                near = selector.nearest(question) if nearest else ()
            else:
                selection = selector.select(question, approach.passages)
                if selection.error:
                    return _Job(number, question, approach, None, error=selection.error)
                shown, dropped = self._fit(generator, template, question, selection.passages,
                                           approach.passages == "all")  # fmt: skip
            return _Job(
                number, question, approach, generator, template,
                messages=render(template, question.question, shown, self.examples),
                passages=shown, dropped=dropped, nearest=near,
                prompt_hash=prompt_hash(template, self.examples),
            )  # fmt: skip
        except AssistantError as error:
            return _Job(number, question, approach, None, error=str(error))

    def _fit(
        self,
        generator: Generator,
        template: PromptTemplate,
        question: Question,
        passages: tuple[Passage, ...],
        leading: bool,
    ) -> tuple[tuple[Passage, ...], int]:
        def block_tokens(passage: Passage) -> int:
            key = id(generator), template.hash, passage.chunk.id
            if key not in self._block_tokens:
                text = passage_block(template, passage)
                self._block_tokens[key] = generator.count_tokens(block_message(text))
            return self._block_tokens[key]

        return fit(
            passages,
            budget=generator.context_tokens,
            count=lambda shown: generator.count_tokens(
                render(template, question.question, shown, self.examples)
            ),
            block_tokens=block_tokens,
            stop_at_misfit=leading,
        )

    def _generate(
        self,
        jobs: list[_Job],
        cap: int,
        on_text: OnText | None,
        cancelled: Cancelled | None,
    ) -> list[Generation]:
        generator = jobs[0].generator
        assert generator is not None
        names = [(job.question_number, job.approach.name) for job in jobs]
        try:
            return generator.generate(
                [Row(job.messages, job.approach.adapter) for job in jobs],
                max_new_tokens=cap,
                on_text=(lambda row, text: on_text(*names[row], text)) if on_text else None,
                cancelled=(lambda row: cancelled(*names[row])) if cancelled else None,
            )
        except AssistantError as error:
            return [Generation("", 0, 0, "error", str(error))] * len(jobs)

    def _answer(self, job: _Job, generation: Generation) -> Answer:
        written = generation.text
        said = final_answer(job.template, written) if job.template else written
        text = strip_citations(said) if job.passages else said
        failed = generation.finish == "error"
        return Answer(
            question_id=job.question.id,
            approach=job.approach.name,
            text=text,
            written=written if written != text else "",
            passages=job.passages,
            dropped_passages=job.dropped,
            nearest=job.nearest,
            citations=() if failed else find_citations(said, job.passages),
            prompt_tokens=generation.prompt_tokens,
            completion_tokens=generation.completion_tokens,
            finish=generation.finish,
            error=generation.error,
            seconds=None if failed else generation.seconds,
            first_token_seconds=generation.first_token_seconds,
            model=_name(job.generator),
            adapter=job.approach.adapter,
            index=self._index_of(job),
            prompt_hash=job.prompt_hash,
            messages=job.messages,
        )

    def _index_of(self, job: _Job) -> str | None:
        if self.retriever is None or not (job.passages or job.nearest):
            return None
        return self.retriever.version


def family_of(generator: Generator) -> str:
    """Prompt family of a model; every model but the packaged one is prompted as a chat model."""
    return str(getattr(generator, "prompt_family", "chat"))


def prompt_hash(template: PromptTemplate, examples: Sequence[Pair]) -> str:
    """Version of a prompt: its template and the worked examples it shows."""
    used = [f"{p.question}\x1f{p.answer}" for p in examples[: template.examples]]
    return sha256("\x1e".join([template.hash, *used]).encode()).hexdigest()[:12]


def _name(generator: Generator | None) -> str:
    return generator.model if generator is not None else ""
