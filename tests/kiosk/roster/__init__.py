"""The coordinator's roster."""
