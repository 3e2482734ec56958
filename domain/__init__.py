"""What may happen, and what did: streams, rules that refuse, use cases by actor, the log."""
