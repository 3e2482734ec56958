"""Tests of `projections.playback`."""
