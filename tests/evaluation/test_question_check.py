import pytest

from assistant.evaluation.phrases import sentences, sentences_with
from assistant.evaluation.question_check import by_kind, check_questions
from assistant.schema import Check, Chunk, Hit, Question
from tests.evaluation.helpers import facts

TEXTS = {
    "limits.md": "# Limits\nReturns are accepted for 30 days.\n| Plan | Price |\n| Quay | EUR 29 |\n",
    "people.md": "Åsa Lindqvist-Öberg is the CEO. She joined on 14 March 1994.",
}


class Folder:
    def documents(self):
        return [(name, name) for name in TEXTS]

    def document_text(self, document_id):
        return TEXTS[document_id]

    def search(self, query, k=5):
        words = set(query.casefold().split())
        ranked = sorted(TEXTS, key=lambda n: -len(words & set(TEXTS[n].casefold().split())))
        return [Hit(Chunk(n, n, n, ("Top",), TEXTS[n], 0, len(TEXTS[n])), 1.0) for n in ranked[:k]]


def kinds(*questions, documents=None):
    return {
        (f.kind, f.question_id)
        for f in check_questions(questions, documents).findings
        if f.question_id
    }


def test_a_clean_set_has_no_finding_but_notes():
    questions = facts(30, unanswerable=5)
    check = check_questions(questions)
    assert check.findings == ()
    assert (check.questions, check.clusters, check.unanswerable) == (35, 30, 5)
    assert 0.2 < check.detectable < 0.5
    assert (
        check.line
        == f"35 questions in 30 clusters can show a difference of {check.detectable * 100:.0f} points or more"
    )


def test_keys():
    assert kinds(Question("a", "What?")) == {("no key", "a")}
    assert kinds(Question("a", "What?", ("x",), answerable=False)) == {("contradiction", "a")}
    assert kinds(Question("a", "What?", checks=(Check("regex", "("),))) == {("bad check", "a")}


def test_duplicates():
    one, same = Question("a", "What is it?", ("x",)), Question("b", "what is it", ("x",))
    other = Question("c", "What is it?", ("y",))
    assert kinds(one, same) == {("duplicate", "b")}
    findings = check_questions([one, other]).findings
    assert [f.severity for f in findings if f.kind == "duplicate"] == ["error"]
    assert ("duplicate", "a") in kinds(one, Question("a", "Other?", ("z",)))
    assert ("group", "g2") in kinds(
        Question("g1", "A?", ("x",), group="g"), Question("g2", "B?", ("y",), group="g")
    )


def test_whole_set():
    found = by_kind(check_questions(facts(4)))
    assert found == {"no unanswerables": 1, "few clusters": 1}
    assert check_questions(facts(4)).detectable is None
    assert "too few" in check_questions(facts(4)).line


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        (Question("a", "For how long?", ("30 days",), sources=("limits.md",)), None),
        (Question("a", "For how long?", ("thirty days",), sources=("limits.md#Limits",)), None),
        (Question("a", "Price?", ("€29",), sources=("limits.md",)), None),
        (Question("a", "Who?", ("Asa Lindqvist-Oberg",), sources=("people.md",)), None),
        (Question("a", "When?", ("1994-03-14",), sources=("people.md",)), None),
        (
            Question("a", "For how long?", ("31 days",), sources=("limits.md",)),
            "reference not found",
        ),
        (
            Question("a", "For how long?", ("30 days",), sources=("people.md",)),
            "source without reference",
        ),
        (Question("a", "For how long?", ("30 days",), sources=("gone.md",)), "unknown source"),
        (Question("a", "For how long?", ("30 days",)), "no source"),
        (Question("a", "Is it so?", ("Yes",), sources=("limits.md",)), None),
        (Question("a", "Say?", must=("30 days", "€29"), sources=("limits.md",)), None),
        (
            Question("a", "Say?", must=("30 days", "€28"), sources=("limits.md",)),
            "reference not found",
        ),
    ],
)
def test_against_documents(question, finding):
    assert {kind for kind, _ in kinds(question, documents=Folder())} == (
        {finding} if finding else set()
    )


def test_a_missing_source_comes_with_a_proposal():
    question = Question("a", "For how many days are returns accepted?", ("30 days",))
    (finding,) = [f for f in check_questions([question], Folder()).findings if f.question_id]
    assert finding.proposal == '"sources": ["limits.md#Top"]'


def test_sentences_have_true_offsets():
    for text in TEXTS.values():
        for sentence in sentences(text):
            assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
    assert [s.text for s in sentences("v2.1 is out. It costs 2.5 EUR!\nRow")] == [
        "v2.1 is out.", "It costs 2.5 EUR!", "Row",
    ]  # fmt: skip
    assert sentences_with(Question("a", "?", ("x",)), "", "anything") == []
