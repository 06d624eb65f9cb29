"""assistant.toml: defaults, values, and every mistake at once."""

import tomllib

import pytest

from assistant.errors import UsageError
from assistant.settings import TEMPLATE, Settings, load_settings


def test_defaults_without_a_file(tmp_path):
    assert load_settings(tmp_path) == Settings()


def test_values(tmp_path):
    (tmp_path / "assistant.toml").write_text('[model]\nbase = "x/y"\n[retrieval]\npassages = 3\n')
    settings = load_settings(tmp_path)
    assert (settings.model.base, settings.retrieval.passages) == ("x/y", 3)


def test_all_mistakes_are_named(tmp_path):
    (tmp_path / "assistant.toml").write_text(
        '[model]\nbse = "x"\n[retrieval]\npassages = 0\n[colour]\na = 1\n'
    )
    with pytest.raises(UsageError) as raised:
        load_settings(tmp_path)
    for name in ("model.bse", "retrieval.passages", "colour", "3 mistake"):
        assert name in str(raised.value)


def test_broken_toml(tmp_path):
    (tmp_path / "assistant.toml").write_text("[model\n")
    with pytest.raises(UsageError, match="not valid TOML"):
        load_settings(tmp_path)


def test_the_template_states_the_defaults(tmp_path):
    lines = [
        line.removeprefix("# ") if line.startswith("# ") and " = " in line else line
        for line in TEMPLATE.splitlines()
        if not line.startswith(("# corpus", "# passages"))
    ]
    text = "\n".join(line for line in lines if not line.startswith("#"))
    (tmp_path / "assistant.toml").write_text(text)
    assert tomllib.loads(text)
    assert load_settings(tmp_path) == Settings()
