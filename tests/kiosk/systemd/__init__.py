"""Tests of `kiosk.systemd`."""
