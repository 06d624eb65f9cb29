"""From a scripted run to a recommendation in one call."""

from assistant.decision.recommend import gather, recommend
from assistant.decision.report import make_report
from assistant.decision.situation import Situation
from assistant.evaluation.scored import score_run
from assistant.evaluation.summary import summarise
from tests.evaluation.helpers import GRID, by_share, facts, make_run

SAID = Situation()


def decide(
    path, shares, *, n=120, documents=30, unanswerable=20, approaches=GRID, situation=SAID, **more
):
    """Summary, evidence and recommendation of a run with these shares correct."""
    questions = facts(n, documents=documents, unanswerable=unanswerable)
    folder = make_run(path, questions, by_share(**shares), approaches)
    scored = score_run(folder)
    summary = summarise(folder, scored=scored, margin=situation.difference)
    evidence = gather(summary, folder.questions, scored)
    return make_report(summary, recommend(evidence, situation, **more), scored)


SHARES = {"prompt": 0.1, "rag": 0.98, "finetuned": 0.5, "hybrid": 0.98, "oracle": 1.0}
