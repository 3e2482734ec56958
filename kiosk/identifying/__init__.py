"""Finding out which profile a reader has, from cards that are held to it."""
