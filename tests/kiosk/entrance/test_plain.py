"""The text of a name cannot style, move, hide or lengthen what the screen shows."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from devices.characters import is_invisible
from kiosk.entrance.service import EntranceOptions
from kiosk.text.sanitise import LONGEST, sanitise
from tests.kiosk.entrance.app_harness import ANN, ANNS_CARD, async_test, open_entrance

HOSTILE = {
    "markup": ("[@click=app.pwn]x[/]", "[@click=app.pwn]x[/]"),
    "an unclosed tag": ("[bold red", "[bold red"),
    "an escape sequence": ("\x1b[2J\x1b]0;owned\x07王", "[2J]0;owned王"),
    "a C1 control sequence": ("\x9b31m王", "31m王"),
    "an override of direction": ("王\u202e明\u202c", "王明"),
    "isolates": ("\u2066王\u2069", "王"),
    "a space without a width and a byte order mark": ("王\u200b\ufeff明", "王明"),
    "a joiner, which Sinhala spelling needs": ("\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0dc1\u0dca\u200d\u0dbb\u0dd3"),
    "lines": ("王\n明\r\n\u2028華", "王 明 華"),
    "a soft hyphen": ("An\u00adna", "Anna"),
    "a surrogate": ("王\ud800", "王"),
    "the mask that is drawn over its neighbour": ("王○明", "王〇明"),
    "a rare character": ("陳𠮷明", "陳𠮷明"),
    "Vietnamese, decomposed": ("Nguye\u0302\u0303n", "Nguye\u0302\u0303n"),
}


@pytest.mark.parametrize(("typed", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_only_what_can_be_read_is_left(typed: str, shown: str) -> None:
    assert sanitise(typed).split() == shown.split()


def test_a_pile_of_accents_does_not_grow() -> None:
    assert sanitise("Z" + "\u0301" * 50 + "o") == "Z\u0301\u0301o"


@pytest.mark.parametrize(("text", "kept"), [("王" * 32, 32), ("王" * 33, 32), ("a" + "王" * 32, 32)])
def test_it_ends_where_a_character_would_pass_the_last_cell(text: str, kept: int) -> None:
    assert len(sanitise(text)) == kept


@given(st.text(max_size=200))
def test_whatever_is_typed_stays_on_one_line_within_its_cells(text: str) -> None:
    shown = sanitise(text)
    assert cell_len(shown) <= LONGEST
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs") or char in "\u2028\u2029○"]
    assert not any(map(is_invisible, shown))
    assert sanitise(shown) == shown


@async_test
async def test_hostile_names_and_duties_are_shown_as_text() -> None:
    async with open_entrance() as scene:
        for typed, _ in HOSTILE.values():
            scene.service.results[ANNS_CARD] = replace(ANN, name=typed, duty=typed)
            await scene.tap()
            assert scene.lines["subject"].pieces == (sanitise(typed, 24), "09:03")
            assert scene.lines["duty"].pieces == (sanitise(typed, 24),)
            assert scene.shows_text(sanitise(typed, 24))


@async_test
async def test_a_hostile_unit_and_banner_are_shown_as_text() -> None:
    async with open_entrance(EntranceOptions("[red]單位\x1b[2J", banner="[/]模擬\u202e")) as scene:
        assert scene.shows_text("[red]單位[2J", "[/]模擬")
