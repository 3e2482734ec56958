"""Readers: the thread around a port, and what it reports to its program."""
