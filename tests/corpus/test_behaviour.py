"""The behaviour tasks and pairs of the fictional company: valid, consistent, and disjoint."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant.documents.questions import question_from_json
from assistant.scoring.correctness import score
from tests.corpus.behaviour_answers import CORRECT, WRONG

COMPANY = Path(__file__).resolve().parents[2] / "corpus" / "tessholm"
FAMILIES = ("ticket-category", "incident-json", "house-reply")
CHECK_TYPES = {"regex", "one_of", "json_schema", "contains", "not_contains", "max_words"}


def _rows(path: str) -> list[dict[str, Any]]:
    lines = (COMPANY / path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


TASKS = _rows("questions/behaviour.jsonl")
PAIRS = _rows("pairs/pairs-500.jsonl")
FEW = _rows("pairs/pairs-50.jsonl")
BY_ID = {row["id"]: row for row in TASKS}


def _text(row: dict[str, Any]) -> str:
    """The part that differs from row to row: what follows the first empty line."""
    return str(row["question"]).split("\n\n", 1)[1]


def _instruction(row: dict[str, Any]) -> str:
    return str(row["question"]).split("\n\n", 1)[0]


def _family(rows: list[dict[str, Any]], family: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["tags"] == [family]]


def _grams(text: str, n: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w'-]+", text.casefold())
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def _conforms(answer: str, schema: object) -> bool:
    try:
        jsonschema.validate(json.loads(answer), schema)  # type: ignore[arg-type]
    except (json.JSONDecodeError, jsonschema.ValidationError):
        return False
    return True


def _passes(check: dict[str, Any], answer: str) -> bool:
    value = check["value"]
    match check["type"]:
        case "regex":
            return re.search(value, answer) is not None
        case "one_of":
            return answer.strip().casefold() in {str(v).casefold() for v in value}
        case "json_schema":
            return _conforms(answer, value)
        case "contains":
            return str(value).casefold() in answer.casefold()
        case "not_contains":
            return str(value).casefold() not in answer.casefold()
        case "max_words":
            return len(answer.split()) <= int(value)
        case other:
            raise AssertionError(f"unknown check {other}")


def _handbook_labels() -> set[str]:
    text = (COMPANY / "documents/support/ticket-triage-handbook.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z-]+)` \|", text, re.M))


def test_counts() -> None:
    assert len(TASKS) >= 48
    assert {f: len(_family(TASKS, f)) >= 12 for f in FAMILIES} == dict.fromkeys(FAMILIES, True)
    assert (len(PAIRS), len(FEW)) == (500, 50)
    assert all(len(_family(FEW, family)) >= 10 for family in FAMILIES)


def test_the_small_set_is_part_of_the_large_one() -> None:
    large = {row["id"]: row for row in PAIRS}
    assert all(large[row["id"]] == row for row in FEW)


def test_ids_and_texts_are_unique() -> None:
    rows = TASKS + PAIRS
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({_text(row).casefold() for row in rows}) == len(rows)


@pytest.mark.parametrize("task", TASKS, ids=lambda t: t["id"])
def test_task_is_a_question_row(task: dict[str, Any]) -> None:
    assert set(task) == {
        *("id", "question", "references", "must", "checks"),
        *("answerable", "sources", "group", "kind", "tags"),
    }
    assert task["kind"] == "behaviour"
    assert task["answerable"] is True
    assert len(task["tags"]) == 1
    assert task["tags"][0] in FAMILIES
    assert task["checks"]
    assert {check["type"] for check in task["checks"]} <= CHECK_TYPES
    assert 30 <= len(_text(task).split()) <= 95


@pytest.mark.parametrize("task", TASKS, ids=lambda t: t["id"])
def test_checks_are_well_formed(task: dict[str, Any]) -> None:
    for check in task["checks"]:
        if check["type"] == "regex":
            re.compile(check["value"])
        elif check["type"] == "json_schema":
            jsonschema.Draft202012Validator.check_schema(check["value"])
        elif check["type"] in {"contains", "not_contains"}:
            assert isinstance(check["value"], str)
            assert check["value"]
        elif check["type"] == "max_words":
            assert check["value"] > 0


def test_labels_are_the_handbooks_labels() -> None:
    labels = _handbook_labels()
    assert len(labels) == 12
    tasks = _family(TASKS, "ticket-category")
    for task in tasks:
        (check,) = task["checks"]  # the form; which label is right stands in the reference
        assert check["type"] == "one_of"
        assert set(check["value"]) == labels
    assert {task["references"][0] for task in tasks} == labels
    assert all(label in _instruction(tasks[0]) for label in labels)
    given = Counter(pair["answer"] for pair in _family(PAIRS, "ticket-category"))
    assert set(given) == labels
    assert min(given.values()) >= 20


def test_one_instruction_per_family_shared_by_tasks_and_pairs() -> None:
    for family in FAMILIES:
        assert len({_instruction(row) for row in _family(TASKS + PAIRS, family)}) == 1


def test_causes_and_keys_are_those_of_the_runbook() -> None:
    runbook = (COMPANY / "documents/cloud/on-call-runbook.md").read_text(encoding="utf-8")
    schema = _family(TASKS, "incident-json")[0]["checks"][0]["value"]
    assert all(key in runbook for key in schema["required"])
    assert all(cause in runbook for cause in schema["properties"]["cause"]["enum"])
    used = Counter(json.loads(row["answer"])["cause"] for row in _family(PAIRS, "incident-json"))
    assert set(used) == set(schema["properties"]["cause"]["enum"])


@pytest.mark.parametrize("pair", _family(PAIRS, "incident-json"), ids=lambda p: p["id"])
def test_incident_pair_follows_format_and_text(pair: dict[str, Any]) -> None:
    assert _conforms(pair["answer"], _family(TASKS, "incident-json")[0]["checks"][0]["value"])
    record = json.loads(pair["answer"])
    assert record["incident_id"] in _text(pair)
    assert record["owner"] in _text(pair)
    assert not record["data_lost"] or record["severity"] == "S1"


@pytest.mark.parametrize("pair", _family(PAIRS, "house-reply"), ids=lambda p: p["id"])
def test_reply_pair_keeps_the_house_style(pair: dict[str, Any]) -> None:
    text, answer = _text(pair), pair["answer"]
    found = re.match(r"Case (CC-26-\d{6}), product (\S+)\. Customer: (.+?)\.\n", text)
    assert found, text
    case, product, customer = found.groups()
    titled = re.match(r"(Dr|Professor) .*?(\S+)$", customer)
    assert answer.startswith(f"Dear {f'{titled[1]} {titled[2]}' if titled else customer},\n")
    agent = text.rsplit("Agent: ", 1)[1]
    assert answer.endswith(f"\nKind regards,\n{agent}\nTessholm Customer Care")
    assert answer.count(case) == 1
    assert case in answer.split("\nKind regards,")[0].rsplit(". ", 1)[1], "in the last sentence"
    assert product in answer
    assert len(answer.split()) <= 120
    assert "!" not in answer
    assert len(re.findall("(?i)sorry|apolog", answer)) <= 1
    assert not re.search("(?i)will refund|will be refunded|will arrive", answer)


@pytest.mark.parametrize("task_id", CORRECT)
def test_hand_made_correct_answer_passes_every_check(task_id: str) -> None:
    failed = [c for c in BY_ID[task_id]["checks"] if not _passes(c, CORRECT[task_id])]
    assert score(question_from_json(BY_ID[task_id]), CORRECT[task_id]).correct
    assert not failed


@pytest.mark.parametrize(("task_id", "answer"), WRONG)
def test_hand_made_wrong_answer_is_not_correct(task_id: str, answer: str) -> None:
    assert not score(question_from_json(BY_ID[task_id]), answer).correct


def test_correct_answers_cover_every_family() -> None:
    covered = Counter(BY_ID[task_id]["tags"][0] for task_id in CORRECT)
    assert set(covered) == set(FAMILIES)
    assert covered.total() >= 12


def test_no_eight_words_in_a_row_are_shared_by_a_task_and_a_pair() -> None:
    seen = {gram: task["id"] for task in TASKS for gram in _grams(_text(task), 8)}
    shared = {
        (pair["id"], seen[gram], " ".join(gram))
        for pair in PAIRS
        for gram in _grams(_text(pair), 8) & seen.keys()
    }
    assert not shared


def test_every_text_begins_with_its_own_number() -> None:
    """A run of words that straddles instruction and text is then never shared by two rows."""
    first = Counter(" ".join(_text(row).split()[:2]) for row in TASKS + PAIRS)
    assert first.most_common(1)[0][1] == 1
    assert all(re.search(r"\d{4}", start) for start in first)


def test_pairs_are_really_different() -> None:
    words = [(row["id"], _grams(_text(row), 1)) for row in PAIRS]
    alike = [
        (a, b, round(len(x & y) / len(x | y), 2))
        for i, (a, x) in enumerate(words)
        for b, y in words[:i]
        if len(x & y) > 0.72 * len(x | y)
    ]
    assert not alike
