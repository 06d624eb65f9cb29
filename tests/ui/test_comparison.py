from dataclasses import replace

import pytest

from assistant.answering.side_by_side import Comparison
from tests.ui.fake_records import QUESTIONS, answer_to
from ui.comparison import time_line


@pytest.mark.parametrize(
    ("total", "each", "said"),
    [
        (1.24, (0.8, 0.9), "Answered together in 1.2 s; no"),
        (62.6, (0.3, 0.4), "in 62.6 s, at least 62 s of it loading the model"),
        (8.0, (3.0, 4.5), "Answered together in 8.0 s; no"),
        (9.0, (None, 0.4), "Answered together in 9.0 s; no"),
    ],
)
def test_waiting_is_not_sold_as_answering(total, each, said):
    answers = tuple(
        replace(answer_to(QUESTIONS[0], name), seconds=s)
        for name, s in zip(("prompt", "rag"), each, strict=True)
    )
    assert said in time_line(Comparison(QUESTIONS[0], answers, (None, None), total))
