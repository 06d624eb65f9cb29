import time

import pytest

from assistant.errors import QuestionFileError
from assistant.schema import Check, Outcome, Question, WrongKind
from assistant.scoring.correctness import score

WARRANTY = Question("w", "What is the warranty of the QX-4410?", ("24 months",))
UNKNOWN = Question("u", "How loud is it?", answerable=False)


def ask(reference, question="What is it?", **more):
    return Question("q", question, (reference,), **more)


@pytest.mark.parametrize(
    ("answer", "outcome", "kind"),
    [
        ("24 months", Outcome.CORRECT, None),
        ("Two years.", Outcome.CORRECT, None),
        ("24 months, sensors 12 months", Outcome.CORRECT, None),
        ("The QX-4410 has 24 months and the QX-4420 36 months.", Outcome.CORRECT, None),
        ("24 months, not 36 months", Outcome.CORRECT, None),
        ("36 months", Outcome.INCORRECT, WrongKind.WRONG_VALUE),
        ("24 months or 36 months", Outcome.INCORRECT, WrongKind.WRONG_VALUE),
        ("The QX-4420 has 24 months.", Outcome.INCORRECT, WrongKind.OTHER),
        ("It is not 24 months.", Outcome.INCORRECT, WrongKind.OTHER),
        ("It used to be 24 months.", Outcome.INCORRECT, WrongKind.OTHER),
        ("I don't know.", Outcome.ABSTAINED, None),
        ("", Outcome.ABSTAINED, None),
    ],
)
def test_outcomes(answer, outcome, kind):
    result = score(WARRANTY, answer)
    assert (result.outcome, result.wrong_kind) == (outcome, kind), result.explanation
    assert result.explanation


def test_v21_is_never_v2_1_though_squad_says_so():
    result = score(ask("v2.1"), "v21")
    assert result.outcome is Outcome.INCORRECT
    assert result.exact_match == 1.0


def test_unanswerable():
    assert score(UNKNOWN, "I don't know.").outcome is Outcome.CORRECT
    assert score(UNKNOWN, "I don't know.").exact_match == 1.0
    wrong = score(UNKNOWN, "45 dB")
    assert (wrong.outcome, wrong.wrong_kind) == (Outcome.INCORRECT, WrongKind.UNANSWERABLE)


def test_not_scored_is_not_zero():
    assert score(Question("q", "Anything?"), "yes").outcome is None
    assert score(WARRANTY, "24 months", error="out of memory").outcome is None


def test_near_twin_values_are_named():
    result = score(WARRANTY, "36 months", twin_values=["36 months"])
    assert result.wrong_kind is WrongKind.NEAR_TWIN
    result = score(
        ask("Ivar Tjäder", "Who leads firmware?"), "Lucía Ibáñez", twin_values=["Lucia Ibanez"]
    )
    assert result.wrong_kind is WrongKind.NEAR_TWIN


def test_unsupported_citation_is_a_kind_of_wrong():
    result = score(ask("Galway"), "Brno", cited_support=False)
    assert result.wrong_kind is WrongKind.UNSUPPORTED


def test_must_replaces_the_reference_phrase():
    question = Question("q", "How?", ("Open the lid, wait 4 minutes.",), must=("lid", "4 minutes"))
    assert score(question, "Lift the lid and give it four minutes.").correct
    assert not score(question, "Give it four minutes.").correct


def test_any_reference_will_do():
    question = Question("q", "Why?", ("it lost results", "results were lost"))
    assert score(question, "Because results were lost.").correct


def test_json_reference():
    question = ask('{"a": 1, "b": ["x", "Y"]}')
    assert score(question, '```json\n{"b": ["y", "X"], "a": 1}\n```').correct
    assert not score(question, '{"a": 1}').correct
    assert not score(question, '{"a": true, "b": ["x", "y"]}').correct


LABELS = Check("one_of", ["hardware-fault", "calibration"])


def test_format_and_label_are_told_apart():
    question = Question("q", "Category?", ("calibration",), checks=(LABELS,))
    assert score(question, "calibration").format_ok is True
    other = score(question, "hardware-fault")
    assert (other.outcome, other.format_ok) == (Outcome.INCORRECT, True)
    chatty = score(question, "The category is calibration.")
    assert (chatty.outcome, chatty.format_ok) == (Outcome.INCORRECT, False)
    assert chatty.wrong_kind is WrongKind.FORMAT


def test_a_label_list_of_nothing_but_the_reference_tests_content():
    question = Question(
        "q", "Category?", ("calibration",), checks=(Check("one_of", ["calibration"]),)
    )
    assert score(question, "calibration").format_ok is None
    other = score(question, "hardware-fault")
    assert (other.outcome, other.format_ok, other.wrong_kind) == (
        Outcome.INCORRECT,
        None,
        WrongKind.OTHER,
    )


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (Check("regex", r"^CC-26-\d{6}$"), "CC-26-004217", "CC-26-4217"),
        (Check("contains", "v2.1"), "It is v2.1.", "It is v2.10"),
        (Check("not_contains", "!"), "Thank you.", "Thank you!"),
        (Check("max_words", 3), "one two three", "one two three four"),
        (Check("json_schema", {"type": "object", "required": ["id"]}), '{"id": 1}', "[]"),
        (Check("json_schema", {"type": "object"}), "{}", "not json"),
    ],
)
def test_checks(check, good, bad):
    question = Question("q", "Do it.", checks=(check,))
    assert score(question, good).correct, score(question, good).explanation
    assert not score(question, bad).correct


@pytest.mark.parametrize(
    "check",
    [Check("regex", "("), Check("max_words", "3"), Check("json_schema", {"type": 7}), Check("one_of", []),
     Check("json_schema", {"$ref": "https://example.invalid/schema.json"})],
)  # fmt: skip
def test_a_malformed_check_says_so(check):
    with pytest.raises(QuestionFileError, match=r"question file|fetched|schema"):
        score(Question("q", "Do it.", checks=(check,)), '{"a": 1}')


def test_a_runaway_pattern_is_stopped():
    started = time.perf_counter()
    result = score(Question("q", "?", checks=(Check("regex", r"^(a+)+$"),)), "a" * 40 + "!")
    assert time.perf_counter() - started < 60
    assert not result.correct
    assert "too long" in result.explanation
    again = Question("q", "?", checks=(Check("regex", r"^a+b+$"),))
    assert score(again, "aabb").correct


def test_hostile_answers_do_not_hurt():
    for answer in ("9" * 200_000, "(" * 50_000, "not " * 20_000, '{"a":' * 5_000, "\x00\ud800"):
        started = time.process_time()
        score(ask("24 months", checks=(Check("json_schema", {"type": "object"}),)), answer)
        assert time.process_time() - started < 10
