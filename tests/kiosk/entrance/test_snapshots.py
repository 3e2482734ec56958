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
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from docs.pictures.entrance import Scene, render_picture
from docs.pictures.svg import capture_rows, find_colours
from kiosk.entrance.large_lines import LargeLines
from kiosk.entrance.layout import GAP, ICON_WIDTH, PlacedLine, measure_pieces_width
from kiosk.tui.text import TextLine
from tests.kiosk.entrance.app_harness import ANN, AT, LONG_DISPLAY, is_ambiguous_symbol, open_entrance
from tests.kiosk.entrance.screen_cases import SCREEN_CASES, SIMULATION, TAP, ScreenCase

LOOKS = Path(__file__).parent / "snapshots"
LOOKED_AT = (
    "idle",
    "late",
    "late, in Vietnamese",
    "at a meeting",
    "already, in English",
    "unknown_card",
    "no reader",
    "already, everything wrong",
)
READABLE = 7.0
"""WCAG 2.2, criterion 1.4.6 (AAA): contrast of text to its background."""

SMALLEST = (80, 24)
LARGER = ((100, 30), (213, 60), (300, 80))


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
        cut_off += list_cut_off(playing.app.screen.query_one(LargeLines))
        return Seen(playing.rows(), [segment for row in capture_rows(playing.app) for segment in row], cut_off)


def list_cut_off(lines: LargeLines) -> list[str]:
    """Texts of large lines that stand over the edge of the screen, or are left out although they are not optional."""
    placed = lines.placed
    columns, rows = lines.size
    shown = [line.line.pieces for line in placed]
    left_out = [line.pieces for line in lines.lines if any(line.pieces) and not line.optional]
    left_out = [pieces for pieces in left_out if tuple(filter(None, pieces)) not in shown]
    wide = [part for line in placed for part in line.parts if measure_part(line, part) > columns]
    over = [line.line.pieces for line in placed if line.top < 0 or line.top + line.height > rows]
    return [" ".join(pieces) for pieces in (*left_out, *wide, *over)]


def measure_part(line: PlacedLine, part: tuple[str, ...]) -> float:
    """Columns of one row of a line."""
    if not line.rows:
        return cell_len(GAP.join(part))
    icon = ICON_WIDTH * line.rows * 2 if line.line.icon else 0
    return icon + measure_pieces_width(part) * line.rows * 2 / line.extent.height


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
    svg = render_picture(Scene(AT, TAP, ANN), LONG_DISPLAY)
    assert svg.startswith("<svg ")
    assert all(f">{char}</text>" in svg for char in "大安戶政")


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
    """They are for the staff, whom a volunteer asks; the other languages give way where rows are few."""
    shown = "\n".join(seen(state, size).rows)
    lines = {
        "late, in Vietnamese": "簽到成功　遲到 12 分鐘，已照實記錄",
        "already, everything wrong": "您已簽到　09:03 已簽到，要簽退請 09:04 以後再刷",
        "no reader": "請在紙本簽到，並告訴櫃台人員",
        "unknown_card": "這次未計入時數，請找櫃台人員",
    }
    assert lines[state] in shown
    assert not (size >= (79, 14) and seen(state, size).cut_off)
