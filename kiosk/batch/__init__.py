"""Batch files: JSON Lines, one command a line, each run by one use case."""
