"""Assessments at the desk: what is known of each volunteer in a period, and the scores."""
