"""Tables of an office sent from a browser: checked row by row, then saved."""
