"""Tests of `devices.profiles`."""
