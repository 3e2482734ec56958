"""The units by which systemd runs a kiosk: the entrance on the screen at the door, and what happens every night."""
