"""The demonstration: a registration office, one day at its door, or a season of its life and the last day's roster."""
