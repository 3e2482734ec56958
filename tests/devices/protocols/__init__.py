"""Tests of `devices.protocols`."""
