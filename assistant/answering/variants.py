"""Which prompt style suits each approach? The same styles, questions and effort for all of them.

Tuning the prompt of one approach only would decide the comparison before it starts, so every
approach tries every style on the same development questions, and the effort is recorded.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.pipeline import Pipeline
from assistant.answering.prompts import prompt_variants
from assistant.errors import UsageError
from assistant.schema import Answer, Approach, Question, Score
from assistant.scoring.correctness import score

Judge = Callable[[Question, Answer], Score]


@dataclass(frozen=True, slots=True)
class VariantResult:
    """One approach with one style on the development questions."""

    approach: str
    style: str
    scored: int
    correct: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class VariantChoice:
    """What was tried and what won."""

    approaches: tuple[Approach, ...]
    """As given, each with its best style."""
    results: tuple[VariantResult, ...]
    """Every approach with every style it could be tried with."""
    questions: int
    left_out: int
    """Development questions that stand among the worked examples, and were not used."""
    generations: int
    seconds: float


def choose_variant(
    pipeline: Pipeline,
    questions: Sequence[Question],
    approaches: Sequence[Approach],
    *,
    styles: Sequence[str] | None = None,
    judge: Judge | None = None,
) -> VariantChoice:
    """Try styles on development questions and keep the best for each approach.

    Equal scores go to the plainer style (listed first).

    Args:
        pipeline: with the worked examples few-shot styles show.
        questions: development questions, none of which may be scored later.
        approaches: each is tried with every style of its model's prompt family.
        styles: None tries all of the family, plainest first.
        judge: scores an answer; None uses the `correct` rule.

    Raises:
        UsageError: no development question is left.
    """
    start = time.perf_counter()
    shown = {_plain(pair.question) for pair in pipeline.examples}
    used = [q for q in questions if _plain(q.question) not in shown and q.scorable]
    if not used:
        raise UsageError(
            f"no usable development question among {len(questions)}: they have no key, "
            "or are worked examples themselves",
            "assistant questions check",
        )
    judge = judge or _correct_rule
    results: list[VariantResult] = []
    chosen: list[Approach] = []
    for approach in approaches:
        names = list(styles) if styles is not None else list(_styles(pipeline, approach))
        tried = [replace(approach, prompt=style) for style in names]
        tallies = [_tally(pipeline, used, variant, judge) for variant in tried]
        results.extend(tallies)
        best = max(range(len(tried)), key=lambda i: (tallies[i].correct, -i))
        chosen.append(tried[best])
    return VariantChoice(
        approaches=tuple(chosen),
        results=tuple(results),
        questions=len(used),
        left_out=sum(_plain(q.question) in shown for q in questions),
        generations=len(results) * len(used),
        seconds=time.perf_counter() - start,
    )


def _styles(pipeline: Pipeline, approach: Approach) -> tuple[str, ...]:
    return prompt_variants(pipeline.template_for(approach).family)


def _tally(
    pipeline: Pipeline, questions: Sequence[Question], approach: Approach, judge: Judge
) -> VariantResult:
    answers = [row[0] for row in pipeline.answer(questions, [approach], nearest=False)]
    scores = [judge(q, a) for q, a in zip(questions, answers, strict=True)]
    return VariantResult(
        approach=approach.name,
        style=approach.prompt,
        scored=sum(s.outcome is not None for s in scores),
        correct=sum(s.correct for s in scores),
        completion_tokens=sum(a.completion_tokens for a in answers),
    )


def _correct_rule(question: Question, answer: Answer) -> Score:
    return score(question, answer.text, error=answer.error)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
