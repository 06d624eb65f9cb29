"""Turning a sentence or a table cell into questions, deterministically."""
