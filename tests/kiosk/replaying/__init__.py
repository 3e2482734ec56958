"""What `kiosk replay` compares and says."""
