import dataclasses

import pytest

from assistant.decision.costs import (
    CostLine,
    Crossover,
    cost_line,
    crossover,
    load_prices,
    meeting_point,
)
from assistant.decision.gates import crossing_words
from assistant.decision.situation import Situation
from assistant.errors import UsageError
from tests.decision.helpers import SHARES, decide


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    return decide(tmp_path_factory.mktemp("r") / "r", SHARES, n=30, documents=15).summary


def with_tokens(summary, name, prompt, answer=20.0):
    found = summary.approach(name)
    return dataclasses.replace(found, prompt_tokens=prompt, completion_tokens=answer)


def test_the_published_formula(summary):
    prices = load_prices()
    s = Situation(
        volume_per_month=10_000,
        refresh_days=365.25 / 12 / 2,
        people_rate=50,
        people_hours_per_refresh=3,
    )
    line = cost_line(with_tokens(summary, "finetuned", 100), s, prices)
    compute = prices.training_gpu_hour * prices.training_hours_per_refresh
    assert line.hosting == prices.adapter_hosting_month
    assert line.refresh == pytest.approx(2 * (compute + 150))
    assert line.per_answer == pytest.approx(
        (100 * prices.input_per_million + 20 * prices.output_per_million) / 1e6
    )
    assert line.monthly == pytest.approx(line.hosting + line.refresh + 10_000 * line.per_answer)
    assert line.per_correct == pytest.approx(line.monthly / (10_000 * line.correct_share))


def line(name, fixed, slope):
    return CostLine(name, fixed, 0.0, slope, 1000, 0.9)


def test_meeting_point():
    assert meeting_point(line("a", 10, 0.02), line("b", 110, 0.01)) == pytest.approx(10_000)
    assert meeting_point(line("a", 10, 0.01), line("b", 110, 0.02)) is None
    assert meeting_point(line("a", 10, 0.01), line("b", 110, 0.01)) is None


def test_crossover_is_a_range_with_the_share_without(summary):
    rag, tuned = with_tokens(summary, "rag", 1200), with_tokens(summary, "finetuned", 60)
    found = crossover(rag, tuned, Situation(), load_prices())
    assert (found.cheaper_below, found.cheaper_above) == ("rag", "finetuned")
    assert found.low < found.at < found.high
    assert found.share_without == 0
    # A tuned model with long prompts is never the cheaper one.
    none = crossover(
        with_tokens(summary, "rag", 50),
        with_tokens(summary, "finetuned", 900),
        Situation(),
        load_prices(),
    )
    assert none.at is None
    assert none.share_without == 1


def test_retrains_cost_more_when_facts_change_often(summary):
    prices = load_prices()
    weekly = cost_line(summary.approach("finetuned"), Situation(refresh_days=7), prices)
    yearly = cost_line(summary.approach("finetuned"), Situation(refresh_days=365), prices)
    assert weekly.refresh > 40 * yearly.refresh


def test_tokens_not_measured_means_no_line(summary):
    bare = dataclasses.replace(summary.approach("rag"), prompt_tokens=None)
    assert cost_line(bare, Situation(), load_prices()) is None


def test_own_prices(tmp_path):
    path = tmp_path / "prices.toml"
    path.write_text("nonsense = 1\ninput_per_million = -2\n")
    with pytest.raises(UsageError, match=r"nonsense is not known.*as_of is missing") as error:
        load_prices(path)
    assert "prices.toml" in error.value.cure
    assert load_prices(tmp_path / "absent.toml") == load_prices()


SAID = Situation(volume_per_month=2000)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Crossover("rag", "finetuned", 26_224_423, 6_213_087, 134_628_570, 0.0),
         "finetuned becomes cheaper than rag above about 26 million questions a month (6.2 million "
         "to 130 million at half to double prices); your 2,000 are below that"),
        (Crossover("rag", "finetuned", 1510.0, 744.0, 9950.0, 0.25),
         "finetuned becomes cheaper than rag above about 1,500 questions a month (740 to 10,000 at "
         "half to double prices, at no volume in 25 % of the combinations tried); your 2,000 are "
         "above that"),
        (Crossover("rag", "hybrid", None, None, None, 1.0),
         "the cheaper of rag and hybrid is the same at every volume, at half to double prices too"),
        (Crossover("rag", "hybrid", None, 12.0, 340.0, 0.9),
         "the cheaper of rag and hybrid is the same at every volume at list prices; at half to "
         "double prices it changes at 12 to 340 questions a month in 10 % of the combinations tried"),
    ],
)  # fmt: skip
def test_where_the_cheaper_one_changes_in_words(found, told):
    assert crossing_words(found, SAID) == told


def test_a_volume_that_nobody_said_is_not_called_yours():
    found = Crossover("rag", "finetuned", 5000.0, 1000.0, 9000.0, 0.0)
    nobody = Situation(assumed=frozenset({"volume_per_month"}))
    assert crossing_words(found, nobody).endswith("; the assumed 1,000 are below that")
