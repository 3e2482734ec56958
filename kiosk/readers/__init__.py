"""The card readers of this machine: list, watch, identify, test, and issue cards with them."""
