"""Which characters a text may hold: those that are seen, and those that only join or vary their neighbours.

The rule: what is drawn is allowed, whatever its script or age; what draws nothing is refused, because it makes two
texts of one that is read. Python's tables know no character that is younger than they are: an unassigned one counts
as drawn, unless Unicode has set its place apart for characters that are not (Default_Ignorable_Code_Point).
"""

import re

CONTROLS = r"\x00-\x1f\x7f-\x9f"
INVISIBLE = (
    r"\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    r"\u2028-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
)
"""Format characters, separators of lines, fillers, the empty Braille cell, tags, and what is no character at all."""
SURROGATES = r"\ud800-\udfff"
JOINERS = r"\u200c\u200d"
SELECTORS = r"\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Variation selectors: they choose a shape of the character before them."""
OTHER_SPACES = r"\xa0\u1680\u2000-\u200a\u202f\u205f"
"""Spaces that look like another one. The ideographic space is wider than a character, and seen."""

PRIVATE = r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
"""Characters that offices made themselves for names (造字)."""
IDEOGRAPHS = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd" + PRIVATE
)
"""Chinese characters, those of planes 2 and 3 that are not assigned yet among them."""
_VARIED = IDEOGRAPHS + r"\u1800-\u18af"
"""What a variation selector may follow: ideographs, and Mongolian."""
_JOINED = (
    r"\u0600-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1cff"
    r"\ua800-\uabff\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
"""Scripts in which a joiner is spelling: Arabic and its kin, the scripts of India, Sinhala, Khmer, Mongolian."""

_REFUSED = CONTROLS + INVISIBLE + SURROGATES
SEEN = rf"[^{_REFUSED}{JOINERS}{SELECTORS}{OTHER_SPACES}]"
"""A character that is seen, or a space, as a regular expression."""
NAMED = (
    rf"(?:[^{_REFUSED}{JOINERS}{SELECTORS}]|(?<=[{_VARIED}])[{SELECTORS}]"
    rf"|(?<=[{_JOINED}])[{JOINERS}]|(?<=[{_JOINED}][{SELECTORS}])[{JOINERS}])"
)
"""The same in a name: with selectors and joiners where a script has them."""
WRITTEN = rf"[^\x00-\x08\x0b-\x1f\x7f-\x9f{INVISIBLE}{SURROGATES}]"
"""A character of a free text, with line breaks, tabs, joiners and selectors."""
VISIBLE = rf"[^\s{_REFUSED}{JOINERS}{SELECTORS}]"
"""A character of a free text that is seen and is no space."""

_NAMED = rf"{NAMED}*"
_IDEOGRAPH = rf"[{IDEOGRAPHS}]"
_REFUSED_ANYWHERE = rf"[{_REFUSED}]"
"""Compiled, and kept by `re`, when they are first met: that takes 10 ms, and most programs meet no name."""


def find_unusable_character(name: str) -> str | None:
    """The first character that a name cannot hold at its place; None where the name can be kept whole."""
    match = re.match(_NAMED, name)
    end = match.end() if match else 0
    return name[end] if end < len(name) else None


def is_ideograph(char: str) -> bool:
    """Whether a character is a Chinese one, or of private use, which in names here means the same."""
    return re.match(_IDEOGRAPH, char) is not None


def is_invisible(char: str) -> bool:
    """Whether a character draws nothing, or draws what it is not; joiners and selectors belong to their neighbours."""
    return re.match(_REFUSED_ANYWHERE, char) is not None
