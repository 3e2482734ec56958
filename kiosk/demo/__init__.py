"""The demonstration: a registration office, one day at its entrance, or a season and the roster of its last day."""
