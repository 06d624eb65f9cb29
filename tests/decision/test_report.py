import csv
import dataclasses
import io
import json
import re
from xml.etree import ElementTree

import pytest

from assistant.decision.provenance import provenance_table
from assistant.decision.report import table_markdown, to_csv, to_json, to_junit, to_markdown
from assistant.decision.tables import Table
from tests.decision.helpers import SHARES, decide


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    made = decide(tmp_path_factory.mktemp("r") / "r", SHARES, n=40, documents=20)
    return dataclasses.replace(made, rule_error="4.0 % (2.0 to 8.0)")


def test_counts_stand_beside_percentages(report):
    rows = {r[0]: r for t in report.tables if t.title == "Outcomes" for r in t.rows}
    rag = report.summary.approach("rag")
    assert (
        rows["rag"][1]
        == f"{rag.correct.part} of {rag.correct.whole} ({rag.correct.part / rag.correct.whole * 100:.0f} %)"
    )
    assert all(len(t.columns) == len(row) for t in report.tables for row in t.rows)


def test_never_measured_is_never_zero(report):
    text = to_markdown(report)
    assert "not measured" in text
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b", text)


def test_markdown_has_verdict_provenance_and_rule_error(report):
    text = to_markdown(report)
    assert f"**{report.recommendation.sentence}**" in text
    names = dict(provenance_table(report.summary, report.rule_error).rows)
    assert names["written by"] == "the support team"
    assert names["error rate of the rule"] == "4.0 % (2.0 to 8.0)"
    for name in ("run", "model", "index", "adapter", "question file", "fact coverage"):
        assert f"| {name} |" in text


def test_cells_cannot_break_out():
    table = Table("t", ("a", "b"), (("<script>|`x`", "line\nbreak *bold* [l](u)"),))
    row = table_markdown(table).splitlines()[2]
    assert "<" not in row
    assert row.count("|") == 4  # three borders and one escaped
    assert "\\[l\\]" in row


def test_json_is_strict_and_whole(report):
    data = json.loads(to_json(report), parse_constant=lambda c: pytest.fail(c))
    assert data["verdict"] == "rag"
    assert len(data["answers"]) == len(report.scored)
    assert data["summary"]["header"]["index"] == "index-1"
    assert data["recommendation"]["gates"][0]["question"] == "Is the evidence usable?"


def test_csv_runs_no_formula(report):
    row = report.scored[0]
    nasty = dataclasses.replace(row, answer=dataclasses.replace(row.answer, text='=cmd|"x"!A1'))
    rows = list(csv.DictReader(io.StringIO(to_csv(dataclasses.replace(report, scored=(nasty,))))))
    assert rows[0]["answer"] == '\'=cmd|"x"!A1'
    assert len(list(csv.DictReader(io.StringIO(to_csv(report))))) == len(report.scored)


def test_junit(report):
    row = report.scored[0]
    nasty = dataclasses.replace(
        row, answer=dataclasses.replace(row.answer, text="\x00<a>\ud800", error="bro\x01ken")
    )
    root = ElementTree.fromstring(
        to_junit(dataclasses.replace(report, scored=(*report.scored, nasty)))
    )
    suites = {s.get("name"): s for s in root}
    assert set(suites) == {"prompt", "rag", "finetuned", "hybrid", "oracle"}
    rag = report.summary.approach("rag")
    assert int(suites["rag"].get("failures")) == rag.incorrect + rag.abstained
    assert suites["prompt"].get("errors") == "1"
    assert len(suites["rag"].findall("testcase")) == rag.n
