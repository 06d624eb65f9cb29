"""Runs, grades and summaries: answers in, numbers with intervals out."""
