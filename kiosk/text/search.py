"""How a text is compared with what a person types to find it."""

import unicodedata


def fold(text: str) -> str:
    """A text without the difference of small and capital, or of wide and narrow letters and digits (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", text).casefold()
