"""From numbers to a verdict: gates in order, one sentence, and what would flip it."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.decision import gates, opened
from assistant.decision.choice import Choice, Evidence, candidates, choose
from assistant.decision.costs import Crossover, Prices, cost_line, crossover, load_prices
from assistant.decision.effort import Effort
from assistant.decision.flips import what_would_flip
from assistant.decision.guard_rails import guard_rails, not_measured
from assistant.decision.records import Certainty, Recommendation, Verdict
from assistant.decision.said import joined, say
from assistant.decision.situation import Situation
from assistant.decision.training_advice import advise_training
from assistant.decision.words import lasting, percent
from assistant.evaluation.records import ApproachSummary, Contrast, RunSummary, is_helper
from assistant.evaluation.scored import ScoredAnswer
from assistant.evaluation.summary import outcomes_of
from assistant.evaluation.trainings import Trainings
from assistant.evaluation.value import value_of
from assistant.schema import Outcome, Question
from assistant.scoring.clusters import make_clusters

NOTHING_NOTED = Effort()
EVERYTHING_ASSUMED = Situation(
    assumed=frozenset(Situation.__dataclass_fields__) - frozenset({"assumed"})
)


def gather(
    summary: RunSummary, questions: Sequence[Question], scored: Iterable[ScoredAnswer]
) -> Evidence:
    """Put a summary together with what is needed to compare any two approaches.

    Args:
        summary: from `evaluation.summary.summarise`.
        questions: all questions of the run.
        scored: its scored answers, from `evaluation.scored.score_run`.
    """
    names = [a.name for a in summary.approaches if not is_helper(a.name)]
    rows = list(scored)
    every = outcomes_of(rows, names)
    headline = set.intersection(*(set(o) for o in every.values())) if every else set()
    headline &= set(summary.headline_ids)
    right, wrong = (
        {name: {q: o[q] for q in o if q in headline} for name, o in found.items()}
        for found in (every, outcomes_of(rows, names, of=Outcome.INCORRECT))
    )
    return Evidence(summary, right, make_clusters(questions).only(headline), wrong)


def recommend(
    evidence: Evidence,
    situation: Situation = EVERYTHING_ASSUMED,
    *,
    prices: Prices | None = None,
    forgetting: str = "",
    forgot: bool | None = None,
    training_minutes: float | None = None,
    effort: Effort = NOTHING_NOTED,
    curve: Sequence[str] = (),
    trainings: Sequence[Trainings] = (),
) -> Recommendation:
    """The verdict with its reasons.

    Args:
        evidence: from `gather`.
        situation: from `situation.toml`; everything unset is assumed and marked.
        prices: the price table; default: the packaged one.
        forgetting: the forgetting result in words; empty: not measured.
        forgot: whether it confirms a loss; None: not measurable.
        training_minutes: how long an adapter would take here, for runs without one.
        effort: what one-off work took where it was done.
        curve: what a learning curve of this corpus advises, if one was measured.
        trainings: what other adapters of these documents scored on the same questions.
    """
    table = prices or load_prices()
    summary = evidence.summary
    if forgot:
        evidence = replace(evidence, adapter_failed=gates.FORGOT)
    choice = choose(evidence, situation)
    lines = [
        line for a in candidates(summary) if (line := cost_line(a, situation, table)) is not None
    ]
    crossing = _crossing(summary, choice, situation, table)
    results = (
        gates.evidence_gate(summary),
        gates.prompting_gate(summary, situation),
        gates.exclusion_gate(choice, situation),
        gates.target_gate(summary, choice, situation),
        gates.comparison_gate(choice, situation),
        gates.forgetting_gate(evidence, forgetting, forgot),
        gates.cost_gate(lines, crossing, choice, situation, table.currency),
    )
    practice = gates.oracle_limits(summary)
    flips = what_would_flip(evidence, situation, choice)
    certainty = certainty_of(summary, choice)
    values = evidence.values(situation.wrong_costs) if situation.priced else {}
    contrasts = evidence.planned(situation.wrong_costs)
    return Recommendation(
        verdict=choice.verdict,
        candidate=choice.candidate,
        sentence=joined(
            " ",
            [
                _sentence(summary, choice, certainty, practice, situation),
                f"This holds for the model {_model_of(summary, choice)}.",
                *([f"It would change with: {flips[0]}."] if flips else []),
            ],
        ),
        certainty=certainty,
        model=_model_of(summary, choice),
        practice=practice,
        gates=results,
        reasons=(
            *_reasons(summary, choice, situation, effort, contrasts),
            *(f"{one}; the intervals here know nothing of that spread" for one in trainings),
        ),
        flips=flips,
        excluded=choice.excluded,
        standings=choice.standings,
        costs=tuple(lines),
        crossover=crossing,
        wrong_costs=situation.wrong_costs,
        training=advise_training(summary, situation, minutes=training_minutes, curve=curve),
        not_measured=not_measured(summary, forgetting, trainings),
        guard_rails=guard_rails(summary, situation),
        crossovers=tuple(
            found
            for a, b in itertools.combinations(candidates(summary), 2)
            if (found := crossover(a, b, situation, table)) is not None
        ),
        effort=effort,
        situation=situation,
        values={
            name: value_of(values, name, evidence.clusters, situation.wrong_costs)
            for name in values
        },
        value_contrasts=contrasts if situation.priced else (),
    )


def _crossing(
    summary: RunSummary, choice: Choice, s: Situation, prices: Prices
) -> Crossover | None:
    """Between the chosen approach and its nearest rival in the grid: rag and finetuned."""
    pair = [a for a in candidates(summary) if a.name in ("rag", "finetuned")]
    if choice.candidate in ("hybrid", "prompt"):
        other = summary.approach("rag")
        mine = summary.approach(choice.candidate)
        pair = [a for a in (other, mine) if a is not None]
    return crossover(pair[0], pair[1], s, prices) if len(pair) == 2 else None


def certainty_of(summary: RunSummary, choice: Choice) -> Certainty:
    """Indicative with little evidence, firm when the intervals settle it, else likely."""
    if summary.evidence != "firm":
        return Certainty.INDICATIVE
    return Certainty.FIRM if choice.settled else Certainty.LIKELY


def _model_of(summary: RunSummary, choice: Choice) -> str:
    if "@" in choice.candidate:
        return choice.candidate.split("@", 1)[1]
    return summary.header.model


def _sentence(
    summary: RunSummary, choice: Choice, certainty: Certainty, practice: bool, s: Situation
) -> str:
    head = "Practice verdict (the model, not the method, is the limit): " if practice else ""
    if choice.verdict is Verdict.UNCLEAR:
        return say(head, _unclear(summary, choice, s))
    if choice.verdict is Verdict.NONE:
        best = _closest(summary, choice)
        nearest = (
            say(f"; {best.name} comes nearest with ", opened.right_share(best)) if best else ""
        )
        return say(
            f"{head}None is good enough: no approach reaches {percent(s.correct)} correct with at "
            f"most {percent(s.confidently_wrong)} confidently wrong",
            nearest,
            ".",
        )
    chosen = summary.approach(choice.candidate)
    assert chosen is not None
    sure = {
        Certainty.FIRM: "",
        Certainty.LIKELY: " Likely, not settled.",
        Certainty.INDICATIVE: " Indicative only.",
    }[certainty]
    return say(
        f"{head}Use {choice.candidate}: correct on ", opened.right(chosen),
        " of your questions, confidently wrong on ", opened.wrong(chosen), _against(choice, s),
        f".{sure}",
    )  # fmt: skip


def _against(choice: Choice, s: Situation) -> str:
    priced = f" (a wrong answer costs {s.wrong_costs:g})" if s.priced else ""
    won = [x for x in choice.standings if x.challenger == choice.candidate]
    if won and won[-1].contrast.standing == "better":
        last = won[-1]
        value = " in value" if s.priced else ""
        told = f"{value} against {last.incumbent}{priced}"
        return say(", ", opened.gained(last.contrast), told)
    if choice.standings:
        rivals = " and ".join(x.challenger for x in choice.standings)
        better = "worth more" if s.priced else "better"
        return f", and {rivals} not shown to be {better} by a difference that matters{priced}"
    return ""


def _closest(summary: RunSummary, choice: Choice) -> ApproachSummary | None:
    out = {name for name, _ in choice.excluded}
    left = [a for a in candidates(summary) if a.name not in out]
    return max(left, key=lambda a: a.share.estimate, default=None)


def _unclear(summary: RunSummary, choice: Choice, s: Situation) -> str:
    if not candidates(summary):
        return "Not enough evidence: no approach was scored on any question."
    if summary.evidence == "none":
        return say(
            "Not enough evidence: ", opened.headline(summary), " questions fall into ",
            opened.clusters(summary),
            " independent clusters, and no difference can be told from fewer than 6.",
        )  # fmt: skip
    best = _closest(summary, choice)
    if best is None:
        return "Not enough evidence: your situation rules out every approach that was scored."
    return say(
        f"Not enough evidence: no approach reaches {percent(s.correct)} correct within the "
        f"limit of wrong answers, but the intervals do not rule it out; nearest is {best.name} "
        "with ", opened.right_share(best), ".",
    )  # fmt: skip


def _reasons(
    summary: RunSummary, choice: Choice, s: Situation, effort: Effort, contrasts: Sequence[Contrast]
) -> tuple[str, ...]:
    told: list[str] = []
    chosen = summary.approach(choice.candidate) if choice.candidate else None
    if chosen:
        target = "clear of" if chosen.share.low >= s.correct else "not clear of"
        limit = (
            "clear of"
            if chosen.confidently_wrong_share.high <= s.confidently_wrong
            else "not clear of"
        )
        told.append(say(
            f"{chosen.name}: correct ", opened.right_share(chosen),
            f", {target} the target of {percent(s.correct)}; confidently wrong ",
            opened.wrong_share(chosen), f", {limit} the limit of {percent(s.confidently_wrong)}",
        ))  # fmt: skip
    told += [
        say(
            f"{c.first} against {c.second}{' in value' if s.priced else ''}: {c.standing}, ",
            opened.gained(c),
        )
        for c in contrasts
    ]
    if summary.blame and (summary.blame.retrieval or summary.blame.reader):
        told.append(say(
            "where rag is not right: ", opened.blamed(summary.blame, "retrieval"),
            " times the retrieval, ", opened.blamed(summary.blame, "reader"),
            " times the reader or the reference, ",
            opened.blamed(summary.blame, "unknown"), " unknown",
        ))  # fmt: skip
    told += [f"{name} is out: {why}" for name, why in choice.excluded]
    if chosen and chosen.adapter:
        retrain = lasting(effort.training.total if effort.training else None)
        told.append(
            f"{chosen.name} is tied to {summary.header.model}: swapping the model, or a changed "
            f"document, costs a retrain ({retrain} here)"
        )
        if s.sensitive_data:
            told.append(
                "the documents are sensitive: an adapter can repeat what it was trained on and "
                "needs the same protection as they do"
            )
    return tuple(told)
