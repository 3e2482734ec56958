"""Every screen can be read: by the eye, at every size, without colour.

The texts under `looks/` are screens as a designer left them. `KIOSK_LOOKS=write` writes them anew; look at them
before you commit.
"""

import asyncio
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from docs.pictures.entrance import render_picture
from docs.pictures.svg import capture_rows, find_colours
from kiosk.tui.text import TextLine
from tests.kiosk.entrance.app_harness import ANN, AT, LONG_DISPLAY, is_ambiguous_symbol, open_entrance
from tests.kiosk.entrance.screen_cases import SCREEN_CASES, SIMULATION, ScreenCase

LOOKS = Path(__file__).parent / "snapshots"
LOOKED_AT = (
    "idle",
    "late",
    "late, in Vietnamese",
    "already, in English",
    "unknown_card",
    "no reader",
    "already, everything wrong",
)
READABLE = 7.0
"""WCAG 2.2, criterion 1.4.6 (AAA): contrast of text to its background."""

SMALLEST = (80, 24)
LARGER = ((100, 30), (120, 40), (160, 50), (213, 60))


@dataclass(frozen=True)
class Seen:
    """A screen as it was rendered."""

    rows: list[str]
    segments: list[Segment]
    cut_off: list[str]
    """What should stand there, and does not."""


@cache
def seen(name: str, size: tuple[int, int] = SMALLEST) -> Seen:
    return asyncio.run(_render(SCREEN_CASES[name], size))


async def _render(scene: ScreenCase, size: tuple[int, int]) -> Seen:
    async with open_entrance(SIMULATION, size, scene.build_service(), scene.readers) as playing:
        await playing.post_events(*scene.events)
        lines = [
            line for line in playing.app.screen.query(TextLine) if all(n.display for n in line.ancestors_with_self)
        ]
        cut_off = [text for line in lines if not playing.shows_text(text := str(line.content))]
        return Seen(playing.rows(), [segment for row in capture_rows(playing.app) for segment in row], cut_off)


@pytest.mark.parametrize("name", LOOKED_AT)
def test_the_screen_looks_as_the_designer_left_it(name: str) -> None:
    stored = LOOKS / f"{name.replace(', ', '-').replace(' ', '_')}.txt"
    now = "\n".join(seen(name).rows) + "\n"
    if os.environ.get("KIOSK_LOOKS") == "write":
        stored.write_text(now, encoding="utf-8")
    assert now == stored.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCREEN_CASES)
def test_text_stands_out_from_its_background(name: str) -> None:
    inked = [segment for segment in seen(name).segments if not segment.text.isspace()]
    faint = [(segment.text, ratio) for segment in inked if (ratio := contrast(*find_colours(segment.style))) < READABLE]
    assert inked
    assert not faint


@pytest.mark.parametrize("name", SCREEN_CASES)
def test_nothing_is_cut_off_on_the_smallest_terminal(name: str) -> None:
    assert not seen(name).cut_off


@pytest.mark.parametrize("size", LARGER)
@pytest.mark.parametrize("name", ["idle", "late, in Vietnamese", "no reader", "already, everything wrong"])
def test_nothing_is_cut_off_on_a_larger_one(name: str, size: tuple[int, int]) -> None:
    assert not seen(name, size).cut_off


@pytest.mark.parametrize("name", SCREEN_CASES)
def test_no_mark_is_drawn_over_its_neighbour(name: str) -> None:
    assert not [char for row in seen(name).rows for char in row if is_ambiguous_symbol(char)]


def test_a_picture_is_an_svg_with_the_words_in_it() -> None:
    svg = render_picture(ANN, AT, LONG_DISPLAY)
    assert svg.startswith("<svg ")
    assert all(f">{char}</text>" in svg for char in "王〇明")


def contrast(front: Color, back: Color) -> float:
    """The contrast ratio of WCAG 2.2."""
    lighter, darker = sorted((luminance(front), luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    red, green, blue = (linear(channel / 255) for channel in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


# --- A terminal that is too small ---

TOO_SMALL = "終端機太小　需要 80x24 | Terminal too small"


@pytest.mark.parametrize(("size", "said"), [((80, 24), False), ((79, 24), True), ((80, 23), True), ((60, 15), True)])
@pytest.mark.parametrize("name", ["idle", "late", "no reader", "already, everything wrong"])
def test_a_terminal_that_is_too_small_is_said(name: str, size: tuple[int, int], said: bool) -> None:
    assert any(TOO_SMALL in row for row in seen(name, size).rows) is said


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (80, 14), (60, 14)])
@pytest.mark.parametrize("state", ["late, in Vietnamese", "already, everything wrong", "no reader", "unknown_card"])
def test_on_it_the_chinese_lines_stay(state: str, size: tuple[int, int]) -> None:
    """They are for the staff, whom a volunteer asks; the other languages give way."""
    shown = "\n".join(seen(state, size).rows)
    lines = {
        "late, in Vietnamese": "簽到成功　遲到 12 分鐘，已照實記錄",
        "already, everything wrong": "已經記錄　09:03 已簽到，要簽退請 09:04 以後再刷",
        "no reader": "請在紙本簽到，並告訴櫃台人員",
        "unknown_card": "沒有記錄時數，請找櫃台人員",
    }
    assert lines[state] in shown
    assert "No hours recorded" not in shown
