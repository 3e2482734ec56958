"""The section of tours."""
