"""Erasing a person: the ledger that outlives restores, the notes about somebody, and the act itself."""
