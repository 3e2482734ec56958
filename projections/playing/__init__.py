"""A past day from the log, instant by instant: views that step, and what happens next."""
