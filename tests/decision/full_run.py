"""A fabricated run with everything a report can show a number of."""

import dataclasses

from assistant.decision.behind import Known
from assistant.decision.curve_words import curve_advice
from assistant.decision.forgetting_words import forgetting_words
from assistant.decision.recommend import gather, recommend
from assistant.decision.report import make_report
from assistant.decision.situation import Situation
from assistant.evaluation.changes import Change, ChangeKind, Review, StalenessSummary
from assistant.evaluation.forgetting import ask_forgetting
from assistant.evaluation.forgetting_result import count_forgetting
from assistant.evaluation.grades import GradeBook, make_grade, save_grade
from assistant.evaluation.runner import run
from assistant.evaluation.runs import RunFolder
from assistant.evaluation.scored import score_run
from assistant.evaluation.staleness import stale_shares, tellings
from assistant.evaluation.strata import Stratum
from assistant.evaluation.summary import summarise
from assistant.schema import Approach, Check, Citation, Outcome, Question
from tests.evaluation.helpers import GRID, ScriptedPipeline, by_share, facts, header
from tests.evaluation.test_forgetting import Failing, losses, render
from tests.evaluation.test_learning_curve import curve, keep_answers

LABEL = Check("one_of", ["alarms", "api"])
APPROACHES = (*GRID, Approach("rag@other", "zero-shot", "retrieved", model="other"))
QUESTIONS = (
    *facts(30, documents=14, unanswerable=6),
    *(Question(f"q{i}", f"Category of ticket {i}?", ("api",), checks=(LABEL,), kind="label")
      for i in range(100, 106)),
    *(Question(f"q{i}", f"Wording {i % 3} of fact {i // 3}?", ("7 kg",), group=f"g{i // 3}",
               sources=("a.md", "b.md"), kind="weight") for i in range(201, 213)),
    Question("q300", "A question without a key?"),
    Question("q301", "A question no model survives?", ("4 days",), sources=("z.md",)),
)  # fmt: skip
WAITING = Review(
    "q20", "key", "s0", (Change(ChangeKind.CHANGED, "doc6.md", "It says 30 days.", "40 days."),)
)
SHARE = by_share(prompt=0.25, rag=0.7, finetuned=0.5, hybrid=0.85, oracle=0.9, **{"rag@other": 0.8})
STRATA = {
    q.id: Stratum.SAME_WORDING if i < 3 else Stratum.NEW_WORDING if i < 16 else Stratum.NOT_TRAINED
    for i, q in enumerate(QUESTIONS)
}
CURVE = curve(held=(1, 2, 18))
FORGETTING = ask_forgetting(
    Failing(0.9, 0.7), "a1", render, text_loss=losses(3.0, 3.6)[0], batch_size=16
)


def say(question, approach):
    """Labels split by approach, two facts declined, one answered with neither fact, some slips."""
    if question.kind == "label":
        return {"prompt": "It is api.", "rag": "alarms"}.get(approach, "api")
    if question.id in ("q5", "q6"):
        return "I don't know."
    if question.id == "q13" and approach == "prompt":
        return "1 day"
    return SHARE(question, approach)


class Pipeline(ScriptedPipeline):
    """Also writes citations, drops passages, and has no right passage for one question."""

    def _one(self, number, question, approach, on_text):
        answer = super()._one(number, question, approach, on_text)
        if approach.name == "oracle" and question.id == "q16":
            return dataclasses.replace(answer, text="", passages=(), error="no right passage")
        if approach.name == "hybrid":
            holds = answer.text in answer.passages[0].chunk.text
            cited = [Citation(1, answer.passages[0].chunk.id, holds, True)]
            if question.id.endswith("1"):
                cited.append(Citation(2, "nowhere", False, True))
            answer = dataclasses.replace(answer, citations=tuple(cited))
        if approach.name == "rag" and question.id.endswith("3"):
            answer = dataclasses.replace(answer, dropped_passages=4)
        return answer


def full_report(path, *, approaches=APPROACHES, situation=None, **more):
    """The report of that run."""
    situation = situation or Situation(correct=0.55, confidently_wrong=0.6)
    trained = any(a.adapter for a in approaches)
    head = header(
        QUESTIONS, approaches, unreadable=("scan.pdf: no text in it", "old.doc: not a format"),
        behind="12 changed chunks behind" if trained else "",
    )  # fmt: skip
    folder = RunFolder.create(path, head, list(QUESTIONS))
    run(folder, Pipeline(say, fail_on="q301"), timing_questions=8)
    by_id = {q.id: q for q in QUESTIONS}
    for question, text, outcome in (
        ("q8", "999 days", Outcome.CORRECT), ("q9", "19 days", Outcome.CORRECT),
        ("q10", "20 days", Outcome.INCORRECT), ("q300", "999 days", Outcome.INCORRECT),
    ):  # fmt: skip
        save_grade(folder.path, make_grade(by_id[question], text, outcome))
    before = {
        q: dataclasses.replace(by_id[q], references=("999 days",)) for q in ("q11", "q12", "q13")
    }
    before["q14"] = by_id["q14"]  # known from before, but not changed
    book = GradeBook.around(folder.path)
    scored = score_run(folder, book)
    strata = STRATA if trained else None
    told = tellings(before, QUESTIONS, [r.answer for r in scored])
    summary = summarise(
        folder, scored=scored, book=book, strata=strata, margin=situation.difference,
        needs_review=[WAITING.question_id], dropped=["q21"],
        staleness=StalenessSummary(
            (WAITING,), {"q21": "drop", "q22": "keep"}, changed=3, shares=stale_shares(told), behind=head.behind
        ),
    )  # fmt: skip
    if trained:
        check = count_forgetting(FORGETTING)
        more |= {"forgetting": forgetting_words(check), "forgot": False}
    answers = keep_answers(CURVE, path / "curve")
    advice = curve_advice(CURVE, kept=True)
    verdict = recommend(gather(summary, folder.questions, scored), situation, curve=advice, **more)
    known = Known(
        QUESTIONS, strata or {}, {"q5", "q6", "q11"} if trained else set(), before,
        tuple(folder.timings()), FORGETTING if trained else (),
        answers,
    )  # fmt: skip
    return make_report(summary, verdict, scored, rule_error="17 %", known=known, curve=CURVE)
