"""Question and pair files: what is read, and that every mistake is named with its line."""

import json

import pytest

from assistant.documents.questions import (
    is_question_file,
    load_pairs,
    load_questions,
    question_from_json,
    question_to_json,
)
from assistant.errors import QuestionFileError
from assistant.schema import Check, Question

FULL = {
    "id": "q1", "question": "Limit?", "references": ["30 bar"], "must": ["30"],
    "checks": [{"type": "regex", "value": "^[0-9]+"}, {"type": "max_words", "value": 5}],
    "answerable": True, "sources": ["a/pump.md#Limits"], "group": "g", "kind": "number", "tags": ["x"],
}  # fmt: skip


def write(path, *records):
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def problems(path, load=load_questions):
    with pytest.raises(QuestionFileError) as caught:
        load(path)
    return caught.value.message


def test_every_field(tmp_path):
    question = load_questions(write(tmp_path / "q.jsonl", FULL, "", {"question": "Only?"}))[0]
    assert question == Question(
        "q1", "Limit?", ("30 bar",), ("30",), (Check("regex", "^[0-9]+"), Check("max_words", 5)),
        True, ("a/pump.md#Limits",), "g", "number", ("x",),
    )  # fmt: skip
    assert question_from_json(question_to_json(question)) == question


def test_ids_made_from_the_wording_stay_when_lines_move(tmp_path):
    one = load_questions(write(tmp_path / "a.jsonl", {"question": "A?"}, {"question": "B?"}))
    two = load_questions(write(tmp_path / "b.jsonl", {"question": "B?"}, {"question": "A?"}))
    assert {q.question: q.id for q in one} == {q.question: q.id for q in two}


def test_byte_order_mark(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(FULL).encode())
    assert load_questions(path)[0].id == "q1"


def test_all_mistakes_are_named_with_their_lines(tmp_path):
    path = write(
        tmp_path / "q.jsonl",
        FULL,
        "{not json",
        {"id": "q2", "question": "", "reference": "x"},
        {"id": "q1", "question": "again?"},
        {"id": "q3", "question": "q?", "answerable": "no", "tags": [1]},
        "[1]",
        {"id": "q4", "question": "q?", "answerable": False, "references": ["x"]},
        {"id": "q5", "question": "q?", "sources": ["../up.md", "/root.md"]},
        '{"id": "q6", "question": "q?", "id": "q7"}',
        '{"id": "q8", "question": "\\ud800"}',
        '{"id": "q9", "question": "q?", "checks": [{"type": "max_words", "value": NaN}]}',
    )
    message = problems(path)
    for expected in (
        "line 2: not JSON",
        "line 3: field 'question' is missing or empty",
        "line 3: unknown field 'reference' (did you mean 'references'? known: id, question",
        "line 4: id 'q1' was used at line 1 already",
        "line 5: field 'answerable' must be true or false, found text",
        "line 5: field 'tags' must be a list of texts",
        "line 6: expected an object with fields, found a list",
        "line 7: answerable is false but there are references",
        "line 8: source '../up.md'",
        "line 8: source '/root.md'",
        "line 9: not JSON: a field is given twice",
        "line 10: field 'question' is not valid Unicode",
        "line 11: not JSON: NaN",
    ):
        assert expected in message


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ({"type": "regex", "value": "("}, "does not compile"),
        ({"type": "regex", "value": "a" * 1001}, "1,001 characters"),
        ({"type": "regexp", "value": "a"}, "unknown type 'regexp'"),
        ({"type": "one_of", "value": []}, "one_of needs"),
        ({"type": "one_of", "value": "a"}, "one_of needs"),
        ({"type": "json_schema", "value": []}, "json_schema needs an object"),
        ({"type": "json_schema", "value": {"type": "nothing"}}, "not a JSON schema"),
        (
            {"type": "json_schema", "value": {"items": [{"$ref": "http://x/y"}]}},
            "only refer to itself",
        ),
        ({"type": "contains", "value": " "}, "not empty"),
        ({"type": "max_words", "value": True}, "whole number"),
        ({"type": "max_words"}, "must be"),
        ("regex", "must be"),
    ],
)
def test_bad_checks(tmp_path, check, expected):
    message = problems(
        write(tmp_path / "q.jsonl", {"id": "1", "question": "q?", "checks": [check]})
    )
    assert "line 1: check 1: " in message
    assert expected in message


def test_good_checks(tmp_path):
    checks = [
        {"type": "one_of", "value": ["a", "b"]},
        {
            "type": "json_schema",
            "value": {
                "type": "object",
                "$defs": {"x": {}},
                "properties": {"a": {"$ref": "#/$defs/x"}},
            },
        },
        {"type": "contains", "value": "a"},
        {"type": "not_contains", "value": "b"},
    ]
    question = load_questions(write(tmp_path / "q.jsonl", {"question": "q?", "checks": checks}))[0]
    assert [c.type for c in question.checks] == [
        "one_of",
        "json_schema",
        "contains",
        "not_contains",
    ]


def test_many_mistakes_are_counted_not_listed(tmp_path):
    message = problems(write(tmp_path / "q.jsonl", *["{"] * 500))
    assert "500 problems" in message
    assert "and 480 more" in message


def test_huge_line_and_deep_nesting(tmp_path):
    path = write(tmp_path / "q.jsonl", '{"question": "' + "x" * 1_100_000 + '"}', "[" * 100_000)
    message = problems(path)
    assert "line 1: 1,100,016 bytes long" in message
    assert "line 2: not JSON" in message


def test_csv(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text(
        "id;question;references;answerable;checks\n"
        '1;"Two\nlines?";a | b;yes;"[{""type"": ""max_words"", ""value"": 3}]"\n\n2;Other?;;no;\n'
    )
    one, two = load_questions(path)
    assert one.question == "Two\nlines?"
    assert one.references == ("a", "b")
    assert one.checks == (Check("max_words", 3),)
    assert not two.answerable


def test_csv_mistakes_have_line_numbers(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text('id,question,answerable\n1,"a\nb?",perhaps\n2,c?,yes,extra\n3,,\n')
    message = problems(path)
    assert "line 2: field 'answerable' must be true or false" in message
    assert "line 4: 4 cells under 3 columns" in message
    assert "line 5: field 'question' is missing" in message


def test_squad_versions(tmp_path):
    qas = [
        {
            "id": "a",
            "question": "Who?",
            "answers": [{"text": "Ada", "answer_start": 0}, {"text": "Ada", "answer_start": 9}],
        },
        {
            "id": "b",
            "question": "Why?",
            "answers": [],
            "is_impossible": True,
            "plausible_answers": [],
        },
    ]
    content = {
        "version": "v2.0",
        "data": [{"title": "T", "paragraphs": [{"context": "Ada.", "qas": qas}]}],
    }
    path = tmp_path / "s.json"
    path.write_text(json.dumps(content))
    assert load_questions(path) == [
        Question("a", "Who?", ("Ada",)), Question("b", "Why?", answerable=False),
    ]  # fmt: skip
    qas.append({"id": "c", "question": "What?", "answers": []})
    path.write_text(json.dumps(content))
    assert "data[0].paragraphs[0].qas[2]: no answers" in problems(path)
    path.write_text("{}")
    assert "expected SQuAD JSON" in problems(path)


@pytest.mark.parametrize("name", ["none.jsonl", "empty.jsonl", "q.txt"])
def test_missing_empty_and_unknown_files(tmp_path, name):
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "q.txt").write_text("x")
    assert name in problems(tmp_path / name)


def test_pairs(tmp_path):
    path = write(
        tmp_path / "p.jsonl", {"question": "q?", "answer": "a", "kind": "reply", "tags": ["t"]}
    )
    pair = load_pairs(path)[0]
    assert (pair.question, pair.answer, pair.variant, pair.tags) == (
        "q?",
        "a",
        "user",
        ("reply", "t"),
    )
    write(path, {"question": "q?"}, {"question": "q?", "answer": "a", "extra": 1})
    message = problems(path, load_pairs)
    assert "line 1: field 'answer' is missing" in message
    assert "line 2: unknown field 'extra'" in message


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("q.jsonl", '{"question": "q", "references": []}', True),
        ("q.jsonl", '{"text": "q"}', False),
        ("q.csv", "id,Question,References\n", True),
        ("faq.csv", "question,answer\n", False),
        ("q.csv", "question;must\n", True),
        ("faq.csv", "topic,question\n", False),
        ("prices.csv", "code,price\n", False),
        ("s.json", '{"data": [{"paragraphs": []}]}', True),
        ("c.json", '{"data": 1}', False),
        ("q.md", '{"question": "q", "references": []}', False),
    ],
)
def test_question_files_are_told_from_documents(tmp_path, name, content, expected):
    (tmp_path / name).write_text(content)
    assert is_question_file(tmp_path / name) is expected
