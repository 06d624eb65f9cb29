"""Questions made from sentences and cells read like questions."""

import re

import pytest

from assistant.finetuning.wording.attributes import attribute_questions, reverse_question
from assistant.finetuning.wording.clauses import parse_clause
from assistant.finetuning.wording.marked import Marked
from assistant.finetuning.wording.questions import value_questions

NAMES = frozenset({"Tessa", "Brno", "Quay", "Galway"})


def ask(sentence, kind, **options):
    """The value is marked [so] in the sentence."""
    match = re.search(r"\[(.*?)\]", sentence)
    marked = Marked(sentence[: match.start()], match[1], sentence[match.end() :])
    return value_questions(marked, kind, names=NAMES, **options)


@pytest.mark.parametrize(
    ("sentence", "kind", "first"),
    [
        ("The warm-up of the QX-1 takes [4 minutes] after power-on.", "number",
         "How long does the warm-up of the QX-1 take after power-on?"),
        ("Receipts must be kept for [7 years].", "number", "How long must receipts be kept?"),
        ("The hotel limit is [165 EUR per night] from May.", "number",
         "What is the hotel limit from May?"),
        ("The Quay plan costs EUR 29 and covers [50 devices].", "number",
         "How many devices does the Quay plan cover?"),
        ("Returns must be sent back within [30 days].", "number",
         "Within how many days must returns be sent back?"),
        ("Each probe should be calibrated every [60 days].", "number",
         "How often should each probe be calibrated?"),
        ("The gateway holds up to [40 loggers].", "number",
         "Up to how many loggers does the gateway hold?"),
        ("Press the button for [8 seconds] to reset it.", "number",
         "How long should you press the button to reset it?"),
        ("Tessa was founded on [14 March 1994] in Brno.", "date",
         "When was Tessa founded in Brno?"),
        ("On [30 September 2025], support for the QX-0 ended.", "date",
         "When did support for the QX-0 end?"),
        ("It replaces version 2, which will be switched off on [30 May 2026].", "date",
         "When will version 2 be switched off?"),
        ("The desk answers until [18:00].", "date", "Until when does the desk answer?"),
        ("Error [E-104] means that the lamp is weak.", "code",
         "Which error means that the lamp is weak?"),
        ("The battery is a [CR2477].", "code", None),
        ("The current firmware is [5.4.1].", "code", "What is the current firmware?"),
        ("Complaints are sent to [a@b.example] within a week.", "email",
         "To which address are complaints sent within a week?"),
        ("Kits are stored in [Brno].", "name", "Where are kits stored?"),
    ],
)  # fmt: skip
def test_sentence_to_question(sentence, kind, first):
    questions = ask(sentence, kind)
    assert (questions[0] if questions else None) == first


def test_people_are_asked_for_with_who():
    assert ask("[Karin Söder] leads the photometer team.", "name", person=True) == (
        "Who leads the photometer team?",
    )
    assert ask("The plant is led by [Karin Söder].", "name", person=True) == (
        "Who is the plant led by?",
    )


def test_it_takes_up_what_came_before():
    assert ask("It weighs [2.3 kg].", "number") == ()
    assert ask("It weighs [2.3 kg].", "number", antecedent="the QX-1") == (
        "How much does the QX-1 weigh?",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Is the limit [5 days]?",
        "A [12-month] warranty is given.",
        "Applies to goods delivered since [May 2020].",
        "Between 92 and [102 %] is good.",
        "Which of them weigh more than [5 kg] nobody knows.",
    ],
)
def test_no_question_where_the_sentence_is_not_plain(sentence):
    assert ask(sentence, "number") == ()


def test_clauses():
    clause = parse_clause("From May, the fee for guests must not exceed 5 EUR.")
    assert (clause.lead, clause.subject, clause.auxiliary) == (
        "From May",
        "the fee for guests",
        "must",
    )
    assert parse_clause("Closed on Sundays.") is None
    assert parse_clause("Who pays for it?") is None
    assert parse_clause("If it rains the gate stays shut.") is None


@pytest.mark.parametrize(
    ("subject", "attribute", "value", "expected"),
    [
        ("the GW-31", "Mass", "290 g", "How much does the GW-31 weigh?"),
        ("the GW-31", "List price", "565 EUR", "How much does the GW-31 cost?"),
        ("TL-7", "Battery life", "24 months", "How long is the battery life of TL-7?"),
        ("Quay", "Devices", "50", "How many devices does Quay have?"),
        ("E-104", "Meaning", "Lamp weak", "What does E-104 mean?"),
        ("E-104", "What to do first", "Wait", "For E-104, what to do first?"),
        ("the K-2", "Owner", "Ada Byron", "Who is the owner of the K-2?"),
        ("the K-2", "QX-1", "yes", "Does the K-2 work with the QX-1?"),
        ("the K-2", "Replaceable", "no", "Is the K-2 replaceable?"),
        ("the K-2", "Replace every", "12 months", 'What is stated under "Replace every" for the K-2?'),
    ],
)  # fmt: skip
def test_attribute_questions(subject, attribute, value, expected):
    assert expected in attribute_questions(subject, attribute, value)


def test_reverse_questions():
    assert reverse_question("kit", "Analyte", "Nitrate") == "Which kit has Nitrate as its analyte?"
    assert reverse_question("code", "Meaning", "Lamp weak") == "Which code means: Lamp weak?"
    assert reverse_question("person", "Role", "CEO") == "Who has CEO as the role?"
