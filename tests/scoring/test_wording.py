"""The same thing in other words: spellings, ordinals, codes, frequencies, yes and no."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.schema import Question
from assistant.scoring.correctness import score
from assistant.scoring.forms import expand, plain_word
from assistant.scoring.frequency import find_frequencies
from assistant.scoring.polarity import polarity
from assistant.scoring.roots import root, same_root


def right(question, reference, answer):
    return score(Question("q", question, (reference,)), answer).correct


SAME = [
    ("Which floor?", "the third floor", ["3rd floor", "On floor 3."], ["the 13th floor", "three floors"]),
    ("In which quarter?", "the second quarter", ["Q2"], ["Q3"]),
    ("When is it?", "the 5th of May", ["on the fifth of May"], ["on the fifteenth of May"]),
    ("Which room is it in?", "B 1.14", ["B1.14", "room B 1.14"], ["B 1.41", "B 11.4"]),
    ("Which account?", "DE12 5001 0517", ["DE1250010517"], ["DE1250010571"]),
    ("What is the fine?", "$2.50 per day", ["two dollars fifty a day"], ["two dollars fifteen a day"]),
    ("How high is it?", "1.8 m", ["one metre eighty"], ["one metre eight"]),
    ("How long does it take?", "1 h 15 min", ["an hour and a quarter"], ["an hour and a half"]),
    ("What was the result?", "-€4,300", ["a loss of 4,300 euros", "EUR -4,300"], ["€4,300", "a surplus of €4,300"]),
    ("What was the result?", "a loss of €5", ["-€5", "It lost 5 euros."], ["a profit of €5"]),
    ("What is the tolerance?", "±5 g", ["plus or minus 5 g", "5 g either way"], ["+5 g", "-5 g", "±50 g"]),
    ("What share?", "60 %", ["3 in 5", "three out of five"], ["3 in 6"]),
    ("What share?", "one third", ["33 %", "33.3 %"], ["30 %", "35 %"]),
    ("What is the annual fee?", "£36", ["£36 a year", "£3 per month"], ["£36 per month", "£3 per week"]),
    ("What is the flow?", "60 l/min", ["1 l/s", "3,600 litres an hour"], ["60 l", "60 l/h"]),
    ("When does the lease end?", "31 December 2027", ["New Year's Eve 2027"], ["New Year's Day 2027"]),
    ("When was it drilled?", "August 1968", ["08/1968", "August of 1968"], ["06/1968", "August 1986"]),
    ("Why is the gate closed?", "road works", ["because of roadworks"], ["homework"]),
    ("What is it made of?", "aluminium", ["aluminum"], ["iron"]),
    ("Where is the key?", "in the safe of the office", ["In the office safe."], ["In the safe.", "near the office safe"]),
    ("What should be done with glass?", "put it in the yellow bin", ["It belongs in the yellow bin."],
     ["Never put it in the yellow bin.", "Put it in the blue bin."]),
    ("What does the flag mean?", "swimming is forbidden", ["You must not swim."], ["You may swim.", "swimming is allowed"]),
    ("Why was it moved?", "because of heavy rain", ["It rained heavily."], ["It snowed heavily.", "not because of heavy rain"]),
    ("What if the light goes out?", "close the tap and open the window", ["Open the window and shut the tap."],
     ["Close the tap."]),
    ("Which order is right?", "red, then yellow", ["First red, then yellow."], ["yellow, then red"]),
    ("What are the sizes?", "90 cm wide and 210 cm high", ["width 90 cm, height 210 cm"], ["90 cm high and 210 cm wide"]),
    ("When and where was it signed?", "4 May 1949 in Bergen", ["In Bergen on 4 May 1949."], ["4 May 1949", "4 May 1949 in Oslo"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "reference", "good", "bad"), SAME)
def test_other_writings(question, reference, good, bad):
    for answer in good:
        assert right(question, reference, answer), answer
    for answer in bad:
        assert not right(question, reference, answer), answer


@pytest.mark.parametrize(
    ("question", "text", "yes"),
    [
        ("Is the gallery open on Mondays?", "It is closed on Mondays.", False),
        ("Is the gallery closed on Mondays?", "It does not open on Mondays.", True),
        ("Is parking forbidden?", "Parking is not allowed.", True),
        ("Is raw data encrypted?", "It is stored unencrypted.", False),
        ("Is a permit required?", "You cannot enter without a permit.", True),
        ("Is a permit required?", "Permits are optional.", False),
        ("Can guests switch it off?", "Only staff can.", False),
        ("Can staff switch it off?", "Only staff can.", True),
        ("Does the card work abroad?", "It only works at home.", False),
        ("May one smoke on the terrace?", "Smoking is permitted there only until ten.", True),
        ("Is the shop open on Sundays?", "Unfortunately not.", False),
        ("Can I bring food?", "It is not forbidden.", True),
    ],
)
def test_yes_and_no_without_the_word(question, text, yes):
    assert polarity(text, question) is yes


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 12), st.sampled_from(["day", "week", "month", "year"]))
def test_a_frequency_is_the_same_in_both_readings(count, period):
    (_, often), *rest = find_frequencies(f"{count} times a {period}")
    assert not rest
    assert find_frequencies(f"{count} times per {period}")[0][1] == often
    other = find_frequencies(f"{count + 1} times a {period}")[0][1]
    assert other != often


@pytest.mark.parametrize(
    ("one", "other"),
    [("quarterly", "every three months"), ("quarterly", "four times a year"), ("weekly", "every 7 days"),
     ("half-yearly", "twice a year"), ("daily", "once a day"), ("every other week", "every 14 days")],
)  # fmt: skip
def test_frequencies(one, other):
    assert right("How often is it tested?", one, other)
    assert not right("How often is it tested?", one, f"not {other}")


def test_twice_a_week_is_not_every_two_weeks():
    assert not right("How often is it tested?", "twice a week", "every two weeks")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_expanding_twice_changes_nothing_more(text):
    assert expand(expand(text)) == expand(text)


@pytest.mark.parametrize(
    ("british", "american"),
    [("colour", "color"), ("centre", "center"), ("organised", "organized"), ("travelling", "traveling"),
     ("grey", "gray"), ("aluminium", "aluminum"), ("litres", "liters")],
)  # fmt: skip
def test_spellings(british, american):
    assert plain_word(british) == plain_word(american)


@pytest.mark.parametrize("word", ["hour", "four", "calling", "filled", "raised", "this", "promise"])
def test_spelling_rules_keep_words_apart(word):
    assert plain_word(word) not in {"hor", "for", "caling", "filed", "rized", "thiz"}


def test_roots():
    assert root("drying") == root("dried")
    assert root("loss") == root("lost")
    assert same_root(root("reduction"), root("reduct"))
    assert not same_root(root("depart"), root("department"))
    assert not same_root(root("employer"), root("employ"))
