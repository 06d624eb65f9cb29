"""The published rule against answers graded by hand before it read them."""

from collections import Counter

import pytest

from assistant.evaluation.rule_error import disagreements, graded_answers, measure, rule_error
from assistant.schema import Outcome


@pytest.fixture(scope="module")
def developed():
    return [a for a in graded_answers() if not a.held_out]


def test_the_set_is_large_and_varied(developed):
    assert len(developed) >= 1500
    assert len({a.topic for a in developed}) >= 15
    verdicts = Counter(a.verdict for a in developed)
    assert min(verdicts.values()) >= 10
    answers = graded_answers()
    assert all(a.why for a in answers)
    seen = {(a.question.question, a.question.references, a.answer) for a in answers}
    assert len(seen) == len(answers)


def test_the_error_rate_is_what_the_report_prints():
    error = rule_error()
    held = [a for a in graded_answers() if a.held_out]
    wrong = disagreements(held or graded_answers())
    assert error.held_out is bool(held)
    assert round(error.share.estimate * error.share.n) == len(wrong)
    assert error.too_kind + error.too_strict <= len(wrong)
    assert f"{len(wrong)} of {error.share.n}" in str(error)
    assert ("held-out" in str(error)) is bool(held)
    assert error.share.low < error.share.estimate < error.share.high


def test_kind_and_strict_count_what_they_say(developed):
    right = [a for a in developed if a.verdict is Outcome.CORRECT][:5]
    error = measure(right)
    assert (error.too_kind, error.held_out) == (0, False)


def test_the_rule_is_good_enough_to_decide_by(developed):
    # Bars for regression, on sets that are hard on purpose; the report prints the figure itself.
    error = measure(developed)
    assert error.share.estimate <= 0.04
    # Calling a wrong answer right is the worse mistake.
    assert error.too_kind / error.share.n <= 0.01


def test_on_answers_nobody_mended_it_on_it_is_rather_too_strict_than_too_kind():
    # Measured once: 75 of 281 wrong, 9 too kind. The bars keep a later change from losing that.
    error = rule_error()
    assert error.held_out
    assert error.share.estimate <= 0.3
    assert error.too_kind <= 11 < error.too_strict
