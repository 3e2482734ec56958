"""Readers without hardware: the other end of each family's conversation, for tests and for authors of profiles."""
