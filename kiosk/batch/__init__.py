"""Batch files: JSON Lines, one command a line, each carried out by one use case."""
