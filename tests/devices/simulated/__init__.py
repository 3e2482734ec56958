"""Tests of `devices.simulated`."""
