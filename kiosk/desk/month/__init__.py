"""A month at the desk: what is open, closing it, what is handed out of it."""
