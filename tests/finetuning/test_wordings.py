"""Questions made from sentences and cells read like questions."""

import re

import pytest

from assistant.finetuning.extractors.definitions import find_definition
from assistant.finetuning.facts import find_evidence
from assistant.finetuning.synthesis import make_pairs
from assistant.finetuning.wording.attributes import (
    attribute_questions,
    is_noun_phrase,
    reverse_question,
)
from assistant.finetuning.wording.clauses import parse_clause
from assistant.finetuning.wording.marked import Marked
from assistant.finetuning.wording.questions import value_questions
from tests.finetuning.conftest import chunk_of

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
        ("Brno", "People", "88", "How many people does Brno have?"),
        ("Quay", "Shortest interval between readings", "5 minutes",
         "What is the shortest interval between readings of Quay?"),
        ("Bluetooth", "Can be refused", "no", "Can Bluetooth be refused?"),
        ("Disk encrypted", "Laptop", "yes", "Disk encrypted, laptop: yes or no?"),
    ],
)  # fmt: skip
def test_attribute_questions(subject, attribute, value, expected):
    assert expected in attribute_questions(subject, attribute, value)


def test_reverse_questions():
    assert reverse_question("kit", "Analyte", "Nitrate") == "Which kit has Nitrate as its analyte?"
    assert reverse_question("code", "Meaning", "Lamp weak") == "Which code means: Lamp weak?"
    assert reverse_question("person", "Role", "CEO") == "Who has CEO as the role?"


@pytest.mark.parametrize(
    "label",
    ["Why", "How", "What", "When", "By", "Then", "n", "7", "Not", "Yes", "Other", "The", "No", "-"],
)
def test_heads_that_say_nothing_are_not_asked_for(label):
    assert attribute_questions("Notifications", label, "alarms") == []
    assert not is_noun_phrase(label)


@pytest.mark.parametrize(
    "label",
    ["confidently wrong", "correct", "better", "no passages", "a changed document", "up to 5 kg",
     "Look at first", "Readings kept", "SMS per month included", "Mass, empty", "Open", "per answer",
     "Not for", "2025"],
)  # fmt: skip
def test_labels_that_are_no_nouns_are_asked_for_as_they_stand(label):
    questions = attribute_questions("Jetty", label, "a thing")
    assert f'What is stated under "{label}" for Jetty?' in questions
    assert not any(f"the {label}" in q or f"Which {label}" in q for q in questions)


@pytest.mark.parametrize(
    "label",
    ["shelf life", "limit per night", "lead time", "training cost", "HTTP status", "operating range",
     "result memory", "first answer", "connection to the network", "list price", "Q1 2026"],
)  # fmt: skip
def test_nouns_stay_nouns(label):
    assert is_noun_phrase(label)


@pytest.mark.parametrize(
    "sentence",
    [
        "Suppose the passages add 700 tokens to each prompt.",
        "Then passages cost 0.0021 dollars per answer.",
        "But the combination scores 74 points.",
        "First takes 20 minutes.",
        '"The blank of your QX is valid for 8 hours.',
        "25 °C. A sample from the refrigerator needs 40 minutes.",
        "Was raised to level 1 by the desk at 06:39.",
    ],
)
def test_openings_that_are_no_subject(sentence):
    clause = parse_clause(sentence)
    assert clause is None or clause.subject == "you"


@pytest.mark.parametrize(
    "text",
    [
        "But the combination is a separate approach with its own failures.",
        "Where every cluster is a single question it uses the exact test.",
        '"You are a support agent for a parking company.',
        "Your questions are a sample of everything people could ask.",
    ],
)
def test_half_sentences_define_nothing(text):
    assert list(find_definition(text)) == []
    assert list(find_definition("A judge model is a second opinion at best."))


def questions_of(text, title="Phones of the Vell works"):
    return {p.question for p in make_pairs(find_evidence([chunk_of("p", title, text)]))}


@pytest.mark.parametrize(
    "key", ["Note", "See also", "Example", "Why", "How", "Tip", "7", "Questions are JSON lines"]
)
def test_keys_that_open_a_remark_make_no_cell(key):
    text = f"- {key}: the long list beside the door\n- Battery: two cells of lithium\n"
    questions = questions_of(text)
    assert any("battery" in q.lower() for q in questions)
    assert not any("long list" in q or key.lower() in q.lower() for q in questions)


def test_a_column_that_has_no_attributes_is_an_attribute():
    table = (
        "| Data | Kept for | Deleted by |\n|---|---|---|\n"
        "| Invoices | 10 years | Finance |\n| Visitor lists | 4 weeks | reception |\n"
    )
    questions = questions_of(table)
    assert 'What is stated under "Kept for" for Invoices?' in questions
    assert not any("of Kept for" in q for q in questions)
    one = "| What | Licence |\n|---|---|\n| Pages | ours |\n| Pictures | free to use |\n"
    assert "What is the licence of Pages?" in questions_of(one)
    plans = "| Feature | Quay | Jetty |\n|---|---|---|\n| Price | 29 EUR | 0 EUR |\n"
    assert "What is the price of Quay?" in questions_of(plans)
