"""Versioned index of a documents folder: vectors and keywords, fused."""
