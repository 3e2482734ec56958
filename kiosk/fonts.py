"""The font that comes with the program, pinned by its hash: Noto Sans CJK (OFL 1.1), with the shapes of Taiwan.

Its Latin letters have all marks of Vietnamese. Screens and papers are set in it, whatever the machine has installed.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

import manimgx_fonts_cjk
from PIL import Image, ImageDraw, ImageFont

FONT_FILE = Path(manimgx_fonts_cjk.__file__).with_name("NotoSansCJK-VF.otf.ttc")

TAIWAN = 3
"""Place of Noto Sans CJK TC in the collection."""

TAIWAN_FAMILY = "Noto Sans CJK TC"
"""The name of that face."""

HEAVY = 700
"""A weight of the variable font, from 100 (thin) to 900 (black)."""

GLANCE = 16
"""Pixels an em at which a character is compared with the sign for a missing one."""

NO_CHARACTER = "\U0010ffff"
"""Drawn as the sign for a missing character (Unicode: a noncharacter)."""


@lru_cache(maxsize=32)
def load_font(size: int, weight: int = HEAVY) -> ImageFont.FreeTypeFont:
    """The font at a size, in pixels an em."""
    font = ImageFont.truetype(FONT_FILE, size, index=TAIWAN, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=1024)
def can_draw(text: str) -> bool:
    """Whether the font has every character of the text."""
    return all(map(has_character, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=8192)
def has_character(char: str) -> bool:
    """Whether the font draws a character, or it is one that leaves a space."""
    return char.isspace() or _draw_character(char) != _draw_character(NO_CHARACTER)


def _draw_character(char: str) -> bytes:
    image = Image.new("L", (2 * GLANCE, 2 * GLANCE))
    ImageDraw.Draw(image).text((0, GLANCE), char, font=load_font(GLANCE, HEAVY), fill=255, anchor="ls")
    return image.tobytes()
