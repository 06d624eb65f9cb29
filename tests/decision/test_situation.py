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
