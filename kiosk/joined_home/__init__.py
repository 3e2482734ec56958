"""What the home of a kiosk with a hub holds beside its own log: its join, the copy of the unit, what was heard."""
