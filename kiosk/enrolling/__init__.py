"""One card, read on purpose: to issue it, or to try a reader."""
