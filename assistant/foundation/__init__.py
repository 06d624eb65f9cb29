"""The recipe that trains the embedded language model."""
