import pytest

from assistant.schema import Outcome
from ui.words import OUTCOMES, count, duration, model_name, section, share, when

GUIDE = "# Page\n\nIntro.\n\n## One\n\nFirst.\n\n### Deeper\n\nStill first.\n\n## Two\n\nSecond.\n"


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-11-21T03:24:35+00:00", "21 Nov 2026, 03:24 UTC"),
        ("2026-11-01T03:24:35", "1 Nov 2026, 03:24"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_when(iso, said):
    assert when(iso) == said


def test_section_ends_at_the_next_of_its_level():
    assert section(GUIDE, "One") == "First.\n\n### Deeper\n\nStill first."
    assert section(GUIDE, "Two") == "Second."
    assert section(GUIDE, "Three") == section("", "One") == ""


def test_every_topic_is_in_the_guide():
    """A word on the page must not lead to an empty explanation."""
    from assistant.corpora import sample_root
    from ui.words import TOPICS

    for page, heading in TOPICS.values():
        text = (sample_root() / "guide" / "documents" / f"{page}.md").read_text(encoding="utf-8")
        assert section(text, heading), f"{page}: {heading}"


def test_numbers_in_words():
    assert count(1, "question") == "1 question"
    assert count(1930, "fact") == "1,930 facts"
    assert share(31, 40) == "31 of 40"
    assert duration(0.4) == "under a minute"
    assert duration(7.6) == "about 8 minutes"
    assert duration(1.0) == "about 1 minute"


def test_outcomes_differ_in_word_and_symbol_not_only_in_colour():
    badges = list(OUTCOMES.values())
    assert set(OUTCOMES) == set(Outcome)
    for field in ("label", "icon", "color", "rule"):
        assert len({getattr(b, field) for b in badges}) == len(badges)


def test_models_are_named_as_people_know_them():
    assert model_name("/home/me/models/small") == "small"
    assert model_name("Qwen/Qwen2.5-0.5B-Instruct") == "Qwen/Qwen2.5-0.5B-Instruct"
    assert model_name("openai:gpt-4.1-mini") == "openai:gpt-4.1-mini"
