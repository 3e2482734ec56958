"""The coordinator's live roster, and the muster for an evacuation."""
