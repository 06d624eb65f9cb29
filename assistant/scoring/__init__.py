"""Scorers and statistics: pure functions, no model and no file."""
