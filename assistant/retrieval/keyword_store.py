"""BM25 over the words of chunks, by SQLite FTS5."""

import re
import sqlite3

HEADER_WEIGHT = 1.0
BODY_WEIGHT = 1.0
MAX_TERMS = 64

STOP_WORDS = frozenset([
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been",
    "being", "by", "can", "could", "did", "do", "does", "doing", "for", "from", "had", "has",
    "have", "having", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is",
    "it", "its", "itself", "just", "me", "my", "no", "nor", "not", "of", "on", "or", "our",
    "ours", "out", "over", "own", "she", "should", "so", "some", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too",
    "under", "until", "up", "us", "very", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
])  # fmt: skip
"""Words that say nothing about the subject; left out of queries unless nothing else is there."""

_TERM = re.compile(r"\w+(?:[-./_:']\w+)*")
_WORD = re.compile(r"\w+")


def match_expression(question: str) -> str:
    """FTS5 query for a question: its terms, each quoted, joined by OR.

    Quoting turns every FTS5 operator (`*`, `NEAR`, `-`, `:`) into plain text. A code such as
    `QX-4410` becomes the phrase "QX 4410", because the tokenizer splits it in the documents too,
    and stays a single term, so that its halves alone do not match. Joined words without a digit
    (`two-factor`) count as a phrase and one by one. Empty when there is no word.
    """
    terms: dict[str, None] = {}
    rest: dict[str, None] = {}
    for match in _TERM.finditer(question.replace("’", "'")):
        term = re.sub(r"'s$", "", match[0])
        words = _WORD.findall(term)
        if not words:
            continue
        phrase = '"' + " ".join(words) + '"'
        kind = rest if len(words) == 1 and words[0].lower() in STOP_WORDS else terms
        kind.setdefault(phrase)
        if len(words) > 1 and not any(char.isdigit() for char in term):
            singles = (word for word in words if len(word) > 1)
            terms.update((f'"{w}"', None) for w in singles if w.lower() not in STOP_WORDS)
    return " OR ".join(list(terms or rest)[:MAX_TERMS])


def search_words(connection: sqlite3.Connection, question: str, n: int) -> list[tuple[str, float]]:
    """The n best (chunk id, BM25), best first, BM25 with its sign turned so that higher is better.

    Source of the formula: SQLite FTS5 `bm25()`, k1 = 1.2, b = 0.75.
    """
    expression = match_expression(question)
    if not expression:
        return []
    query = (
        "SELECT chunks.id, -bm25(words, ?, ?) AS score FROM words "
        "JOIN chunks ON chunks.number = words.rowid "
        "WHERE words MATCH ? ORDER BY score DESC, chunks.id LIMIT ?"
    )
    rows = connection.execute(query, (HEADER_WEIGHT, BODY_WEIGHT, expression, n))
    return [(chunk_id, float(score)) for chunk_id, score in rows]
