"""The systemd units that run a kiosk: the entrance and the nightly jobs."""
