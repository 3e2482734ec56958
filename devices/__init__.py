"""Bytes from a port become card reads. Knows nothing of volunteers, hours or screens."""
