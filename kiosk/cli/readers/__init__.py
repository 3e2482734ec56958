"""`kiosk readers`: what is attached to this machine, what it sends, which profile it has, and whether it works."""
