"""A volunteer's day, explained on the screen."""
