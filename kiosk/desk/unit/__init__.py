"""The unit at the desk: its facts, office calendar, policy and accounts."""
