"""What a person types into a field of a fixed form: a date, a time, a number, an id.

Rule: an input method for Chinese types wide letters, digits and signs. Where the form is fixed they mean the narrow
ones; free text and names stay as they were typed, and so does what a file says. A raised 2 is no 2: 10² is not 102.
"""

import unicodedata

_WIDTHS = ("<wide>", "<narrow>", "<small>")
"""How Unicode marks a character that is another one in another width (the character database, field 5)."""


def narrow(typed: str) -> str:
    """The same in letters, digits and signs of the usual width (Unicode NFKC), without spaces around it."""
    return typed.strip() if typed.isascii() else "".join(map(_narrow_char, typed)).strip()


def _narrow_char(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if unicodedata.decomposition(char).startswith(_WIDTHS) else char
