"""Tests of `projections.evaluation`."""
