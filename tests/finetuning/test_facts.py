"""Facts: every value stands literally where its offsets say, in any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.finetuning.blocks import parse_blocks
from assistant.finetuning.facts import extract_facts, find_evidence
from assistant.finetuning.spans import propose_spans
from assistant.schema import Chunk
from tests.finetuning.conftest import chunk_of

PIECES = st.sampled_from(
    ["The pump PX-1 weighs 12 kg.", "Ada Lovelace", "a@b.example", "on 3 May 2020", "EUR 5",
     "| A | B |", "|---|---|", "| x-1 | 5 m |", "- Key: value 7", "**bold** `code_1`", "# Head",
     "-40 to +85 °C", "e.g. 5.4.1", "\n", "\n\n", "  ", "É", "\u2028", "\x0c", "«»", "\uffff", "…"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join))


def document_chunks(text, offset):
    """Two chunks of one document, the way the chunker cuts: any place, white space dropped."""
    middle = len(text) // 2
    for start, end in ((0, middle), (middle, len(text))):
        if text[start:end].strip():
            name = f"c{start}"
            yield Chunk(name, "d.md", "Doc X-9", ("Doc X-9", "Part"), text[start:end],
                        start + offset, end + offset)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(0, 50))
def test_offsets_hold_literally(text, offset):
    chunks = list(document_chunks(text, offset))
    document = " " * offset + text
    evidence = find_evidence(chunks)
    for one in [*evidence, *propose_spans(chunks, evidence)]:
        fact = one.fact
        assert document[fact.start : fact.end] == fact.value
        assert fact.value.strip()
        chunk = next(c for c in chunks if c.id == fact.chunk_id)
        assert chunk.start <= fact.start < fact.end <= chunk.end


def values(text, kind=None, title="Doc"):
    facts = extract_facts([chunk_of("d", title, text)])
    return [f.value for f in facts if kind is None or f.kind == kind]


def test_kinds_of_values():
    assert values("It stores 32,000 readings from -40 to +85 °C.", "number") == [
        "32,000 readings", "-40 to +85 °C",
    ]  # fmt: skip
    assert values("A night costs EUR 165 or 12.5 % more.", "number") == ["EUR 165", "12.5 %"]
    assert values("Closed since 1 February 2026, open Mon-Fri 07:30-18:00.", "date") == [
        "1 February 2026", "Mon-Fri 07:30-18:00",
    ]  # fmt: skip
    assert values("Write to a.b@c.example or call +353 91 555 0142.", "email") == ["a.b@c.example"]
    assert values("Error SB-6029 came with firmware 5.4.1.", "code") == ["SB-6029", "5.4.1"]
    assert values("The plant is run by Þóra Jónsdóttir in Brno.", "name") == [
        "Þóra Jónsdóttir", "Brno",
    ]  # fmt: skip
    assert values("A gasket is a ring of soft rubber.", "definition") == ["a ring of soft rubber"]


def test_common_words_with_capitals_are_no_names():
    text = "Open Settings and press Save. The settings page can save files. Ask Ivar Tjäder."
    assert values(text, "name") == ["Ivar Tjäder"]


def test_table_cells_know_row_column_and_unit(chunks):
    cells = [e for e in find_evidence(chunks) if e.fact.kind == "table_cell"]
    price = next(e for e in cells if e.fact.value == "120.50")
    assert (price.fact.subject, price.attribute, price.unit) == ("PX-1", "Price", "EUR")
    assert price.answer == "120.50 EUR"
    assert price.noun == "pump"
    assert price.unique
    assert not next(e for e in cells if e.fact.value == "no").unique


def test_comparison_tables_have_things_in_columns():
    text = "| | Quay | Jetty |\n|---|---|---|\n| Devices | 50 | 5 |\n| Price per month | EUR 29 | EUR 0 |"
    cells = find_evidence([chunk_of("plans", "Plans", text)])
    found = {(e.fact.subject, e.attribute, e.answer) for e in cells}
    assert ("Quay", "Devices", "50") in found
    assert ("Jetty", "Price per month", "EUR 0") in found


def test_a_table_cut_in_two_keeps_its_header():
    text = "| Kit | Tests |\n|---|---|\n| RK-1 | 10 |\n| RK-2 | 20 |"
    cut = text.index("| RK-2")
    chunks = [
        Chunk("a", "d.md", "Kits", (), text[:cut].strip(), 0, len(text[:cut].strip())),
        Chunk("b", "d.md", "Kits", (), text[cut:], cut, len(text)),
    ]
    found = {(e.fact.subject, e.fact.value) for e in find_evidence(chunks)}
    assert {("RK-1", "10"), ("RK-2", "20")} <= found
    assert all(e.unique is False or e.fact.kind != "table_cell" for e in find_evidence(chunks[:1]))


def test_label_value_lines_of_a_pdf_table():
    text = (
        "The instrument is described on this page in one long sentence without values.\n"
        "3. Technical data\nProperty\nValue\nMass\n2.3 kg\nWarm-up time\n4 minutes\nSupply\n12 V DC\n"
        "The protection class holds only with the lid closed and the rubber plug in the port."
    )
    found = {
        (e.attribute, e.fact.value) for e in find_evidence([chunk_of("m", "QX-1 manual", text)])
    }
    assert {("Mass", "2.3 kg"), ("Warm-up time", "4 minutes"), ("Supply", "12 V DC")} <= found


def test_sentences_survive_abbreviations_lists_and_wrapping():
    text = (
        "Use e.g. tap water. Dr. Novak checks it at 5.4 bar.\n\n"
        "1. Close the lid and wait until the\nlamp is warm. Then go on.\n2. Press Start."
    )
    spans = [s.span.text for s in parse_blocks(chunk_of("d", "D", text)).sentences]
    assert spans[:2] == ["Use e.g. tap water.", "Dr. Novak checks it at 5.4 bar."]
    assert spans[2].replace("\n", " ") == "Close the lid and wait until the lamp is warm."
    assert spans[-1] == "Press Start."


def test_facts_keep_their_ids_when_text_before_them_changes():
    text = "The pump PX-1 weighs 12 kg."
    here = Chunk("c", "d.md", "Pumps", (), text, 0, len(text))
    there = Chunk("c", "d.md", "Pumps", (), text, 500, 500 + len(text))
    assert [f.id for f in extract_facts([here])] == [f.id for f in extract_facts([there])]
