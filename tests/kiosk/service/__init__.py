"""The units of systemd."""
