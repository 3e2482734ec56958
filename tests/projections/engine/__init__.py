"""Tests of `projections.engine`."""
