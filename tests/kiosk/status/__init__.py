"""Tests of `kiosk.status`."""
