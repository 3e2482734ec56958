"""What needs a person: listed, looked at, settled in one or two clicks, and taken back."""
