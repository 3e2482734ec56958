"""The Latin letters of the headlines, stroke by stroke (see `strokes`), and the marks that Vietnamese puts on them.

Drawn for this screen. Capitals stand from row 3 to row c, small letters from row 6, descenders end in row e.
The rule: a mark is drawn once and moved to where its letter wants it.
"""

import unicodedata
from types import MappingProxyType

CAPITALS = MappingProxyType(
    {
        "A": "0c052333555c 0959",
        "B": "030c3c4b4a3909 3948443303",
        "C": "544313040b1c4c5b",
        "D": "030c3c5a553303",
        "Đ": "131c4c6a654313 0747",
        "E": "43030c4c 0737",
        "F": "43030c 0737",
        "G": "544313040b1c4c5b5838",
        "H": "030c 535c 0757",
        "I": "030c",
        "J": "434b3c1c0b",
        "K": "030c 5308 085c",
        "L": "030c4c",
        "M": "0c0337636c",
        "N": "0c035c53",
        "O": "1343545b4c1c0b0413",
        "P": "0c034354574808",
        "Q": "1343545b4c1c0b0413 3a5d",
        "R": "0c034354574808 285c",
        "S": "54431304061747585b4c1c0b",
        "T": "0363 333c",
        "U": "030b1c4c5b53",
        "V": "033c63",
        "W": "032c456c83",
        "X": "035c 530c",
        "Y": "033763 373c",
        "Z": "03530c5c",
    }
)

SMALL_LETTERS = MappingProxyType(
    {
        "a": "1636474c 49190a0b1c3c4b",
        "b": "030c 071636474b3c1c0b",
        "c": "473616070b1c3c4b",
        "d": "434c 473616070b1c3c4b",
        "đ": "434c 473616070b1c3c4b 2555",
        "e": "0949473616070b1c4c",
        "f": "4333242c 0646",
        "g": "464d3e0e 473616070b1c3c4b",
        "h": "030c 071636474c",
        "i": "060c 0304",
        "j": "262d1e0e 2324",
        "k": "030c 4609 194c",
        "l": "030b1c",
        "m": "060c 071626373c 374656676c",
        "n": "060c 071636474c",
        "o": "1636474b3c1c0b0716",
        "p": "060e 071636474b3c1c0b",
        "q": "464e 473616070b1c3c4b",
        "r": "060c 07163646",
        "s": "473616070819394a4b3c1c0b",
        "t": "141b2c3c 0636",
        "u": "060b1c3c4b 464c",
        "v": "062c46",
        "w": "061c375c66",
        "x": "064c 460c",
        "y": "062b 462b0e",
        "z": "06460c4c",
        "-": "0939",
        "?": "0413334456282a 2c2c",
        "!": "0309 0c0c",
        " ": "",
    }
)

MARKS = MappingProxyType(
    {
        "\N{COMBINING ACUTE ACCENT}": "2433",
        "\N{COMBINING GRAVE ACCENT}": "1324",
        "\N{COMBINING HOOK ABOVE}": "12223324",
        "\N{COMBINING TILDE}": "04133443",
        "\N{COMBINING CIRCUMFLEX ACCENT}": "142334",
        "\N{COMBINING BREVE}": "03143443",
        "\N{COMBINING HORN}": "475655",
        "\N{COMBINING DOT BELOW}": "2e2e",
    }
)
"""Over a small letter of five squares. A second mark above goes over the first."""

MARKED_I, DOTLESS_I = "161c 1314", "161c"
"""An i under whose middle, or over it, there is room for a mark."""

ABOVE = 230
"""Unicode's class of combining marks that stand above their letter."""

HIGHER = 3
"""Rows between two marks above, and between the marks of a small letter and of a capital."""


def find_letter_drawings(text: str) -> list[str] | None:
    """The drawing of each letter of a text; None where one of them has not been drawn."""
    drawings: list[str] = []
    for char in text:
        drawing = _compose_letter(unicodedata.normalize("NFD", char))
        if drawing is None:
            return None
        drawings.append(drawing)
    return drawings


def _compose_letter(parts: str) -> str | None:
    base, marks = parts[0], parts[1:]
    drawing = CAPITALS.get(base) or SMALL_LETTERS.get(base)
    if drawing is None or any(mark not in MARKS for mark in marks):
        return None if base != " " else ""
    above = [mark for mark in marks if unicodedata.combining(mark) == ABOVE]
    if marks and base == "i":
        drawing = MARKED_I if not above else DOTLESS_I
    lowest = HIGHER if base in CAPITALS else 0
    heights = {mark: lowest + HIGHER * place for place, mark in enumerate(above)}
    left = 1 if base == "i" else 0
    return " ".join([drawing, *(_shift_drawing(MARKS[mark], left, heights.get(mark, 0)) for mark in marks)])


def _shift_drawing(drawing: str, left: int, up: int) -> str:
    """A drawing further left and higher; what would leave the grid stays at its edge."""
    points = zip(drawing[::2], drawing[1::2], strict=True)
    return "".join(f"{max(0, int(x, 16) - left):x}{max(0, int(y, 16) - up):x}" for x, y in points)
