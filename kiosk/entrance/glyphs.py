"""The letters of the headlines, stroke by stroke (see `strokes`): Chinese, and Latin with the marks of Vietnamese."""

import unicodedata
from types import MappingProxyType

_SPEECH = "2031 0363 1555 1757 19595e1e19"
_SILK = "301343 521757 5567 393e 1a0c 5a6c"
_WATER = "1122 0516 0e38"
_PERSON = "3006 242e"
_KNIFE = "b1ba e0eece"

CHARACTERS = MappingProxyType(
    {
        "簽": "2002 1161 4142 9072 81e1 c1c2 7307 73e7 5696 28585a2a28 98c8ca9a98 3b0e 3c6e bb8e bcee",
        "到": f"0181 4115 1575 5376 474d 1a7a 0d8d {_KNIFE}",
        "成": "13e3 13190e 17676b4b 8084a9ddeb d69b6e b0c1",
        "功": "0262 323c 0c6c 74e4eddebe a0a76e",
        "退": "1022 04242b0e 2b4eee 60d0d666 63d3 606b98 87eb d7b9",
        "完": "7072 0402e2e4 35b5 08e8 585b0e 989eeeeb",
        "已": "11c1c7 27c7 242eeeeb",
        "經": f"{_SILK} 81e1 938597 c3b5c7 e3d5e7 89e9 b9be 7eee",
        "記": f"{_SPEECH} 81e1e787 878eeeeb",
        "錄": "3003 3063 1555 0868 353e 1a2c 5a4c 0e6e 80d0d5 83d3 75e5 b5be9e 8799 8dab e7c9 c9ed",
        "沒": f"{_WATER} 8065 82e2e5c5 68d8d99c5e 7aacee",
        "有": "03e3 70540a 565e 56c6ceae 58c8 5bcb",
        "查": "02e2 7076 6307 83e7 38b8bc3c38 3aba 0eee",
        "無": "2004 22d2 06e6 0aea 323a 626a 929a c2ca 1c0e 5c5e 9c9e dcee",
        "此": "404d 4575 151d 0e7c 909eeeeb e498",
        "卡": "707e 73c3 07e7 8abc",
        "片": "303a0e 35d5 9095 39b9be",
        "停": f"{_PERSON} 9091 42e2 54d4d65654 4a48e8ea 6aca 9a9e7e",
        "用": "212a0e 21c1ceae 25c5 29c9 717d",
        "暫": "0161 1353551513 0767 3038 e0919487 94e4 c4c8 39b9be3e39 3bbb",
        "值": f"{_PERSON} 51e1 9093 63d3dc6c63 66d6 69d9 444eee",
        "勤": "0161 1013 5053 1353 1555571715 333e 0969 1b5b 0e6e 84e4eddece b0b87e",
        "服": "101a0e 10505e3e 1454 1858 808e 80d0d4b4 87d7 d78e 98ee",
        "務": "105033 2244 056557 353e1e 380b a074 92e2 d277 93e7 79e9eddece a8ab7e",
        "期": "0262 101b 505b 1555 1858 0b6b 2c0e 4c6e 919a7e 91e1eece 95e5 99e9",
        "日": "30b0be3e30 37b7",
        "未": "33b3 07e7 707e 780e 78ee",
        "滿": f"{_WATER} 42e2 7074 b0b4 74b4 464e 46e6eece 949e 785c 798b c8ac c9db",
        "請": f"{_SPEECH} 81e1 83e3 75e5 b0b5 878e 87e7eece 89e9 8beb",
        "再": "10d0 232e 23c3ceae 26c6 0aea 707a",
        "刷": f"10808313 101a0e 363c 36767c6c 535e {_KNIFE}",
        "讀": f"{_SPEECH} 81e1 b0b3 93d3 85e5e78785 a5a7 c5c7 99d9dd9d99 9bdb 9d8e ddee",
        "故": "0464 3038 18585e1e18 a076 94e4 d4c97e 87abee",
        "障": "101e 105034575939 b0b1 82e2 9394 d3d4 75e5 87e7eb8b87 89e9 7ded bbbe",
        "系": "c021 612585 a319c9 a6da 797e 4b1d abde",
        "統": f"{_SILK} b0b1 82e2 b385d5 c3e6 a6a97e c6ceeeec",
        "感": "12e2 12170a 3464 3666683836 8084a7d9e7 d489 b0c1 2b0e 4a4eaeac 7a8b cbed",
        "應": "8081 11e1 11190e 5235 4449 7379 73e3 75d5 77d7 79e9 a3a9 3b2e 5b5ebebc 8a9b dbee",
    }
)
"""Each character's strokes, on 15 of the 16 squares: the last row and column keep neighbours apart."""


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
