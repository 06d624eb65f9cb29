"""The script that is served, on a real workspace of three files and no model."""

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui.app import parse
from ui.launch import APP


def test_arguments():
    options = parse(["--home", "here", "--corpus", "my docs", "--unknown", "x"])
    assert options.home == Path("here")
    assert options.corpus == "my docs"
    assert parse([]).home is None


@pytest.fixture
def home(tmp_path):
    documents = tmp_path / "corpus" / "lamps" / "documents"
    documents.mkdir(parents=True)
    (documents / "a.md").write_text("# Lamps\n\nThe lamp burns 14 hours.\n", encoding="utf-8")
    return tmp_path


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["app.py", *map(str, arguments)])
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not at.exception
    return at


def test_a_folder_of_ones_own_before_anything_is_built(monkeypatch, home):
    at = run(monkeypatch, "--home", home, "--corpus", "lamps")
    badges = [m.value.replace("\\", "") for m in at.markdown if "-badge[" in m.value]
    assert any("Documents: lamps" in b for b in badges)
    assert any("No index yet" in b for b in badges)
    assert "assistant reindex --corpus lamps" in [c.value for c in at.code]
    assert not at.error


def test_a_wrong_corpus_is_said_with_its_cure(monkeypatch, home):
    at = run(monkeypatch, "--home", home, "--corpus", "nowhere")
    assert "nowhere" in at.error[0].value
    assert any("assistant" in c.value for c in at.code)


def test_a_bad_question_file_is_said_and_asking_goes_on(monkeypatch, home):
    questions = home / "corpus" / "lamps" / "questions"
    questions.mkdir()
    (questions / "gold.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    at = run(monkeypatch, "--home", home, "--corpus", "lamps")
    assert len(at.error) == 1
    assert at.chat_input
