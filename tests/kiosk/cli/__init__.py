"""Tests of `kiosk.cli`."""
