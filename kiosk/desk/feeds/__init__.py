"""Calendar feeds: duties for calendar programs, at secret addresses."""
