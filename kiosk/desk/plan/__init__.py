"""The section of the desk in which duties are planned."""
