"""A past day from the log, instant by instant: views that can be moved along it, and what happens next."""
