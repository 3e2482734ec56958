"""The live roster of a home that stands: its first rows are those of the opened home, and are there before it."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.roster.app import RosterApp
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.standing_start import LazyRosterSource, load_first_view
from kiosk.roster.view_model import RosterView
from kiosk.words.staff_zh_tw import ROSTER
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import RosterHarness, other_writer
from tests.kiosk.roster.morning_data import DAY
from tests.support.kiosk_program import run_kiosk
from tests.support.loaded_modules import OF_OPEN_HOMES, OF_TAPS_AND_FACTS, find_loaded
from tests.support.terminal import Terminal

PROGRAM = ("-c", "from kiosk.cli.program import main; main()", "roster", "--home")
UNIT = "清溪區戶政事務所"


@pytest.fixture
def standing(home: Path) -> Path:
    """The morning, asked once."""
    assert run_kiosk("presence", "--home", home).status == 0
    return home


def load_standing(home: Path) -> RosterView:
    view = load_first_view(home)
    assert view is not None
    return view


@pytest.mark.parametrize("masking", ["surname-and-last", "surname-only"])
def test_the_first_view_is_the_next_one_without_what_needs_the_home_open(standing: Path, masking: str) -> None:
    """Rows, duties without anybody, taps and who is in; the unit, the silent kiosks and what waits follow (R-125)."""
    settings = standing / "kiosk.toml"
    settings.write_text(settings.read_text().replace("surname-and-last", masking, 1))
    assert run_kiosk("presence", "--home", standing).status == 0
    first = load_standing(standing)
    with Home.open(standing) as opened:
        found = HomeRosterSource(opened).poll()
    assert found is not None
    assert all((first.rows, first.taps, first.present, first.uncovered))
    assert first == found._replace(unit="", pending=None, kiosks=tuple(one for one in found.kiosks if one.last))


def test_a_home_on_which_something_was_recorded_since_is_opened_first(standing: Path) -> None:
    with other_writer(standing) as tap_at:
        tap_at("V003", "10:15")
    assert load_first_view(standing) is None


def test_a_home_that_was_never_asked_is_opened_first(home: Path) -> None:
    assert load_first_view(home) is None


def test_the_first_rows_load_neither_the_domain_nor_the_corrections(standing: Path) -> None:
    """What makes them quick."""
    heavy = {"eventsourcing", "kiosk.roster.source", "kiosk.roster.corrections.requests", "kiosk.batch.fields"}
    load = "from pathlib import Path; from kiosk.roster.standing_start import load_first_view; "
    code = f"{load} assert load_first_view(Path({str(standing)!r})); "
    assert find_loaded(OF_TAPS_AND_FACTS | OF_OPEN_HOMES | heavy, code) == ("\n", "set()")


# --- The home behind it ---


@contextmanager
def opened_lazily(home: Path) -> Generator[tuple[LazyRosterSource, list[Home]]]:
    """The source of a home, and the homes that it has opened."""
    opened: list[Home] = []

    @contextmanager
    def hold_home() -> Generator[Home]:
        with Home.open_to_read(home) as found:
            opened.append(found)
            yield found
        opened.remove(found)

    with LazyRosterSource(home, hold_home, load_standing(home)) as source:
        yield source, opened


def test_the_home_is_opened_for_the_second_poll_and_closed_with_the_source(standing: Path) -> None:
    with opened_lazily(standing) as (source, opened):
        assert source.poll() == load_standing(standing)
        assert opened == []
        second = source.poll()
        assert (second and second.unit, len(opened)) == (UNIT, 1)
        assert source.poll() is None
    assert opened == []


def test_it_follows_the_log_like_any_roster(standing: Path) -> None:
    with opened_lazily(standing) as (source, _):
        source.poll()
        with other_writer(standing) as tap_at:
            tap_at("V003", "10:15")
        after = source.poll()
        assert f"{after.taps[0].at:%H:%M}" == "10:15" if after else False


def test_a_day_and_a_correction_may_be_asked_for_before_the_second_poll(standing: Path) -> None:
    """A key that was pressed at once."""
    someone = next(row.volunteer for row in load_standing(standing).rows if row.volunteer)
    with opened_lazily(standing) as (source, opened):
        assert source.load_day(someone, date.fromisoformat(DAY)).explanation is not None
        assert source.open_corrections() is not None
        assert source.load_roster(date.fromisoformat(DAY)).unit != ""
        assert len(opened) == 1


@async_test
async def test_a_key_that_finds_the_home_shut_says_so_and_the_next_one_tries_again(standing: Path) -> None:
    """As a poll does: the rows stay."""
    is_shut = True

    def hold_home() -> Home:
        if is_shut:
            raise UserError("it is shut")
        return Home.open_to_read(standing)

    with LazyRosterSource(standing, hold_home, load_standing(standing)) as source:
        app = RosterApp(source, open_corrections=source.open_corrections)
        async with app.run_test(size=(80, 24)) as pilot:
            roster = RosterHarness(app, pilot)
            await roster.wait_for_text("王〇明")
            await pilot.press("f")
            await roster.wait_for_text(ROSTER.corrections.failed)
            await pilot.press("escape")
            await roster.wait_for_text("王〇明")
            is_shut = False
            await pilot.press("f")
            await roster.wait_for_text("PIN")
        await asyncio.get_running_loop().shutdown_default_executor()


def test_on_a_terminal_rows_come_first_and_the_unit_after_them(standing: Path) -> None:
    with Terminal([*PROGRAM, str(standing)]) as terminal:
        terminal.wait_for_text("王〇明")
        terminal.wait_for_text(UNIT)
        assert terminal.output.index("王〇明".encode()) < terminal.output.index(UNIT.encode())  # it stands above them
        terminal.type_keys(b"q")
        assert terminal.wait_for_exit() == 0
