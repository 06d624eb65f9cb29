"""The page without a browser: draw it, ask, read what it says."""

from streamlit.testing.v1 import AppTest


def script(scene):
    from tests.ui.fake_workspace import FakeWorkspace
    from ui.page import draw_page

    draw_page(FakeWorkspace.opener(scene), None, None)


def page(scene="full", **query):
    at = AppTest.from_function(script, default_timeout=20, kwargs={"scene": scene})
    for name, value in query.items():
        at.query_params[name] = value
    return check(at.run())


def check(at):
    assert not at.exception
    return at


def ask(at, text):
    return check(at.chat_input[0].set_value(text).run())


def plain(elements):
    return [e.value.replace("\\", "") for e in elements]


def said(at):
    parts = (
        at.title,
        at.header,
        at.subheader,
        at.markdown,
        at.caption,
        at.error,
        at.warning,
        at.info,
    )
    return "\n".join(text for part in parts for text in plain(part))
