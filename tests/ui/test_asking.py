from assistant.schema import Question
from ui.asking import suggestions


def question(name, kind, source, answerable=True, text="short?"):
    return Question(name, text, sources=(source,), kind=kind, answerable=answerable)


def test_different_kinds_and_documents_and_one_unanswerable():
    questions = [
        question("a", "number", "a.md#x"),
        question("b", "twin", "a.md#y"),
        question("c", "number", "c.md"),
        question("d", "code", "d.md"),
        question("e", "table", "e.md", text="long " * 60),
        question("f", "none", "", answerable=False),
        question("g", "date", "g.md"),
        question("h", "name", "h.md"),
    ]
    assert [q.id for q in suggestions(questions)] == ["a", "d", "g", "f"]


def test_no_questions_no_suggestions():
    assert suggestions([]) == []
