"""What would change the verdict: found by deciding again under other circumstances."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant.decision.choice import Choice, Evidence, choose
from assistant.decision.records import Verdict
from assistant.decision.situation import Situation
from assistant.decision.words import percent

_TARGETS = tuple(x / 100 for x in range(30, 100, 5))
_COSTS = (0.0, *(x * scale / 100 for scale in (1, 10, 100) for x in range(10, 100)), 100.0)
"""0, then 0.1 to 100 in two digits."""
_LIMITS = (0.02, 0.05, 0.10, 0.15, 0.20, 0.30, 0.40)


def what_would_flip(evidence: Evidence, s: Situation, choice: Choice) -> tuple[str, ...]:
    """Sentences, each one change that gives another verdict; nearest change first of its kind."""
    found = [*_by_target(evidence, s, choice), *_by_limit(evidence, s, choice)]
    found += list(_by_wrong_costs(evidence, s, choice))
    found += list(_by_switch(evidence, s, choice))
    found += _by_questions(choice)
    return tuple(found)


def _differs(evidence: Evidence, s: Situation, choice: Choice) -> Choice | None:
    other = choose(evidence, s)
    return other if (other.verdict, other.candidate) != (choice.verdict, choice.candidate) else None


def _by_target(evidence: Evidence, s: Situation, choice: Choice) -> Iterator[str]:
    for step, word in ((1, "raised"), (-1, "lowered")):
        targets = sorted((t for t in _TARGETS if (t - s.correct) * step > 1e-9), reverse=step < 0)
        for target in targets:
            other = _differs(evidence, replace(s, correct=target), choice)
            if other:
                yield f"a target {word} to {percent(target)} correct: {_name(other)}"
                break


def _by_limit(evidence: Evidence, s: Situation, choice: Choice) -> Iterator[str]:
    for step, word in ((1, "raised"), (-1, "lowered")):
        limits = sorted(
            (x for x in _LIMITS if (x - s.confidently_wrong) * step > 1e-9), reverse=step < 0
        )
        for limit in limits:
            other = _differs(evidence, replace(s, confidently_wrong=limit), choice)
            if other:
                yield f"a limit of wrong answers {word} to {percent(limit)}: {_name(other)}"
                break


def _by_wrong_costs(evidence: Evidence, s: Situation, choice: Choice) -> Iterator[str]:
    """The nearest costs of a wrong answer, below and above, at which another approach wins."""
    if not s.priced or len(choice.acceptable) < 2:
        return

    def other(cost: float) -> Choice | None:
        return _differs(evidence, replace(s, wrong_costs=cost), choice)

    for costs in (
        [x for x in reversed(_COSTS) if x < s.wrong_costs],
        [x for x in _COSTS if x > s.wrong_costs],
    ):
        same, flips, step = -1, -1, 1
        while flips < 0 and same < len(costs) - 1:  # stride on until it flips
            at = min(same + step, len(costs) - 1)
            same, flips, step = (same, at, step) if other(costs[at]) else (at, flips, step * 2)
        while flips - same > 1:  # halve what is between
            at = (same + flips) // 2
            same, flips = (same, at) if other(costs[at]) else (at, flips)
        if flips >= 0 and (found := other(costs[flips])):
            now = f"{s.wrong_costs:g}"
            yield f"if a wrong answer cost {costs[flips]:g} instead of {now}: {_name(found)}"


def _by_switch(evidence: Evidence, s: Situation, choice: Choice) -> Iterator[str]:
    variants: list[tuple[str, Situation]] = []
    words = {
        "sources_required": ("answers had to show sources", "answers need not show sources"),
        "access_rights": ("some readers may not see all documents", "everyone may see everything"),
        "can_serve_weights": ("there is somewhere to serve an adapter",
                              "there were nowhere to serve an adapter"),
    }  # fmt: skip
    for name, (when_true, when_false) in words.items():
        value = not getattr(s, name)
        variants.append((when_true if value else when_false, _with(s, name, value)))
    if s.refresh_days >= s.retrain_days:
        days = max(s.retrain_days / 2, 0.5)
        variants.append((f"facts changed every {days:g} days", replace(s, refresh_days=days)))
    else:
        variants.append(
            ("you could retrain as often as facts change", replace(s, retrain_days=s.refresh_days))
        )
    for said, variant in variants:
        other = _differs(evidence, variant, choice)
        if other:
            yield f"if {said}: {_name(other)}"


def _with(s: Situation, name: str, value: bool) -> Situation:
    change: Any = {name: value}
    return replace(s, **change)


def _by_questions(choice: Choice) -> list[str]:
    told = []
    for x in choice.standings:
        if x.contrast.standing == "undecided" and x.contrast.needed:
            more = "more than " if x.contrast.needed.capped else "about "
            told.append(
                f"{more}{x.contrast.needed.questions:,} questions in all would settle "
                f"{x.challenger} against {x.incumbent}"
            )
    return told


def _name(choice: Choice) -> str:
    named = choice.candidate or choice.verdict.value
    return named if choice.verdict is not Verdict.UNCLEAR else "not enough evidence"
