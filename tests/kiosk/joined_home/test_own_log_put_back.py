"""The own log of a kiosk is put back from an older copy, with its head file; `unit.db` holds what it lost."""

from contextlib import closing
from pathlib import Path
from shutil import copy2

import pytest
from msgspec.structs import replace

from domain.act import Act
from domain.calendar import TAIPEI
from domain.log.event_log import EventLog
from domain.model.kiosk_clock import KioskClock
from domain.spans import Second, instant
from kiosk.home import Home
from kiosk.joined_home.sync_state import load_sync_state, save_sync_state
from kiosk.joined_home.unit_copy import UnitCopy
from kiosk.status.checked_home import CheckedHome
from kiosk.status.hub import check_unsent
from projections.read_models.visits import list_visits
from tests.support.joined_kiosk import ANN, BEN, send, tap
from tests.support.people import COORDINATOR, NOTE, local_second, local_time

NINE, TEN, ELEVEN, NOON = (f"2026-11-19 {hour}:00" for hour in ("09", "10", "11", "12"))
EVENING = "2026-11-19 20:00"


@pytest.fixture
def put_back(side: Path, unit: Home, tmp_path: Path) -> Path:
    """A kiosk that was sent Ben's tap, and recorded Ann in, out and in; its log ends behind the first of these.

    The hub had taken all three.
    """
    older = tmp_path / "older"
    older.mkdir()
    tap(unit, BEN, NINE)
    send(side, unit)
    with Home.open(side) as kiosk:
        tap(kiosk, ANN, NINE)
        kiosk.views.catch_up()
    for file in list_own_files(side):
        copy2(file, older)
    with Home.open(side) as kiosk:
        tap(kiosk, ANN, TEN)
        tap(kiosk, ANN, ELEVEN)
        assert list_seen(kiosk) == [("entrance", NINE, None), ("side", NINE, TEN), ("side", ELEVEN, None)]
        save_held(kiosk)
    for file in list_own_files(side):
        file.unlink()
    for file in older.iterdir():
        copy2(file, side)
    return side


def list_own_files(side: Path) -> list[Path]:
    return [file for file in side.iterdir() if file.name.startswith("log.")]


def save_held(kiosk: Home) -> None:
    """The hub has taken all of the own log."""
    head = kiosk.log.own.head()
    known = load_sync_state(kiosk.path)
    save_sync_state(kiosk.path, replace(known, held=head.position, held_chain=head.chain))


def list_seen(home: Home) -> list[tuple[str, str, str | None]]:
    """The visits that the kiosk shows: where they began, from when, until when."""
    home.views.catch_up(local_second("2026-11-19 20:00"))
    rows = list_visits(home.views)
    return sorted((row.kiosk, write(row.check_in), write(row.check_out) if row.check_out else None) for row in rows)


def write(at: Second) -> str:
    return f"{instant(at).astimezone(TAIPEI):%Y-%m-%d %H:%M}"


def test_what_the_log_lost_is_shown_no_more_and_what_is_recorded_then_is(put_back: Path) -> None:
    with Home.open(put_back) as kiosk:
        assert list_seen(kiosk) == [("entrance", NINE, None), ("side", NINE, None)]
        assert tap(kiosk, ANN, NOON).outcome == "checked_out"
        assert list_seen(kiosk) == [("entrance", NINE, None), ("side", NINE, NOON)]


@pytest.mark.parametrize("taps", [1, 2, 3])
def test_a_log_that_grew_again_before_the_copy_was_read_is_noticed_at_any_length(put_back: Path, taps: int) -> None:
    with Home.open(put_back) as kiosk:
        for at in ("2026-11-19 12:00", "2026-11-19 13:00", "2026-11-19 14:00")[:taps]:
            tap(kiosk, ANN, at)
        assert next(visit for visit in list_seen(kiosk) if visit[0] == "side") == ("side", NINE, NOON)
        own = {(row[1], row[2]) for row in kiosk.log.own.read_rows()}
        assert own <= {(row[1], row[2]) for row in kiosk.log.read_rows()}


@pytest.mark.parametrize("taps", [0, 1, 2, 3])
def test_no_status_says_that_the_hub_has_what_was_recorded_since(put_back: Path, taps: int) -> None:
    """Also where the log is as long again as it was, and before the hub is heard."""
    with Home.open(put_back) as kiosk:
        for at in ("2026-11-19 12:00", "2026-11-19 13:00", "2026-11-19 14:00")[:taps]:
            tap(kiosk, ANN, at)
    with CheckedHome(put_back) as checked:
        check = check_unsent(checked)
    assert not check.ok
    assert "the hub took 3 events" in check.detail


@pytest.mark.parametrize(("taps", "said"), [(0, "the hub has all 1 event"), (1, "1 event is not at the hub yet")])
def test_the_status_knows_a_log_that_only_grew(side: Path, taps: int, said: str) -> None:
    with Home.open(side) as kiosk:
        tap(kiosk, ANN, NINE)
        save_held(kiosk)
        for at in (TEN, ELEVEN)[:taps]:
            tap(kiosk, ANN, at)
    with CheckedHome(side) as checked:
        assert check_unsent(checked).detail.startswith(said)


def test_what_the_hub_sent_is_kept_and_is_not_asked_for_again(put_back: Path, unit: Home) -> None:
    """Where the hub has stopped taking from this kiosk it sends nothing either: its door goes on to know each card."""
    with closing(UnitCopy.open(put_back)) as copy, Home.open(put_back) as kiosk:
        before = copy.cursor
        kiosk.log.head()
        assert copy.cursor == before
        sent = [row[1:5] for row in unit.log.read_rows()]
        assert [row[1:5] for row in kiosk.log.read_rows()][: len(sent)] == sent


def test_what_the_desk_stated_about_the_clock_of_the_kiosk_is_kept(put_back: Path, unit: Home) -> None:
    """It names the kiosk as its own events do, and stands in a stream of the desk."""
    at = local_time(NOON)
    clock = KioskClock.of_desk("side", "boot")
    clock.record_statement("side", "boot", -60, NOTE, Act(at, COORDINATOR, at))
    with unit.log.writing():
        unit.log.append(clock)
    send(put_back, unit)
    with Home.open(put_back) as kiosk:
        assert any(row[3] == "kiosk-clock.clock-corrected" for row in kiosk.log.read_rows())


def test_a_log_that_holds_what_was_copied_keeps_its_copy(side: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two are compared once for an opened copy: whoever asks for the end of the log does not wait for it again."""
    compared = list[int]()
    find = EventLog.find_objection
    monkeypatch.setattr(
        EventLog, "find_objection", lambda log, kept: (compared.append(kept.position), find(log, kept))[1]
    )
    with Home.open(side) as kiosk:
        tap(kiosk, ANN, NINE)
        name = kiosk.log.log_id
        kiosk.log.head()
        for at in (TEN, ELEVEN, NOON):
            tap(kiosk, ANN, at)
            kiosk.log.head()
        assert kiosk.log.log_id == name
        assert len(compared) <= 1
    with Home.open(side) as kiosk:
        kiosk.log.head()
        assert kiosk.log.log_id == name
