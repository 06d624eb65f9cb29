"""What a wrong answer costs, in words and as a table; see `assistant.evaluation.value`."""

from assistant.decision import opened
from assistant.decision.records import Recommendation
from assistant.decision.situation import Situation
from assistant.decision.tables import Table
from assistant.decision.words import needed_words, p_value

SOURCE = "the effective reliability of Whitehead et al. 2022, arXiv:2204.13631"
VALUE_DIFFERENCES = "Differences in value per 100 questions"


def compared_on(s: Situation) -> str:
    """What approaches are compared on, in one clause."""
    if s.priced:
        return f"compared on value: {_scale(s.wrong_costs)}"
    return "compared on correct: a wrong answer costs no more than a declined one (assumed)"


def value_note(wrong_costs: float) -> str:
    """How value is counted, and whose measure it is."""
    return f"Value: {_scale(wrong_costs)} ({SOURCE})."


def _scale(wrong_costs: float) -> str:
    return f"right +1, declined 0, wrong {-wrong_costs or 0:g}"


def value_table(recommendation: Recommendation) -> Table:
    """The planned contrasts in value; no rows where a wrong answer has no cost."""
    contrasts = recommendation.value_contrasts
    rows = tuple(
        (f"{c.first} - {c.second}", opened.gained(c), opened.differing(p_value(c.p_adjusted), c),
         c.standing, needed_words(c.needed))
        for c in contrasts
    )  # fmt: skip
    tests = ", ".join(sorted({c.test for c in contrasts}))
    note = f"p by {tests}, Holm-adjusted. Value: {_scale(recommendation.wrong_costs)}."
    columns = ("contrast", "difference", "p", "standing", "questions needed")
    return Table(VALUE_DIFFERENCES, columns, rows, note if rows else "")
