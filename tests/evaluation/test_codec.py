"""Records as JSON data, for programs."""

import json
import math
from pathlib import Path

from assistant.evaluation.codec import json_data
from assistant.evaluation.records import Count
from assistant.schema import Outcome


def test_records_become_what_json_has():
    value = {
        Outcome.CORRECT: Count(2, 3),
        "place": Path("a") / "b.md",
        "odd": [math.nan, math.inf, 1.5, True, None],
        "set": frozenset({"b", "a"}),
        "nested": ((1,), {2: "x"}),
    }
    found = json_data(value)
    assert found == {
        Outcome.CORRECT.value: {"part": 2, "whole": 3},
        "place": "a/b.md",
        "odd": [None, None, 1.5, True, None],
        "set": ["a", "b"],
        "nested": [[1], {"2": "x"}],
    }
    assert json.loads(json.dumps(found, allow_nan=False)) == found
