"""Tests of `kiosk.batch`."""
