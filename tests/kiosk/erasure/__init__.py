"""Tests of `kiosk.erasure`."""
