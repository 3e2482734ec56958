"""What the events add up to: views that may be deleted at any time."""
