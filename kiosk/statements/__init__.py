"""The read models as rows for scripts, and comparisons of such rows: difference, replay, saved statements."""
