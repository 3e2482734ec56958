"""Tests of `kiosk.statements.replay`."""
