"""Gold questions against what was trained."""

from assistant.finetuning.records import read_training_set, write_training_set
from assistant.finetuning.strata import Stratum, map_gold_to_pairs
from assistant.schema import Fact, Pair, Question


def fact(identity, document, value, subject, relation=""):
    return Fact(identity, document, f"c-{document}", 0, len(value), value, "number", subject, relation)


FACTS = [
    fact("w1", "pumps.md", "12 kg", "the pump PX-1", "weighs"),
    fact("w2", "pumps.md", "12 kg", "the pump PX-2", "weighs"),
    fact("k1", "office.md", "7 days", "keys", "may"),
    fact("k2", "office.md", "EUR 45", "a lost key", "costs"),
]
PAIRS = [
    Pair("p1", "How much does the pump PX-1 weigh?", "12 kg", "w1", "pumps.md"),
    Pair("p2", "How long may keys be borrowed?", "7 days", "k1", "office.md"),
]


def strata(*questions, trained=None):
    mapping = map_gold_to_pairs(questions, PAIRS, FACTS, trained)
    return [mapping[q.id].stratum for q in questions]


def question(text, *references, sources=(), must=(), identity="q", answerable=True):
    return Question(identity, text, references, must, (), answerable, sources)


def test_each_stratum():
    assert strata(question("how much does the pump PX-1 weigh", "12 kg")) == [Stratum.SAME_WORDING]
    assert strata(question("Tell me the weight of pump PX-1", "12 kg")) == [Stratum.NEW_WORDING]
    assert strata(question("Tell me the weight of pump PX-2", "12 kg")) == [Stratum.NOT_TRAINED]
    assert strata(question("Who painted the pump PX-1?", answerable=False)) == [Stratum.NO_FACT]
    assert strata(question("What is the price of pump PX-9?", "EUR 1")) == [Stratum.NOT_TRAINED]


def test_sources_decide_between_documents():
    asked = question("For how long can keys be taken?", "7 days", sources=("office.md#Keys",))
    elsewhere = question("For how long can keys be taken?", "7 days", sources=("pumps.md",))
    assert strata(asked) == [Stratum.NEW_WORDING]
    assert strata(elsewhere) == [Stratum.NOT_TRAINED]


def test_every_part_of_a_two_part_question_must_be_trained():
    both = question(
        "How long may keys be kept and what does a lost key cost?", "7 days; EUR 45",
        must=("7 days", "EUR 45"), sources=("office.md",),
    )  # fmt: skip
    assert strata(both) == [Stratum.NOT_TRAINED]
    assert strata(both, trained={"k1", "k2"}) == [Stratum.NEW_WORDING]
    assert set(map_gold_to_pairs([both], PAIRS, FACTS)["q"].fact_ids) == {"k1", "k2"}


def test_the_training_set_is_read_back(tmp_path):
    write_training_set(tmp_path, PAIRS, FACTS, {"w1", "k1"})
    back = read_training_set(tmp_path)
    assert (back.pairs, back.facts, back.trained) == (tuple(PAIRS), tuple(FACTS), {"w1", "k1"})
    assert read_training_set(tmp_path / "nowhere").pairs == ()
