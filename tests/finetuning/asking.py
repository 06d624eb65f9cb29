"""Documents to ask about and a model that asks, the same in every process."""

import hashlib
import re

from assistant.answering.prompts import REFUSAL
from tests.finetuning.conftest import OFFICE, PUMPS, chunk_of


def material(changed=""):
    """Two pages and twenty notes, the text of one of them changed if wanted."""
    notes = [
        chunk_of(f"x{i}", f"Note {i}", f"The pump PX-{i} of hall {i} was painted in {2000 + i}.")
        for i in range(10, 30)
    ]
    pages = [
        chunk_of("pumps", "Pumps of the Vell works", PUMPS + changed),
        chunk_of("office", "Office handbook", OFFICE, ("Office handbook", "Keys")),
    ]
    return [*pages, *notes]


def reply(row):
    """Asks for what is marked, spelled backwards; answers two in three, by hash of the prompt."""
    text = row.messages[-1].content
    if "«" in text:
        return f"What is told as {text.split('«')[1].split('»')[0][::-1]} here?"
    told = re.search("told as (.+) here[?]", text)
    if told and int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3:
        return told[1][::-1]
    return REFUSAL
