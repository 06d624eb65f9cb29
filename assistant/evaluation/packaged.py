"""The sets labelled by hand that ship beside this module."""

from importlib.resources import files


def packaged(prefix: str) -> list[str]:
    """Texts of the JSON lines files whose names begin so, in the order of their names."""
    found = [
        item
        for item in files("assistant.evaluation").iterdir()
        if item.name.startswith(prefix) and item.name.endswith(".jsonl")
    ]
    return [item.read_text("utf-8") for item in sorted(found, key=lambda item: item.name)]
