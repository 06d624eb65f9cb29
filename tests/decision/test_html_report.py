import dataclasses
import itertools
import json
import re
from html.parser import HTMLParser

import pytest

from assistant.decision.html_report import to_html
from assistant.decision.report import make_report
from assistant.schema import Message
from tests.decision.helpers import SHARES, decide


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return decide(tmp_path_factory.mktemp("r") / "r", SHARES, n=30, documents=15, unanswerable=4)


class Page(HTMLParser):
    void = frozenset({"meta", "input", "br", "line", "circle"})

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.said, self.text = [], [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.void:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.said.append(data)
        self.text += data


def island(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


def test_one_file_no_request(report):
    text = to_html(report)
    page = Page(text)
    assert page.open == []
    assert not [v for n, v in page.attributes if n in ("src", "href", "action")]
    assert "@import" not in text
    assert "url(" not in text
    assert "http://" not in text
    assert "https://" not in text
    assert "default-src 'none'" in text


def test_the_first_page_says_what_a_boss_asks(report):
    said = Page(to_html(report)).text
    first = said[: said.index("Share correct, with 95 % intervals")]
    rag = report.summary.approach("rag")
    for part in (report.recommendation.sentence, f"{rag.correct} ", "confidently wrong", "a month",
                 "the support team", "What would change it", "What was not measured",
                 "fake", "0 of 12", "unreadable documents", "2026-06-01",
                 "With the right passage given, right on 30 of 30 questions that have an answer: 100 % ",
                 "At least 70 %: the model reads well enough"):  # fmt: skip
        assert part in first, part


def test_what_the_limit_of_the_model_is_counted_on_is_said(report):
    """Gate 0 leaves the 4 unanswerable questions out, the table of outcomes counts them."""
    value = report.recommendation.gates[0].value
    assert "with the right passage right on 30 of 30 questions that have an answer: 100 %" in value
    outcomes = next(t for t in report.tables if t.title == "Outcomes")
    assert [row[1] for row in outcomes.rows if row[0] == "oracle"] == ["34 of 34 (100 %)"]
    assert "Unanswerable questions count too" in outcomes.note


def test_every_question_with_every_answer_is_in_it(report):
    data = island(to_html(report))
    assert len(data["questions"]) == 34
    assert all(len(q["answers"]) == 5 for q in data["questions"])
    rag = next(a for a in data["questions"][3]["answers"] if a["approach"] == "rag")
    assert data["passages"][rag["passages"][0][1]]["text"].startswith("It says")
    assert data["texts"][rag["prompt"][0][1]].startswith("Question: ")


def test_nothing_is_in_it_twice(report):
    """A prompt, a passage or a name of a mark stands once, however many answers share it."""
    data = island(to_html(report))
    for name in ("texts", "marks"):
        assert len(set(data[name])) == len(data[name])
    shown = {p.chunk.id for row in report.scored for p in row.answer.passages}
    assert len(data["passages"]) == len(shown)
    assert len(data["texts"]) < len(report.scored)


def test_text_of_models_cannot_become_markup(report):
    nasty = "</script><img src=x onerror=alert(1)>\"'&<!--"
    row = report.scored[0]
    answer = dataclasses.replace(row.answer, text=nasty, messages=(Message("user", nasty),))
    evil = dataclasses.replace(
        row, answer=answer, question=dataclasses.replace(row.question, question=nasty)
    )
    header = dataclasses.replace(report.summary.header, authored_by=nasty, unreadable=(nasty,))
    summary = dataclasses.replace(report.summary, header=header)
    changed = make_report(summary, report.recommendation, [evil])
    text = to_html(changed)
    page = Page(text)
    assert "img" not in page.tags
    assert page.tags.count("script") == 2
    assert page.open == []
    assert island(text)["questions"][0]["question"] == nasty


def test_charts_tell_their_numbers_to_a_screen_reader(report):
    labels = [v for n, v in Page(to_html(report)).attributes if n == "aria-label"]
    assert any("rag" in v and "percent correct" in v for v in labels)
    assert any("a month" in v for v in labels)


def test_headings_form_one_outline_and_rows_have_headers(report):
    text = to_html(report)
    levels = [int(t[1]) for t in Page(text).tags if re.fullmatch("h[1-6]", t)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert text.count('scope="row"') > 30
    assert "<td><th" not in text
    ids = set(re.findall(r' id="([^"]+)"', text))
    assert set(re.findall(r'<label for="([^"]+)"', text)) == {"volume", "tokens", "machines"} <= ids


def test_assumptions_and_staleness_are_said(report):
    said = " ".join(Page(to_html(report)).said)
    assert "Your situation" in said
    assert "Staleness" in said
    assert "questions need review" in said
