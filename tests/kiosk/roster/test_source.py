"""What there is to see of a home: masked, harmless, and new only when something is new."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.clock import SimulatedClock
from kiosk.home import Home
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.view_model import RosterView
from projections.engine.as_of import views_as_of
from tests.kiosk.conftest import Apply
from tests.kiosk.entrance.app_harness import async_test, is_ambiguous_symbol
from tests.kiosk.roster.app_harness import open_roster, other_writer
from tests.kiosk.roster.morning_data import DAY, PEOPLE, card_number_of, setup_lines, shift, tap
from tests.support.kiosk_program import line
from tests.support.people import local_second, local_time

HOSTILE = {
    "V001": "[red]王[/red]",
    "V002": "王\x1b[2J明",
    "V003": "\u202e明王",
    "V004": "[@click=app.quit]x[/]",
    "V005": "Ａ" * 60,
    "V006": "=HYPERLINK()",
}


def store_names(home: Path, names: dict[str, str]) -> None:
    """Write names into the people store past the checks of a batch, as a restored or altered store may hold them."""
    with closing(sqlite3.connect(home / "people.db")) as store, store:
        store.executemany("UPDATE volunteers SET name = ? WHERE number = ?", [(name, of) for of, name in names.items()])


def poll_once(home: Path) -> RosterView:
    with Home.open(home) as opened:
        found = HomeRosterSource(opened).poll()
        assert found is not None
        return found


def test_nobodys_full_name_gets_this_far(home: Path) -> None:
    text = str(poll_once(home))
    assert "王〇明" in text
    assert [name for name in PEOPLE.values() if name in text] == []


def test_what_is_left_of_an_earlier_day_is_counted_until_it_is_settled(simulation: Path, apply: Apply) -> None:
    people = {"V101": "陳美玉", "V120": "王小明"}
    next_morning = line("tap", "2026-11-20T09:00", card=card_number_of("V120"))
    assert apply(simulation, *setup_lines(people), tap("09:05", "V101"), next_morning).err == ""
    assert poll_once(simulation).pending == {"no_check_out": 1}
    said = {"volunteer": "V101", "check_in": f"{DAY}T09:05", "reason": "lent", "by": "lin"}
    void = line("void_visit", "2026-11-20T10:00", **said)
    assert apply(simulation, void).err == ""
    assert poll_once(simulation).pending == {}


def test_namesakes_are_told_apart_in_rows_taps_and_among_those_awaited(simulation: Path, apply: Apply) -> None:
    people = {"V101": "陳美玉", "V117": "陳秀玉", "V120": "王小明"}
    planned = (shift("DESK", "09:00", "12:00", "服務台", *people), shift("DOOR", "08:00", "12:00", "門口", "V117"))
    assert apply(simulation, *setup_lines(people), *planned, tap("09:05", "V101"), tap("09:30", "V120")).err == ""
    view = poll_once(simulation)
    names = {"V101": "陳〇玉 01", "V117": "陳〇玉 17", "V120": "王〇明"}
    assert {row.person.number: row.person.name for row in view.rows if row.person} == names
    assert [(tap.person.number, tap.person.name) for tap in view.taps if tap.person] == [
        ("V120", "王〇明"),
        ("V101", "陳〇玉 01"),
    ]
    assert [[one.name for one in duty.awaited] for duty in view.uncovered] == [["陳〇玉 17"]]


def test_it_says_nothing_while_nothing_is_new(home: Path) -> None:
    with Home.open(home) as opened:
        source = HomeRosterSource(opened)
        assert source.poll() is not None
        assert source.poll() is None
        with other_writer(home) as tap_at:
            tap_at("V003", "10:15")
        assert source.poll() is not None
        assert source.poll() is None


def test_a_new_minute_is_new(real_home: Path) -> None:
    """Without a tap minutes late still grow."""
    with Home.open(real_home) as opened:
        clock = SimulatedClock(local_time(f"{DAY} 10:00:00"))
        opened.use_clock(clock)
        source = HomeRosterSource(opened)
        assert source.poll() is not None
        clock.at = local_time(f"{DAY} 10:00:59")
        assert source.poll() is None
        clock.at = local_time(f"{DAY} 10:01:00")
        found = source.poll()
        assert found is not None
        assert (f"{found.now:%H:%M:%S}", found.banner) == ("10:01:00", "")


def test_a_simulation_says_so_and_lives_by_its_own_time(home: Path) -> None:
    found = poll_once(home)
    assert (found.banner, found.now.isoformat()) == ("模擬 SIMULATION", f"{DAY}T10:10:00+08:00")


def test_the_past_is_what_the_log_said_then_and_stands_still(home: Path) -> None:
    """R-126: what was written by then decides."""
    instant = local_second(f"{DAY} 09:00")
    with Home.open(home) as opened, views_as_of(opened.log, instant) as views:
        source = HomeRosterSource(opened, views, instant)
        found = source.poll()
        assert found is not None
        assert (found.past, found.now.isoformat()) == (True, f"{DAY}T09:00:00+08:00")
        assert [inside.person.number for inside in found.present] == ["V001", "V006", "V010"]
        assert source.poll() is None


def test_every_kiosk_of_the_settings_is_listed_heard_of_or_not(home: Path) -> None:
    settings = home / "kiosk.toml"
    settings.write_text(settings.read_text().replace("other_kiosks = []", 'other_kiosks = ["side"]'))
    assert [(news.kiosk, news.last is None) for news in poll_once(home).kiosks] == [("entrance", False), ("side", True)]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_hostile_names_and_posts_are_harmless(simulation: Path, apply: Apply, size: tuple[int, int]) -> None:
    """No name or post can style, move or hide what is shown."""

    @async_test
    async def check() -> None:
        async with open_roster(simulation, size) as roster:
            rows = roster.rows()
            assert roster.table.row_count == len(HOSTILE)
            assert all(number in "\n".join(rows) for number in HOSTILE)
            assert "[b]總機[" in "\n".join(rows)
            assert not [char for row in rows for char in row if ord(char) < 32 or 0x202A <= ord(char) <= 0x202E]
            assert not [char for row in rows for char in row if is_ambiguous_symbol(char)]

    desk = shift("S1", "09:00", "12:00", "[b]總機[/b]", *HOSTILE)
    assert apply(simulation, *setup_lines(dict.fromkeys(HOSTILE, "王")), desk, tap("09:01", "V001")).err == ""
    store_names(simulation, HOSTILE)
    check()
