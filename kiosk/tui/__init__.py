"""What the Textual screens share."""
