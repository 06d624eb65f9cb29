"""A finished run of 44 questions as records; figures as in the cards of the fake workspace."""

from assistant.decision.records import Certainty, GateResult, Recommendation, Verdict
from assistant.evaluation.header import RunHeader
from assistant.evaluation.records import (
    Abstention,
    ApproachSummary,
    Blame,
    Contrast,
    Count,
    Latency,
    RunSummary,
)
from assistant.schema import Approach
from assistant.scoring.agreement import Kappa
from assistant.scoring.planning import Needed
from assistant.scoring.statistics import Interval

RECORDS = {"prompt": (6, 40), "rag": (31, 40), "finetuned": (17, 40), "hybrid": (33, 40)}
INTERVALS = {
    "prompt": (0.07, 0.30),
    "rag": (0.61, 0.88),
    "finetuned": (0.27, 0.59),
    "hybrid": (0.66, 0.92),
    "oracle": (0.78, 0.97),
}
NONE = Count(0, 0)


def interval(estimate, low, high):
    return Interval(estimate, low, high, 40, 24, 31.0)


def approach(name, correct, wrong, seconds):
    whole = 40
    return ApproachSummary(
        name=name,
        label=name,
        n=whole,
        correct=Count(correct, whole),
        incorrect=wrong,
        abstained=whole - correct - wrong,
        unscored=0,
        errors=0,
        share=interval(correct / whole, *INTERVALS[name]),
        confidently_wrong=Count(wrong, whole),
        confidently_wrong_share=interval(wrong / whole, 0.02, 0.3),
        wrong_kinds={},
        exact_match=0.4,
        f1=0.6,
        format_ok=NONE,
        behaviour=NONE,
        abstention=Abstention(NONE, NONE, NONE),
        paraphrases=NONE,
        kinds={},
        worst_kind="",
        strata={},
        recall_at_k=None,
        reciprocal_rank=None,
        retrieval_n=0,
        citation_precision=NONE,
        citation_coverage=NONE,
        ungrounded=NONE,
        two_document=NONE,
        prompt_tokens=None,
        completion_tokens=None,
        crowded=Count(0, 0),
        latency=Latency(seconds, seconds * 1.9, None, 20) if seconds else None,
    )


def contrast(first, second, estimate, low, high, p, wins, losses, standing, needed=None):
    return Contrast(
        first,
        second,
        interval(estimate, low, high),
        p,
        min(1.0, 4 * p),
        "cluster sign-flip",
        wins,
        losses,
        standing,
        needed,
    )


def fake_summary(run_id):
    return RunSummary(
        header=RunHeader(
            run_id,
            "2026-11-21T02:31:00Z",
            tuple(Approach(name, "zero-shot") for name in INTERVALS),
            "0" * 64,
            model="embedded",
            fact_coverage="412 of 1,930 facts trained, 40 exposures each",
        ),
        questions=44,
        headline=40,
        headline_ids=tuple(f"q-{n}" for n in range(40)),
        left_out={"same wording trained": 3, "needs review": 1},
        clusters=24,
        unanswerable=6,
        groups=40,
        approaches=(
            approach("prompt", 6, 22, 0.31),
            approach("rag", 31, 5, 0.72),
            approach("finetuned", 17, 19, 0.33),
            approach("hybrid", 33, 4, 0.75),
            approach("oracle", 36, 2, None),
        ),
        contrasts=(
            contrast("rag", "prompt", 0.625, 0.45, 0.79, 0.0001, 26, 1, "better"),
            contrast("finetuned", "prompt", 0.275, 0.09, 0.46, 0.006, 14, 3, "better"),
            contrast("rag", "finetuned", 0.35, 0.15, 0.55, 0.002, 17, 3, "better"),
            contrast(
                "hybrid", "rag", 0.05, -0.08, 0.18, 0.42, 4, 2, "undecided", Needed(310, False)
            ),
        ),
        oracle=interval(0.9, *INTERVALS["oracle"]),
        blame=Blame(3, 4, 2),
        already_known=Count(6, 34),
        graded=0,
        agreement=Kappa(None, None, None, 0, 0),
        margin=0.10,
        detectable=0.19,
        discordance=0.68,
        evidence="firm",
    )


def fake_recommendation():
    return Recommendation(
        verdict=Verdict.RAG,
        candidate="rag",
        sentence="Use rag: correct on 31 of 40 (78 %) of your questions, confidently wrong on 5 of "
        "40, and hybrid not shown to be better by a difference that matters. Likely, not settled.",
        certainty=Certainty.LIKELY,
        model="embedded",
        practice=False,
        gates=(
            GateResult(
                0,
                "evidence",
                "Is the evidence usable?",
                "40 questions in 24 clusters, oracle 36 of 40",
                "10 clusters, oracle 0.70",
                "go on",
                True,
            ),
            GateResult(
                1,
                "prompting",
                "Does prompting already meet the target?",
                "6 of 40",
                "80 %",
                "look further",
                False,
            ),
            GateResult(
                5, "forgetting", "Did training break anything?", "not measured", "", "go on", None
            ),
        ),
        reasons=(
            "rag: correct 78 % (61 to 88), the interval is not clear of the target of 80 %",
            "finetuned: confidently wrong on 19 of 40, over the limit of 10 %",
        ),
        flips=("About 310 questions would decide between rag and hybrid.",),
        excluded=(("finetuned", "confidently wrong too often"),),
        standings=(),
        costs=(),
        crossover=None,
        wrong_costs=1.0,
        training=None,
        not_measured=("forgetting",),
        guard_rails=("a difference of 2 questions read as a win",),
    )
