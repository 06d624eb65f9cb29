"""Fictional company documentation: dense pages with many values of one type, tables, exceptions."""
