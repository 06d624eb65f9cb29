import re
import tomllib

import pytest

from assistant.decision.situation import TEMPLATE, Situation, load_situation, situation_from_data
from assistant.errors import UsageError


def test_the_template_is_valid_with_every_line_taken_in():
    bare = re.sub(r"^# (?=\w+ = )", "", TEMPLATE, flags=re.MULTILINE)
    s = situation_from_data(tomllib.loads(bare))
    assert s.assumed == frozenset()
    assert (s.volume_per_month, s.examples_available, s.latency_seconds) == (1000, 500, 5.0)


def test_what_is_left_out_is_assumed(tmp_path):
    path = tmp_path / "situation.toml"
    assert "volume_per_month" in load_situation(path).assumed
    path.write_text("[use]\nvolume_per_month = 50\nsources_required = true\n")
    s = load_situation(path)
    assert (s.volume_per_month, s.sources_required) == (50, True)
    assert "volume_per_month" not in s.assumed
    assert s.said("volume_per_month") == "50"
    assert s.said("refresh_days") == "30 (assumed)"
    assert s.said("sources_required") == "true"
    assert Situation().said("latency_seconds") == "not set"


def test_every_mistake_at_once(tmp_path):
    path = tmp_path / "situation.toml"
    path.write_text(
        '[use]\nvolumes = 1\nsources_required = "yes"\n[target]\nx = 1\n[targets]\ncorrect = 80\n'
    )
    with pytest.raises(UsageError) as error:
        load_situation(path)
    for part in ("4 mistakes", "use.volumes", "expected true or false", "[target]", "such as 0.80"):
        assert part in error.value.message
    path.write_text("[use\n")
    with pytest.raises(UsageError, match="not valid TOML"):
        load_situation(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[use]\n\nvolume_per_mont = 3\n",
            "line 3: use.volume_per_mont is not known, did you mean volume_per_month?",
        ),
        (
            "[use]\nrefresh_days = 3\n",
            "line 2: use.refresh_days is not known under [use], it belongs under [documents]",
        ),
        ("# x\nrefresh_days = 3\n", "line 2: refresh_days belongs under [documents]"),
        (
            "\n[target]\ncorrect = 0.9\n",
            "line 2: [target] is not a section, did you mean [targets]?",
        ),
        ("[means]\npeopel_rate = 60\n", "did you mean people_rate?"),
        ("[means]\ncan_train = 1\n", "line 2: means.can_train = 1: expected true or false"),
        ("[use]\nzzz = 1\n", "zzz is not known (expected volume_per_month"),
    ],
)
def test_a_typo_is_found_by_line_with_the_nearest_key(tmp_path, text, said):
    path = tmp_path / "situation.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as error:
        load_situation(path)
    assert said in error.value.message
    assert "1 mistake:" in error.value.message


def test_sensitive_documents_stay_here_unless_said(tmp_path):
    path = tmp_path / "situation.toml"
    path.write_text("[documents]\nsensitive_data = true\n")
    s = load_situation(path)
    assert s.said("may_leave") == "false (assumed)"
    path.write_text("[documents]\nsensitive_data = true\nmay_leave = true\n")
    assert load_situation(path).said("may_leave") == "true"


def test_every_key_stands_in_the_template_with_a_comment():
    from assistant.decision.situation import NAMES

    for name in NAMES:
        line = re.search(rf"^# {name} = \S+.*$", TEMPLATE, flags=re.MULTILINE)
        assert line, name
        assert line[0].count("#") == 2, line[0]


def test_nobody_to_train_rules_adapters_out(tmp_path):
    from tests.decision.helpers import SHARES, decide

    r = decide(tmp_path / "r", SHARES, n=30, documents=15, situation=Situation(can_train=False))
    assert dict(r.recommendation.excluded)["finetuned"] == (
        "there is nobody to train and check an adapter"
    )
    rows = dict(next(t for t in r.tables if t.title == "Your situation").rows)
    assert rows["can train"] == "false"
    assert len(rows) == 20
