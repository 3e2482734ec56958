"""What the events add up to: views that anyone may delete."""
