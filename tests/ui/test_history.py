from ui.history import Entry, History, Recent
from ui.live import Request


def entry(text):
    return Entry(Request(text, ("prompt",)))


def test_the_newest_is_shown_until_another_is_chosen():
    history = History()
    assert history.current is None
    for text in "abc":
        history.add(entry(text))
    assert history.current.request.text == "c"
    history.shown = 0
    assert history.current.request.text == "a"
    history.add(entry("d"))
    assert history.current.request.text == "d"


def test_recent_forgets_the_oldest():
    recent = Recent(most=2)
    for text in "abc":
        recent.put((text,), entry(text))
    assert recent.get(("a",)) is None
    assert recent.get(("c",)).request.text == "c"
    recent.put(("b",), entry("again"))
    recent.put(("d",), entry("d"))
    assert recent.get(("c",)) is None
    assert recent.get(("b",)).request.text == "again"
