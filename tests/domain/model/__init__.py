"""Tests of `domain.model`."""
