"""Tests of `kiosk.readers`."""
