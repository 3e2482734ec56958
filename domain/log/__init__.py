"""The event log: append-only, chained, durable at every commit."""
