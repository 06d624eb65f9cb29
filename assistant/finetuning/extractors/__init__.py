"""Deterministic finders of values in a sentence, one file per kind of value.

Every finder takes plain text and yields `Found` with offsets into that text; no model, no network.
"""
