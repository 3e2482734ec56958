"""The file that the ministry's system imports: layout and codes are data that the unit can change (R-030)."""
