"""A past day, played on the roster's screens."""
