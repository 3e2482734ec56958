"""Of a large log a night verifies the end only, but every event before it is read: also one that it reads again."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.backups.heads import comparison
from kiosk.backups.heads.last_verification import read_last_verification, was_whole_verified
from projections.engine import night_views
from tests.kiosk.conftest import Apply
from tests.support.file_digest import compute_digest_anew
from tests.support.kiosk_program import ProgramResult, line, run_kiosk
from tests.support.tampering import flip_bit, open_unguarded

SHIFTS = [
    line(
        "schedule_shift",
        "2024-01-02T09:00",
        shift=f"S{day}",
        start=f"2024-01-0{day}T09:00",
        end=f"2024-01-0{day}T12:00",
        volunteers=["V001"],
    )
    for day in (3, 4, 5)
]
OLD, LATER = "2024-01-04T01:00", "2024-01-04T02:00"
"""When the second shift begins, as its event says, and as another hand writes it there."""


@pytest.fixture
def home(real_home: Path, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose log is a large one, of which a night has settled a day."""
    monkeypatch.setitem(comparison.demand_whole_log.__kwdefaults__, "small", 3)
    begun = [
        line("open_unit", "2024-01-02T08:00", name="清水戶政事務所", kind="public", category="戶政"),
        line("adopt_policy", "2024-01-02T08:00", effective_from="2024-01-02", grace_minutes_in=7),
        line("enrol_volunteer", "2024-01-02T08:00", volunteer="V001", mode="rostered", agreement_from="2024-01-02"),
    ]
    assert apply(real_home, *begun, *SHIFTS).status == 0
    for date in ("2024-01-02", "2024-01-03"):
        assert settle(real_home, date).status == 0
    assert not was_whole_verified(real_home)
    return real_home


def settle(home: Path, date: str = "2024-01-04") -> ProgramResult:
    return run_kiosk("reconcile", "--date", date, "--home", home)


def edit(home: Path, old: str, new: str) -> None:
    """Events are edited outside of the chain."""
    with open_unguarded(home / "log.db") as tool:
        edited = "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), ?, ?) AS BLOB)"
        assert tool.execute(f"{edited} WHERE CAST(state AS TEXT) LIKE ?", (old, new, f"%{old}%")).rowcount


def is_refused(home: Path) -> bool:
    """Whether nothing is settled, and the record of the last verification says why."""
    ended, record = settle(home), read_last_verification(home)
    with closing(sqlite3.connect(home / "log.db")) as log:
        settled = "SELECT count(*) FROM stored_events WHERE topic LIKE 'reconciliation.%'"
        assert (log.execute(settled).fetchone() == (2,)) == (ended.status == 1)
    assert record is not None
    assert record.ok == (ended.status == 0)
    assert ("nothing was settled" in ended.err) == (ended.status == 1)
    return ended.status == 1


LOST: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "deleted": lambda home, _: (home / "night.db").unlink(),
    "damaged": lambda home, _: flip_bit(home / "night.db", 5_000, 1),
    "of another program": lambda _, patch: patch.setattr(night_views, "EVALUATION_VERSION", -1),
}


@pytest.mark.parametrize("lose", LOST.values(), ids=LOST)
def test_a_night_that_begins_at_the_first_event_verifies_the_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch, lose: Callable[[Path, pytest.MonkeyPatch], object]
) -> None:
    edit(home, OLD, LATER)
    lose(home, monkeypatch)
    assert is_refused(home)


def test_where_the_whole_fits_it_settles_and_the_week_begins_anew(home: Path) -> None:
    (home / "night.db").unlink()
    assert not is_refused(home)
    assert was_whole_verified(home)


def test_the_usual_night_reads_no_event_again_and_verifies_the_end(home: Path) -> None:
    """An old event that was edited changes nothing of what is settled, and is found within a week."""
    edit(home, OLD, LATER)
    assert not is_refused(home)
    assert not was_whole_verified(home)
    with closing(sqlite3.connect(home / "night.db")) as views:
        assert views.execute("SELECT starts % 86400 / 3600 FROM duties WHERE shift = 'S4'").fetchone() == (1,)


def test_what_was_verified_since_the_last_night_is_verified_again_when_it_is_read(home: Path, apply: Apply) -> None:
    added = {**SHIFTS[0], "shift": "New", "start": "2024-01-04T14:00", "end": "2024-01-04T15:00"}
    assert apply(home, added).status == 0
    assert run_kiosk("verify", "--home", home).status == 0
    edit(home, "2024-01-04T06:00", "2024-01-04T06:30")
    assert is_refused(home)


def test_it_goes_on_from_the_last_night_also_where_the_log_was_verified_since(home: Path, apply: Apply) -> None:
    """What stands before is not walked again."""
    assert apply(home, line("tap", "2024-01-04T09:05", card="04000000000001")).status == 0
    assert run_kiosk("verify", "--home", home).status == 0
    edit(home, OLD, LATER)
    assert not is_refused(home)
    assert not was_whole_verified(home)


def test_a_changed_file_is_not_believed_for_a_digest_that_was_put_into_the_last_settlement(home: Path) -> None:
    assert run_kiosk("verify", "--home", home).status == 0
    before = compute_digest_anew(home / "night.db")
    with closing(sqlite3.connect(home / "night.db", isolation_level=None)) as views:
        views.execute("UPDATE duties SET starts = starts + 3600 WHERE shift = 'S4'")
        views.execute("UPDATE state SET position = position + 2")
    edit(home, before, compute_digest_anew(home / "night.db"))
    assert is_refused(home)


@pytest.mark.parametrize(
    ("old", "new"), [('"grace_minutes_in":7', '"grace_minutes_in":9'), ("Asia/Taipei", "Asia/Tokyo")]
)
def test_the_rules_of_the_unit_are_those_that_were_verified(home: Path, old: str, new: str) -> None:
    """They are read from the log each night; the zone stands in the settings too."""
    settings = home / "kiosk.toml"
    settings.write_text(settings.read_text().replace(old, new))
    edit(home, old, new)
    assert is_refused(home)


def test_a_line_of_a_batch_settles_nothing_of_a_log_that_is_not_whole(home: Path, apply: Apply) -> None:
    (home / "night.db").unlink()
    edit(home, OLD, LATER)
    ended = apply(home, {"do": "reconcile", "date": "2024-01-04"})
    assert (ended.status != 0, "nothing was settled" in ended.err) == (True, True)
