"""Short codes of digests, for paper, the telephone and a screen: 7K3M-Q2WX-9HTB."""

import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, no U: what is read from paper and typed (after Crockford's base 32)."""
LENGTH, GROUP = 12, 4
"""Characters of a code, and of its groups: 30^12 are 58 bits."""


def compute_code(digest: bytes) -> str:
    """The short code of a digest."""
    number, code = int.from_bytes(digest), ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        code += ALPHABET[digit]
    return format_code(code)


def format_code(code: str) -> str:
    """A code in groups: 7K3M-Q2WX-9HTB."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def parse_code(text: str) -> str | None:
    """A code as it was typed, in groups; None where it is none."""
    typed = "".join(char for char in unicodedata.normalize("NFKC", text).upper() if char.isalnum())
    return format_code(typed) if len(typed) == LENGTH and set(typed) <= set(ALPHABET) else None
