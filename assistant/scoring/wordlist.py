"""Word lists written as text, which stay readable where a list of strings would not."""


def word_list(text: str) -> list[str]:
    """The words of a text, in order."""
    return text.split()
