"""Errors as a message and a cure. A reader never sees a traceback; the log does."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assistant.errors import AssistantError
from ui.escape import escape_block, sentence

log = logging.getLogger(__name__)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Draw an error raised inside the block where the block would have drawn its result."""
    try:
        yield
    except AssistantError as error:
        draw_error(error)
    except Exception as error:
        log.exception("the page could not be drawn")
        draw_error(as_assistant_error(error))


def draw_error(error: AssistantError) -> None:
    """What went wrong, then the command or change that puts it right."""
    st.error(escape_block(sentence(error.message)), icon=":material/error:")
    if error.cure:
        st.caption("What puts it right:")
        st.code(error.cure, language=None, wrap_lines=True)


def as_assistant_error(error: BaseException) -> AssistantError:
    """Anything unforeseen, in words a reader can report."""
    if isinstance(error, AssistantError):
        return error
    return AssistantError(
        f"something unforeseen happened ({type(error).__name__}: {error}); "
        "the details are in the terminal that serves this page",
        "assistant doctor",
    )
