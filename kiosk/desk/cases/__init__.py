"""Exit cases at the desk: evidence, talks, decisions, and what a decision brings about."""
