"""Copies of a home while it works, and homes made of copies; each proved."""
