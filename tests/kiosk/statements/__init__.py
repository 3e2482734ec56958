"""Tests of `kiosk.statements`."""
