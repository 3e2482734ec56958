"""What hangs on this machine that could be a card reader, and what keeps it from being read."""
