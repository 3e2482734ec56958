"""Tests of `kiosk.words`."""
