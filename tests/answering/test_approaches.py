"""The grid as data, and names a user may type."""

import pytest

from assistant.answering.approaches import ORDER, candidate, choose, standard_approaches
from assistant.errors import UsageError


def test_the_grid():
    found = standard_approaches("v1")
    assert tuple(found) == ORDER
    grid = {(a.passages, a.adapter) for n, a in found.items() if n not in ("oracle", "whole")}
    assert grid == {("none", None), ("none", "v1"), ("retrieved", None), ("retrieved", "v1")}
    assert (found["oracle"].passages, found["whole"].passages) == ("gold", "all")
    assert len({a.prompt for a in found.values()}) == 1
    assert {a.model for a in found.values()} == {None}


def test_without_an_adapter():
    assert tuple(standard_approaches(None)) == ("prompt", "rag", "oracle", "whole")


def test_candidates():
    rag = candidate("rag", "openai:gpt-4.1-mini")
    assert (rag.name, rag.passages) == ("rag@openai:gpt-4.1-mini", "retrieved")
    assert rag.model == "openai:gpt-4.1-mini"
    for name in ("finetuned", "hybrid", "nothing"):
        with pytest.raises(UsageError, match="cannot run on another model"):
            candidate(name, "m")


def test_choosing_by_name():
    available = standard_approaches(None)
    assert [a.name for a in choose(available, " rag, prompt,rag ")] == ["rag", "prompt"]
    assert choose(available, "prompt@org/model")[0].model == "org/model"
    with pytest.raises(UsageError, match=r"needs an adapter.*\n.*assistant finetune"):
        choose(available, "hybrid")
    with pytest.raises(UsageError, match="expected some of prompt, rag"):
        choose(available, "ragg")
    with pytest.raises(UsageError, match="no approach was named"):
        choose(available, " , ")
