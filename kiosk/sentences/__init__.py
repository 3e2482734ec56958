"""What an outcome says, in the volunteer's own language."""
