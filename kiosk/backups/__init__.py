"""Backups of a home while it works, and homes restored from backups; each is verified."""
