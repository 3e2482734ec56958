"""The Chinese characters of the headlines, stroke by stroke (see `strokes`).

Drawn for this screen. The rule: at scale 1 two parallel strokes leave a square free between them, so that a
character stays open; where it has too many strokes for that, the one that distinguishes least is left out.
"""

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
