"""Tests of `devices.readers`."""
