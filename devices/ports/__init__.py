"""Ports: serial, network, PC/SC and keyboards: open, wait, fail, retry."""
