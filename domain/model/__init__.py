"""The streams: events, the commands that may refuse, and the state that follows from the events."""
