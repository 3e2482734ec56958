"""Heads of the log that were kept outside of it, and whether the log still extends each."""
