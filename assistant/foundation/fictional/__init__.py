"""Fictional documents with known facts: the part of the training data that we can check exactly."""
