from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.scoring.agreeing import agree, same_type
from assistant.scoring.spelled import WORD_NUMBERS
from assistant.scoring.values import context_of, extract, negations


def one(text, question=""):
    values = extract(text, context=context_of(question))
    assert len(values) == 1, values
    return values[0]


NUMBERS = [
    ("30 days", 30, "day"), ("thirty days", 30, "day"), ("EUR 2,480", 2480, "eur"),
    ("€2480", 2480, "eur"), ("2 480 EUR", 2480, "eur"), ("2.480 EUR", 2480, "eur"),
    ("2.480,50 EUR", Decimal("2480.50"), "eur"), ("$1.5k", 1500, "usd"), ("EUR29", 29, "eur"),
    ("−196 °C", -196, "celsius"), ("minus 40 degrees Celsius", -40, "celsius"),
    ("-40°C", -40, "celsius"), ("±0.003 Abs", Decimal("0.003"), "abs"), ("99.5 %", Decimal("99.5"), "percent"),
    ("12 percent", 12, "percent"), ("250ms", 250, "ms"), ("20 mS/cm", 20, "mscm"),
    ("1.2 million", 1200000, None), ("32'000", 32000, None), ("1,5 kg", Decimal("1.5"), "kg"),
    ("30-day", 30, "day"), ("one working day", 1, "workday"), ("twenty-four hours", 24, "h"),
    ("1 h 30 min", Decimal("1.5"), "h"), ("a month", 1, "month"), ("1.5 A", Decimal("1.5"), "a"),
    ("3 business days", 3, "workday"), ("1,930", 1930, None), (".5", Decimal("0.5"), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "unit"), NUMBERS)
def test_numbers(text, number, unit):
    value = one(text)
    assert value.kind == "number"
    assert value.number == number
    assert (value.unit.name if value.unit else None) == unit


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("14 March 1994", (1994, 3, 14)), ("March 14th, 1994", (1994, 3, 14)),
        ("1994-03-14", (1994, 3, 14)), ("the 14th of March 1994", (1994, 3, 14)),
        ("14.03.1994", (1994, 3, 14)), ("Feb 2026", (2026, 2, None)),
        ("31 May", (None, 5, 31)), ("1994/3/14", (1994, 3, 14)),
    ],
)  # fmt: skip
def test_dates(text, reading):
    assert reading in one(text).readings


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("QX-4410", "aa9"), ("E-104", "a9"), ("v2.1", "version"), ("5.4.1", "version"),
        ("care@tessholm.example.", "email"), ("10.0.0.1", "ip"), ("+353 91 555 0142", "phone"),
        ("https://a.example/x?y=1.", "url"), ("INC-2026-019", "aaa99"), ("CR2477", "aa9"),
    ],
)  # fmt: skip
def test_codes(text, shape):
    value = one(text)
    assert (value.kind, value.shape) == ("code", shape)
    assert not value.text.endswith(".")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("07:30", 450), ("7.30 pm", 1170), ("6 pm", 1080), ("12 am", 0), ("noon", 720),
     ("half past seven", 450), ("quarter to nine", 525)],
)  # fmt: skip
def test_times(text, minutes):
    value = one(text)
    assert (value.kind, value.key) == ("time", str(minutes))


def test_what_is_no_value():
    for text in ("may contain", "the IN door", "no", "Priya Raghunathan", "half an inch of snow"):
        assert not [v for v in extract(text) if not v.weak and v.unit is None], text


def test_ranges_share_their_unit():
    low, high = extract("from -40 to +85 °C")
    assert (low.number, low.unit.name, high.number) == (-40, "celsius", 85)
    low, high = extract("0-20 mS/cm")
    assert (low.number, low.unit.name) == (0, "mscm")


def test_rates():
    assert one("60 requests/min").per == one("60 requests per minute").per == "min"
    assert one("EUR 29 a month").per == "month"
    assert not agree(one("EUR 29/month"), one("EUR 29/year"))
    assert agree(one("EUR 29/month"), one("EUR 29"))


AGREE = [
    ("24 months", "2 years", True), ("30 days", "1 month", False), ("48 h", "2 days", True),
    ("3 working days", "3 days", False), ("v2.1", "v21", False), ("v2.1", "2.1", True),
    ("QX-4410", "qx4410", True), ("QX-4410", "QX-4420", False), ("-40 °C", "40 °C", False),
    ("0.25 s", "250 ms", True), ("EUR 5", "USD 5", False), ("30 days", "30", False),
    ("60", "60 loggers", True), ("60 loggers", "60 kg", False), ("14 March 1994", "March 1994", False),
    ("March 1994", "14 March 1994", True), ("2025", "30 September 2025", True),
    ("1 February 2026", "02/01/2026", True), ("50 %", "50 percentage points", False),
    ("20 °C", "20 °F", False), ("5.3.0", "5.3", False),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "answer", "wanted"), AGREE)
def test_agree(reference, answer, wanted):
    assert agree(one(reference), one(answer)) is wanted


def test_the_question_may_name_unit_and_year():
    context = context_of("How many days is it in 2026?")
    assert agree(one("30 days"), one("30"), context)
    assert agree(one("1 February 2026"), one("1 February"), context)
    assert not agree(one("30 weeks"), one("30"), context)
    assert not agree(one("60"), one("60 kg"), context_of("How many loggers?"))


def test_versions_are_compared_as_written_when_asked_for():
    question = "Which firmware version?"
    assert not agree(one("2.10", question), one("2.1", question))
    assert agree(one("2.10"), one("2.1"))


def test_same_type():
    assert same_type(one("EUR 5"), one("USD 5"))
    assert same_type(one("30 days"), one("2 hours"))
    assert not same_type(one("30 days"), one("2 kg"))
    assert not same_type(one("E-104"), one("QX-4410"))


def test_negations():
    assert negations("It is not, can't and never was; no.") == ["not", "n't", "never", "no"]


decimals = st.decimals(min_value=0, max_value=10**6, places=2)


@settings(max_examples=150, deadline=None)
@given(decimals, st.sampled_from(["kg", "days", "°C", "%", "MB", "mm"]), st.booleans())
def test_a_number_is_found_whatever_its_writing(number, unit, negative):
    sign = "-" if negative else ""
    plain, grouped = f"{sign}{number} {unit}", f"{sign}{number:,} {unit}"
    a, b = one(plain), one(f"It is {grouped}.")
    assert a.number == b.number == (-number if negative else number)
    assert a.unit == b.unit is not None
    assert agree(a, b)
    assert agree(b, a)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_different_numbers_never_agree(a, b):
    assert agree(one(f"{a:,} kg"), one(f"{b} kg")) is (a == b)


@settings(max_examples=80, deadline=None)
@given(st.dates(min_value=__import__("datetime").date(1900, 1, 1)))
def test_date_formats_agree(day):
    if day.year > 2900:
        return
    forms = [day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}",
             f"{day.day:02}.{day.month:02}.{day.year}"]  # fmt: skip
    for form in forms:
        assert agree(one(forms[0]), one(f"on {form}.")), form


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_extract_takes_any_text_and_spans_are_true(text):
    last = 0
    for value in extract(text):
        assert text[value.start : value.end] == value.text
        assert value.start >= last
        last = value.end


@pytest.mark.parametrize("word", [w for w in WORD_NUMBERS if w != "zero"])
def test_number_words(word):
    assert one(f"{word} kg").number == WORD_NUMBERS[word]
