"""What `kiosk status` looks at: one small function a check, each with a sentence for an administrator."""
