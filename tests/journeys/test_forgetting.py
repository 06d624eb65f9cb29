"""What the forgetting check keeps: its answers beside its result, never one without the other."""

import json
from types import SimpleNamespace

import pytest

from assistant.answering.prompts import find_template
from assistant.decision.said import links_of
from assistant.journeys.forgetting import (
    answers_file,
    forgetting_file,
    forgetting_of,
    measure_once,
)
from assistant.journeys.recorded import restore
from assistant.parts import Parts
from assistant.schema import Approach
from tests.fakes import FakeGenerator

APPROACH = Approach("finetuned", "zero-shot", "none", "a1")
OLD = {"words": "read: 31 of 60 before, 29 of 60 after (-3 ± 9 points)", "forgot": False}


@pytest.fixture
def parts(tmp_path):
    return Parts.open(tmp_path, None)


@pytest.fixture
def pipeline():
    return SimpleNamespace(
        template_for=lambda approach: find_template("zero-shot", "embedded"),
        generator=FakeGenerator({}), examples=(),
    )  # fmt: skip


def asked(pipeline):
    return sum(map(len, pipeline.generator.calls))


def old_result(parts):
    path = forgetting_file(parts, "a1")
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(OLD), "utf-8")


def test_measured_once_with_every_answer(parts, pipeline):
    assert forgetting_of(parts, "a1") is None
    found = measure_once(parts, pipeline, APPROACH)
    assert asked(pipeline) == 2 * len(found.answers) == 240
    assert links_of(found.words)
    assert forgetting_of(parts, "a1") == found
    assert measure_once(parts, pipeline, APPROACH) == found
    assert asked(pipeline) == 240


def test_an_old_result_says_that_its_answers_are_missing_until_measured_again(parts, pipeline):
    old_result(parts)
    found = forgetting_of(parts, "a1")
    assert found.forgot is False
    assert found.answers == ()
    assert found.words.startswith(OLD["words"])
    assert "the answers were not stored when this was measured" in found.words
    assert f"`assistant score --corpus {parts.corpus_name}`" in found.words
    assert not links_of(found.words)
    assert measure_once(parts, pipeline, APPROACH).answers
    assert "not stored" not in forgetting_of(parts, "a1").words


@pytest.mark.parametrize("spoil", ["missing", "changed", "torn"])
def test_answers_that_are_not_its_own_are_not_shown(parts, pipeline, spoil):
    measure_once(parts, pipeline, APPROACH)
    path = answers_file(parts, "a1")
    text = path.read_text("utf-8")
    if spoil == "missing":
        path.unlink()
    else:
        path.write_text(text[:-20] if spoil == "torn" else text.replace("correct", "incorrect", 1))
    found = forgetting_of(parts, "a1")
    assert found.answers == ()
    assert "the answers were not stored" in found.words


def test_a_result_that_is_none_is_not_read(parts):
    old_result(parts)
    for text in ("", "[]", "{}", '"x"'):
        forgetting_file(parts, "a1").write_text(text)
        assert forgetting_of(parts, "a1") is None


def test_the_recorded_result_loads_with_or_without_answers(parts):
    recorded = restore(parts)
    found = forgetting_of(parts, recorded.adapter)
    assert bool(found.answers) != ("the answers were not stored" in found.words)
