"""What `kiosk status` looks at."""
