"""Choosing the fusion on development questions, never on the questions used for scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.errors import QuestionFileError
from assistant.retrieval.fusion import Fusion, best_mixed, fuse
from assistant.retrieval.retriever import Retriever
from assistant.schema import Question
from assistant.scoring.retrieval_metrics import recall_at_k, reciprocal_rank

K = 5
WEIGHTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class FusionScore:
    """How one way of fusing did on the questions."""

    fusion: Fusion
    weight: float
    document_share: float
    recall: float
    """Share of questions all of whose sources are among the first k hits."""
    reciprocal_rank: float
    """Mean of 1 / rank of the first hit from a source."""
    answer_found: float
    """Share of questions with a reference for which some hit's text holds it."""

    @property
    def value(self) -> float:
        """What is compared: the mean of the three.

        Recall of the source alone would reward five documents with one chunk each, often the
        wrong one; the rank counts because the last passages are the first a prompt drops.
        """
        return (self.recall + self.reciprocal_rank + self.answer_found) / 3


@dataclass(frozen=True, slots=True)
class FusionReport:
    """Every way that was tried, best first."""

    questions: int
    k: int
    scores: tuple[FusionScore, ...]

    @property
    def best(self) -> FusionScore:
        """The way to use."""
        return self.scores[0]

    def of(self, fusion: Fusion) -> FusionScore:
        """The best score of one kind of fusion."""
        return next(score for score in self.scores if score.fusion == fusion)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """One question's rankings, and what is needed to judge any fusion of them."""

    question: Question
    dense: Sequence[tuple[str, float]]
    keyword: Sequence[tuple[str, float]]
    documents: dict[str, str]
    sources: dict[str, str]
    answers: dict[str, bool]


def tune_fusion(questions: Iterable[Question], retriever: Retriever, *, k: int = K) -> FusionReport:
    """Tries dense, keyword, reciprocal rank and weighted fusion on questions with sources.

    Args:
        questions: development questions; those without sources, or unanswerable, are left out.
        retriever: its index and embedder are used, its fusion settings are not.
        k: hits looked at.

    Raises:
        QuestionFileError: when no question has a source.
    """
    with retriever.pinned() as pinned:
        candidates = [
            _candidates(question, pinned)
            for question in questions
            if question.sources and question.answerable
        ]
    if not candidates:
        raise QuestionFileError(
            "none of the development questions names a source", 'add "sources": ["path"] to them'
        )
    ways: list[tuple[Fusion, float]] = [("keyword", 0.0), ("dense", 1.0)]
    ways += [(fusion, weight) for fusion in ("rrf", "weighted") for weight in WEIGHTS]
    scores = [
        _score(candidates, fusion, weight, share, k) for fusion, weight in ways for share in SHARES
    ]
    # Sorting is stable and the simpler ways come first, so they win ties.
    scores.sort(key=lambda score: -score.value)
    return FusionReport(len(candidates), k, tuple(scores))


def _candidates(question: Question, retriever: Retriever) -> _Candidates:
    dense, keyword = retriever.rankings(question.question)
    chunks = retriever.chunks({i for i, _ in (*dense, *keyword)})
    wanted = question.must or question.references[:1]
    return _Candidates(
        question,
        dense,
        keyword,
        {chunk.id: chunk.document_id for chunk in chunks},
        {chunk.id: chunk.source for chunk in chunks},
        {c.id: all(_plain(w) in _plain(c.indexed_text) for w in wanted) for c in chunks}
        if wanted
        else {},
    )


def _score(
    candidates: Sequence[_Candidates], fusion: Fusion, weight: float, share: float, k: int
) -> FusionScore:
    recalls, ranks, answers = [], [], []
    for case in candidates:
        fused = fuse(case.dense, case.keyword, fusion, weight)
        best = best_mixed(fused, case.documents, k, share)
        sources = [case.sources[i] for i in best]
        recalls.append(recall_at_k(sources, case.question.sources, k) == 1.0)
        ranks.append(reciprocal_rank(sources, case.question.sources) or 0.0)
        if case.answers:
            answers.append(any(case.answers[i] for i in best))
    return FusionScore(
        fusion,
        weight,
        share,
        sum(recalls) / len(recalls),
        sum(ranks) / len(ranks),
        sum(answers) / len(answers) if answers else 0.0,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
