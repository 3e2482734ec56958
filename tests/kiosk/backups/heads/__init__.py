"""Tests of `kiosk.backups`."""
