"""Tests of `domain.use_cases`."""
