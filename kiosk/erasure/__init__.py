"""Erasing a person: the ledger that outlives restores, and the erasure itself."""
