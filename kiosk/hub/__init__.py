"""The hub of a unit: takes what its kiosks record, and sends them what they need to know."""
