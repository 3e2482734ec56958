"""The audit at the desk: explained days, single events, differences, past days played, and what was done when."""
