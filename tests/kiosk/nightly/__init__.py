"""Tests of `kiosk.nightly`."""
