"""Erasing a person: the ledger that outlives restores, the notes about a person, and the act itself."""
