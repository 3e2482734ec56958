"""The evidence of a period for an outsider: statements, corrections, events with their proofs, and what checks them."""
