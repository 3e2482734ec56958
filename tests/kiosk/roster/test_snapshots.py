"""The roster can be read: by the eye, at every size, without colour.

The texts under `snapshots/` are screens as a designer left them. `KIOSK_LOOKS=write` writes them again; read them
before you commit.
"""

import os
from pathlib import Path

import pytest
from textual.color import Color

from docs.pictures.svg import capture_rows, find_colours
from kiosk.tui.text import STYLES, StyleName, TextLine
from tests.kiosk.entrance.app_harness import async_test, is_ambiguous_symbol
from tests.kiosk.entrance.test_snapshots import READABLE, contrast
from tests.kiosk.roster.app_harness import open_roster

SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZES = [(60, 20), (80, 24), (120, 40), (160, 50)]
WORDS = ("在場 08:58", "遲到 70 分，未到", "請假", "換班給 V006", "已離開 10:02", "無人排班", "尚未到班", "查無此卡")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_screen_looks_as_the_designer_left_it(home: Path, size: tuple[int, int]) -> None:
    stored = SNAPSHOTS / f"{size[0]}x{size[1]}.txt"

    @async_test
    async def check() -> None:
        async with open_roster(home, size) as roster:
            await roster.wait_for_text("+ 在場 09:22")
            if os.environ.get("KIOSK_LOOKS") == "write":
                stored.write_text("\n".join(roster.rows()) + "\n", encoding="utf-8")
            left = stored.read_text(encoding="utf-8")
            await roster.wait_until(
                lambda: "\n".join(roster.rows()) + "\n" == left, f"{stored.name} is not what is shown"
            )
        assert not [char for char in left if is_ambiguous_symbol(char)]

    check()


@pytest.mark.parametrize(
    "keys",
    [(), ("m",), ("slash", "V"), ("l",), ("home", "down"), ("home", "down", "enter"), ("home", "down", "enter", "e")],
    ids=str,
)
def test_text_stands_out_from_its_background(home: Path, keys: tuple[str, ...]) -> None:
    @async_test
    async def check() -> None:
        async with open_roster(home, (120, 40)) as roster:
            await roster.pilot.press(*keys)
            await roster.pilot.pause(0.1)
            inked = [segment for row in capture_rows(roster.app) for segment in row if segment.text.strip(" ▃▄▇█")]
        faint = [
            (segment.text, ratio) for segment in inked if (ratio := contrast(*find_colours(segment.style))) < READABLE
        ]
        assert inked
        assert not faint

    check()


def test_without_colour_the_words_carry_every_state(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @async_test
    async def check() -> None:
        async with open_roster(home) as roster:
            assert roster.shows_text(*WORDS)
            hues = {
                colour for row in capture_rows(roster.app) for segment in row for colour in find_colours(segment.style)
            }
        assert [hue for hue in hues if not is_grey(hue)] == []

    monkeypatch.setenv("NO_COLOR", "1")
    check()


def is_grey(colour: Color) -> bool:
    return max(colour.rgb) - min(colour.rgb) <= 1


@pytest.mark.parametrize("name", STYLES)
def test_every_look_can_be_read_on_the_navy_of_the_screen(name: StyleName) -> None:
    navy = Color.parse("#0b1f33")
    style = STYLES[name]
    assert style.color is not None
    back = Color.from_rich_color(style.bgcolor) if style.bgcolor else navy
    assert contrast(Color.from_rich_color(style.color), back) >= READABLE


def test_the_lines_of_the_smallest_terminal_fit(home: Path) -> None:
    """60 columns of a telephone's terminal: state and number are whole."""

    @async_test
    async def check() -> None:
        async with open_roster(home, (60, 20)) as roster:
            lines = [line for line in roster.app.screen.query(TextLine) if line.display]
            assert [str(line.content) for line in lines if not roster.shows_text(str(line.content))] == []
            assert roster.shows_text("V002  陳〇華    + 在場 09:22 遲到 22 分", "V005  張〇瑋    > 換班給 V006 李〇婷")

    check()


@pytest.mark.parametrize(("size", "said"), [((60, 20), False), ((59, 20), True), ((60, 19), True), ((40, 12), True)])
def test_a_terminal_that_is_too_small_is_said(home: Path, size: tuple[int, int], said: bool) -> None:
    @async_test
    async def check() -> None:
        async with open_roster(home, size) as roster:
            await roster.wait_for_text("在場")
            assert roster.shows_text("終端機太小，需要 60x20") is said

    check()
