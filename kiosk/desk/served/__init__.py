"""The section of people served."""
