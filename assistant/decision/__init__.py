"""From a summary and the user's circumstances to a verdict with reasons."""
