"""Golden cases computed by hand from the published definition of the official scripts."""

import pytest

from assistant.scoring import squad

NORMALIZED = [
    ("The  Cat.", "cat"),
    ("v2.1", "v21"),
    ("a–b", "–b"),
    ("An apple, a day", "apple day"),
    ("theatre", "theatre"),
    ("don't", "dont"),
    ("  ", ""),
    ("the", ""),
    ("30 %", "30"),
    ("«Zürich»", "«zürich»"),
]


@pytest.mark.parametrize(("text", "wanted"), NORMALIZED)
def test_normalize(text, wanted):
    assert squad.normalize(text) == wanted


@pytest.mark.parametrize(
    ("prediction", "references", "em", "f1"),
    [
        ("v21", ["v2.1"], 1.0, 1.0),  # why EM decides nothing here
        ("14 days", ["30 days"], 0.0, 0.5),
        ("the cat sat", ["a cat sat down"], 0.0, 0.8),
        ("cat cat cat", ["cat"], 0.0, 0.5),
        ("cat", ["dog", "The cat"], 1.0, 1.0),
        ("", [], 1.0, 1.0),
        ("something", [], 0.0, 0.0),
        ("", ["cat"], 0.0, 0.0),
        ("the", ["cat"], 0.0, 0.0),
        ("the", ["a"], 1.0, 1.0),  # both normalise to nothing: the official gold is then ""
        ("x", ["...", "x y"], 0.0, 2 / 3),
        ("new york city", ["york new"], 0.0, 0.8),
    ],
)
def test_golden(prediction, references, em, f1):
    assert squad.exact_match(prediction, references) == em
    assert squad.f1(prediction, references) == pytest.approx(f1)
