"""Values in the writings that trip a reader up, and round trips through words."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.schema import Question
from assistant.scoring.agreeing import agree
from assistant.scoring.correctness import score
from assistant.scoring.values import context_of, extract

SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # fmt: skip  # noqa: SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def words(n, joiner=" and "):
    if n < 20:
        return SMALL[n]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{SMALL[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{SMALL[n // 100]} hundred" + (joiner + words(n % 100) if n % 100 else "")
    rest = n % 1000
    link = joiner if 0 < rest < 100 else " "
    return f"{words(n // 1000, joiner)} thousand" + (link + words(rest, joiner) if rest else "")


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 999_999), st.sampled_from([" and ", " "]))
def test_numbers_in_words_come_back(n, joiner):
    (value,) = extract(f"{words(n, joiner)} kg")
    assert value.number == n, words(n, joiner)
    assert agree(extract(f"{n:,} kg")[0], value)


def one(text, question=""):
    values = extract(text, context=context_of(question))
    assert len(values) == 1, values
    return values[0]


AGREE = [
    ("1,000 kg", "1000 kg", True), ("1,000 kg", "1.000 kg", False), ("1.000 kg", "1 kg", True),
    ("−5 °C", "-5 °C", True), ("–5 °C", "minus 5 °C", True), ("-5 °C", "5 °C", False),
    ("½ kg", "0.5 kg", True), ("1½ h", "90 min", True), ("2¼ kg", "2.25 kg", True),
    ("10 k", "10,000", True), ("EUR 10k", "EUR 10,000", True), ("2 h", "120 min", True),
    ("2 h", "2 min", False), ("an hour and a half", "90 min", True), ("half a year", "6 months", True),
    ("three quarters of an hour", "45 min", True), ("two and a half kilograms", "2500 g", True),
    ("two thirds", "2/3 of", True), ("50 %", "half", True), ("3 out of 5", "60 %", True),
    ("5 degrees below zero", "-5 degrees", True), ("28 m below sea level", "-28 m", True),
    ("28 m", "28 m below sea level", False), ("EUR 29 per month", "EUR 348 per year", True),
    ("EUR 29 per month", "EUR 29 per year", False), ("512 MB", "512 Mb/s", False),
    ("512 MB", "512 Mb", False), ("4 km", "4 km/h", False), ("twice a week", "2 times per week", True),
    ("twice a week", "every two weeks", False), ("4 kn", "4 knots", True), ("24 m", "24 m²", False),
    ("v1.10", "v1.1", False), ("14/03/1994", "14 March 1994", True), ("03/14/1994", "14 March 1994", True),
    ("1994-03-14", "14.03.1994", True), ("14 Mar. 1994", "March 14th, 1994", True),
    ("14 March 1994", "15 March 1994", False), ("22:30", "half past ten in the evening", True),
    ("23:40", "twenty to midnight", True), ("09:00", "nine in the morning", True),
    ("13:00", "one o'clock in the afternoon", True), ("22:30", "10:30 pm", True),
    ("22:30", "10:30", False), ("07:15", "quarter past seven", True),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "answer", "wanted"), AGREE)
def test_writings_agree(reference, answer, wanted):
    assert agree(one(reference), one(answer)) is wanted


def test_a_range_is_two_numbers_not_a_negative_one():
    assert [v.number for v in extract("5–7 days")] == [5, 7]
    assert [v.number for v in extract("5-7 days")] == [5, 7]
    assert [v.number for v in extract("from -5 to -7 °C")] == [-5, -7]


def test_a_version_is_no_decimal_where_one_is_asked_for():
    question = "Which version?"
    assert not agree(one("3.10", question), one("3.1", question))
    assert agree(one("3.10 kg"), one("3.1 kg"))


def test_numbers_that_only_stand_side_by_side_stay_apart():
    assert [v.number for v in extract("six and seven kg")] == [6, 7]
    assert [v.number for v in extract("five ten kg")] == [5, 10]
    assert one("20 kg and a half").number == Decimal("20.5")


def judged(reference, answer, question="How many are there?"):
    return score(Question("q", question, (reference,)), answer).correct


@pytest.mark.parametrize(
    ("question", "reference", "right", "wrong"),
    [
        ("How old must a driver be?", "at least 21 years", "21 years or older", "at most 21 years"),
        ("What is the highest speed?", "at most 4 knots", "no faster than 4 knots", "more than 4 knots"),
        ("Which Python?", "Python 3.11 or newer", "at least Python 3.11", "Python 3.11 or older"),
        ("By how much did it change?", "-3 %", "It fell by 3 %.", "It rose by 3 %."),
        ("Is parking allowed?", "No", "Parking is forbidden.", "Parking is not forbidden."),
        ("Is a permit required?", "Yes", "A permit is needed.", "A permit is optional."),
        ("Which plan does not include backups?", "Sprout", "Sprout has none.", "Sprout includes backups."),
        ("On which days?", "Mondays and Fridays", "Mon & Fri", "Monday to Friday"),
        ("Where was it moved?", "to Lund", "It went to Lund.", "It was moved from Lund to Oslo."),
        ("Why was it closed?", "a broken valve", "The valve broke; a broken valve.", "A broken pump."),
        ("Is it a fault, a wish or a bug?", "bug", "A bug.", "fault, bug"),
        ("How many beds are there?", "22", "22 beds in 11 rooms", "11 beds in 22 rooms and 11 beds more"),
        ("How long ahead?", "60 days", "60 days; it used to be 30 days.", "60 days, elsewhere 30 days"),
        ("Why is it closed?", "the pump is leaking", "The pump leaked.", "The pump is not leaking."),
    ],
)  # fmt: skip
def test_scope_of_bounds_signs_and_negations(question, reference, right, wrong):
    assert judged(reference, right, question)
    assert not judged(reference, wrong, question)
