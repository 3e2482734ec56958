"""Tests of `kiosk.notices`."""
