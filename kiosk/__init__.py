"""Composes everything and holds no rules: the command line, the entrance, words and settings."""
