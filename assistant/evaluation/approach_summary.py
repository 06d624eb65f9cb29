"""One approach on one run, counted."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean

from assistant.evaluation.records import Abstention, ApproachSummary, Count, Latency, is_helper
from assistant.evaluation.runs import Timing
from assistant.evaluation.scored import ScoredAnswer, ungrounded_values
from assistant.evaluation.strata import Stratum
from assistant.schema import Approach, Chunk, Outcome, Question, split_source
from assistant.scoring.clusters import Clusters
from assistant.scoring.retrieval_metrics import recall_at_k, reciprocal_rank, source_matches
from assistant.scoring.statistics import share_interval

SMALLEST_KIND = 5
"""A kind of question with fewer than this cannot be called the worst."""


def summarise_approach(
    approach: Approach,
    rows: Sequence[ScoredAnswer],
    clusters: Clusters,
    timings: Sequence[Timing],
    strata: Mapping[str, Stratum],
    *,
    k: int,
    all_rows: Sequence[ScoredAnswer],
) -> ApproachSummary:
    """Count one approach.

    Args:
        approach: the approach.
        rows: its answers to the headline's questions.
        clusters: clusters of the headline's questions.
        timings: its isolated timings.
        strata: question id -> relation to the training pairs; empty when there are none.
        k: passages per question.
        all_rows: its answers to all questions, for strata and failures.
    """
    scored = [r for r in rows if r.score.outcome is not None]
    correct = [r for r in scored if r.score.correct]
    wrong = [r for r in scored if r.score.outcome is Outcome.INCORRECT]
    formatted = [r for r in scored if r.score.format_ok is not None]
    tasks = [r for r in scored if r.question.checks]
    kinds = _by(scored, lambda r: r.question.kind)
    recalls, ranks = _retrieval(rows, k)
    return ApproachSummary(
        name=approach.name,
        label=f"{approach.name} (different model)" if approach.model else approach.name,
        n=len(scored),
        correct=Count(len(correct), len(scored)),
        incorrect=len(wrong),
        abstained=sum(r.score.outcome is Outcome.ABSTAINED for r in scored),
        unscored=sum(r.score.outcome is None for r in all_rows),
        errors=sum(bool(r.answer.error) for r in all_rows),
        share=share_interval(
            clusters.averaged({r.question.id: float(r.score.correct) for r in scored})
        ),
        confidently_wrong=Count(len(wrong), len(scored)),
        confidently_wrong_share=share_interval(
            clusters.averaged(
                {r.question.id: float(r.score.outcome is Outcome.INCORRECT) for r in scored}
            )
        ),
        wrong_kinds=dict(Counter(r.score.wrong_kind.value for r in wrong if r.score.wrong_kind)),
        exact_match=_mean(r.score.exact_match for r in scored),
        f1=_mean(r.score.f1 for r in scored),
        format_ok=Count(sum(bool(r.score.format_ok) for r in formatted), len(formatted)),
        behaviour=Count(sum(r.score.correct for r in tasks), len(tasks)),
        abstention=_abstention(scored),
        paraphrases=_paraphrases(scored),
        kinds=kinds,
        worst_kind=_worst(kinds),
        strata=_by(
            [r for r in all_rows if r.score.outcome is not None],
            lambda r: strata[r.question.id].value if r.question.id in strata else "",
        ),
        recall_at_k=fmean(recalls) if recalls else None,
        reciprocal_rank=fmean(ranks) if ranks else None,
        retrieval_n=len(recalls),
        citation_precision=_citation_precision(scored),
        citation_coverage=_citation_coverage(scored),
        ungrounded=_ungrounded(scored),
        two_document=_two_document(scored),
        prompt_tokens=_mean(float(r.answer.prompt_tokens) for r in rows if not r.answer.error),
        completion_tokens=_mean(
            float(r.answer.completion_tokens) for r in rows if not r.answer.error
        ),
        crowded=_crowded(rows),
        latency=_latency(timings),
        adapter=approach.adapter,
        different_model=approach.model is not None,
    )


def _mean(values: Iterable[float | None]) -> float | None:
    found = [v for v in values if v is not None and not math.isnan(v)]
    return fmean(found) if found else None


def _by(rows: Sequence[ScoredAnswer], key: Callable[[ScoredAnswer], str]) -> dict[str, Count]:
    groups: dict[str, list[bool]] = {}
    for row in rows:
        if key(row):
            groups.setdefault(key(row), []).append(row.score.correct)
    return {name: Count(sum(hits), len(hits)) for name, hits in sorted(groups.items())}


def _worst(kinds: Mapping[str, Count]) -> str:
    enough = {k: c.share for k, c in kinds.items() if c.whole >= SMALLEST_KIND}
    return min(enough, key=lambda k: enough[k] or 0.0) if len(enough) > 1 else ""


def _abstention(rows: Sequence[ScoredAnswer]) -> Abstention:
    """Declining an unanswerable question is `correct`; declining an answerable one `abstained`."""
    right = sum(r.score.correct for r in rows if not r.question.answerable)
    unanswerable = sum(not r.question.answerable for r in rows)
    false = sum(r.score.outcome is Outcome.ABSTAINED for r in rows)
    if not unanswerable:
        return Abstention(Count(0, 0), Count(0, 0), Count(false, len(rows)))
    return Abstention(
        precision=Count(right, right + false),
        recall=Count(right, unanswerable),
        false_abstention=Count(false, len(rows) - unanswerable),
    )


def _paraphrases(rows: Sequence[ScoredAnswer]) -> Count:
    agree, several = agreeing_groups(rows)
    return Count(len(agree), len(several))


def agreeing_groups(
    rows: Iterable[ScoredAnswer],
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(approach, paraphrase group) with one outcome throughout, and all with several wordings."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for row in rows:
        if row.question.group and row.score.outcome is not None:
            key = row.answer.approach, row.question.group
            groups.setdefault(key, []).append(row.score.outcome)
    several = {key for key, outcomes in groups.items() if len(outcomes) > 1}
    return {key for key in several if len(set(groups[key])) == 1}, several


def _retrieval(rows: Sequence[ScoredAnswer], k: int) -> tuple[list[float], list[float]]:
    """Recall and reciprocal rank; only of approaches that were shown retrieved passages."""
    found = [pair for row in rows if (pair := retrieval_of(row, k)) is not None]
    return [recall for recall, _ in found], [rank for _, rank in found]


def retrieval_of(row: ScoredAnswer, k: int) -> tuple[float, float] | None:
    """Recall at k and reciprocal rank of one answer; None where it is not measured."""
    if not row.answer.passages or is_helper(row.answer.approach):
        return None
    gold = row.question.sources
    shown = [_source(p.chunk, gold) for p in row.answer.passages]
    recall, rank = recall_at_k(shown, gold, k), reciprocal_rank(shown, gold)
    return None if recall is None or rank is None else (recall, rank)


def _source(chunk: Chunk, gold: Sequence[str]) -> str:
    """The gold source a chunk satisfies by any heading of its path, else its own source."""
    for heading in reversed(chunk.heading_path):
        named = f"{chunk.document_id}#{heading}"
        if any(source_matches(named, source) for source in gold):
            return named
    return chunk.source


def _citation_precision(rows: Sequence[ScoredAnswer]) -> Count:
    written = [c for r in rows for c in r.answer.citations if c.written_by_model]
    return Count(sum(c.supported for c in written), len(written))


def attempted(row: ScoredAnswer) -> bool:
    """Whether an answer was shown passages and did not decline."""
    declined = row.score.correct and not row.question.answerable
    tried = row.score.outcome in (Outcome.CORRECT, Outcome.INCORRECT)
    return bool(row.answer.passages) and tried and not declined


def _attempted(rows: Sequence[ScoredAnswer]) -> list[ScoredAnswer]:
    return [r for r in rows if attempted(r)]


def _citation_coverage(rows: Sequence[ScoredAnswer]) -> Count:
    attempted = _attempted(rows)
    supported = sum(any(c.supported for c in r.answer.citations) for r in attempted)
    return Count(supported, len(attempted))


def _ungrounded(rows: Sequence[ScoredAnswer]) -> Count:
    attempted = _attempted(rows)
    return Count(
        sum(bool(ungrounded_values(r.answer, r.question)) for r in attempted), len(attempted)
    )


def _crowded(rows: Sequence[ScoredAnswer]) -> Count:
    shown = [r for r in rows if r.answer.passages]
    return Count(sum(r.answer.dropped_passages > 0 for r in shown), len(shown))


def several_documents(question: Question) -> bool:
    """Whether the answer rests on more than one document."""
    return len({split_source(s)[0] for s in question.sources}) > 1


def _two_document(rows: Sequence[ScoredAnswer]) -> Count:
    several = [r for r in rows if several_documents(r.question)]
    return Count(sum(r.score.correct for r in several), len(several))


def _latency(timings: Sequence[Timing]) -> Latency | None:
    seconds = sorted(t.seconds for t in timings)
    if not seconds:
        return None
    firsts = sorted(t.first_token_seconds for t in timings if t.first_token_seconds is not None)
    return Latency(
        _percentile(seconds, 0.50), _percentile(seconds, 0.95),
        _percentile(firsts, 0.50) if firsts else None, len(seconds),
    )  # fmt: skip


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Linear interpolation between order statistics."""
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
