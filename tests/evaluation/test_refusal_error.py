"""The refusal detector against lines labelled before it read them."""

from collections import Counter

from assistant.evaluation.refusal_error import RefusalError, measure, refusal_error, refusal_lines


def test_the_lines_are_many_and_of_every_style():
    lines = refusal_lines()
    assert len(lines) >= 550
    assert len({line.text for line in lines}) == len(lines)
    styles = Counter((line.style, line.declines) for line in lines if not line.held_out)
    assert len(styles) >= 5
    assert min(styles.values()) >= 10


def test_precision_and_recall_count_what_they_say():
    error = RefusalError(found=8, missed=2, mistaken=1, lines=20)
    assert error.recall[0] == 0.8
    assert error.precision[0] == 8 / 9
    assert error.recall[1] < 0.8 < error.recall[2]
    assert "recall 80 %" in str(error)


def test_lines_the_patterns_were_mended_on_are_not_called_held_out():
    held = [line for line in refusal_lines() if line.held_out]
    error = refusal_error()
    assert error.held_out is bool(held)
    assert ("held-out" in str(error)) is bool(held)


def test_an_answer_is_hardly_ever_taken_for_a_refusal():
    developed = measure([line for line in refusal_lines() if not line.held_out])
    assert developed.precision[0] >= 0.99
    assert developed.recall[0] >= 0.97
