"""How bytes get here: networks, PC/SC, keyboards; and what keeps a reader from being opened."""
