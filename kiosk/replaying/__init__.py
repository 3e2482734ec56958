"""What `kiosk replay` compares, and what it says of each difference: whose row, and which events are behind it."""
