"""The people store: who is behind the ids of the log, kept apart from it."""
