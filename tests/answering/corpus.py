"""A corpus of a few chunks and a retriever that ranks by shared words."""

from assistant.errors import IndexMissing
from assistant.schema import Chunk, Hit

TEXTS = {
    "lamp.md": [
        ("Errors", "Error E-104 means that the lamp is weak. Replace it within 30 days."),
        ("Errors", "Error E-107 means that the lid is open."),
        ("Prices", "The QX-4410 costs 2,480 euros. The warranty lasts 24 months."),
    ],
    "returns.md": [
        ("Europe", "In Europe goods may be sent back within 30 days of delivery."),
        ("North America", "In North America goods may be sent back within 20 days."),
        ("Fees", "Used reagents are not refunded."),
    ],
}


def chunk(document, heading, text, number):
    return Chunk(
        f"{document}-{number}", document, document[:-3].title(), (heading,), text, 0, len(text)
    )


CHUNKS = [
    chunk(document, heading, text, number)
    for document, parts in TEXTS.items()
    for number, (heading, text) in enumerate(parts)
]


def words(text):
    return set(text.lower().replace(".", " ").replace("?", " ").replace(",", " ").split())


class WordRetriever:
    """Keeps the promises of the real retriever that answering relies on."""

    def __init__(self, chunks=CHUNKS, version="index-1"):
        self.stored = list(chunks)
        self.version = version
        self.searches = []

    def search(self, query, k=5):
        self.searches.append((query, k))
        scored = [(len(words(query) & words(c.text)), -n, c) for n, c in enumerate(self.stored)]
        best = sorted(scored, key=lambda s: s[:2], reverse=True)[:k]
        return [Hit(c, float(score)) for score, _, c in best]

    def chunks_for_source(self, source):
        path, _, heading = source.partition("#")
        return [
            c
            for c in self.stored
            if c.document_id == path and (not heading or heading in c.heading_path)
        ]

    def all_chunks(self):
        return iter(self.stored)


class NoIndex:
    """A retriever before the first reindex."""

    @property
    def version(self):
        raise IndexMissing("nothing is indexed yet", "assistant reindex")

    def search(self, query, k=5):
        raise IndexMissing("nothing is indexed yet", "assistant reindex")

    chunks_for_source = search

    def all_chunks(self):
        raise IndexMissing("nothing is indexed yet", "assistant reindex")
