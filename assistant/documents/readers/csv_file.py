"""CSV and TSV as tables whose header row returns often enough for a row to make sense."""

import csv
import io

from assistant.documents.readers.converted import Converted, TextBuilder, Unreadable, clean_text
from assistant.documents.readers.text_file import decode

_DELIMITERS = ",;\t|"
MAX_ROWS = 200_000
MAX_COLUMNS = 10_000


def read_csv(data: bytes) -> Converted:
    """The first row is the header; rows longer or shorter than it are kept as they are.

    Raises:
        Unreadable: for more than `MAX_ROWS` rows or `MAX_COLUMNS` columns, or a field over csv's
            own limit of 128 KiB.
    """
    text = clean_text(decode(data))
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=find_delimiter(text)):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > MAX_ROWS:
                raise Unreadable(f"more than {MAX_ROWS:,} rows")
            if len(row) > MAX_COLUMNS:
                raise Unreadable(f"{len(row):,} columns (limit {MAX_COLUMNS:,})")
    except csv.Error as error:
        raise Unreadable(f"not readable as CSV: {error}") from error
    builder = TextBuilder()
    builder.table(rows)
    return builder.build()


def find_delimiter(text: str) -> str:
    """The candidate found most often in the header line; a comma when there is none."""
    header = text.lstrip("\n").split("\n", 1)[0]
    return max(_DELIMITERS, key=lambda mark: (header.count(mark), mark == ","))
