"""Views follow the log, and anyone may delete them: what they say depends on the events and on the time alone."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import get_type_hints

import pytest

from domain.log.errors import LogBusy
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.log.writer_lock import WriterLock
from domain.model.attendance import Attendance
from domain.model.shift import Shift
from projections.engine.new_views import build
from projections.engine.rebuild import COLUMNS_NOT_COMPARED, list_compared, replay
from projections.engine.views import Views
from projections.projectors.feed import PARTIAL_DECODING
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, local_second


def everything(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables that a rebuild must reproduce in every column."""
    partly = {table for table, _ in COLUMNS_NOT_COMPARED}
    with closing(sqlite3.connect(office.current_views().file)) as db:
        names = [name for name in list_compared(db) if name not in partly]
        return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def a_busy_day(office: Office) -> None:
    office.at("2026-11-01 08:00")
    office.schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.schedule_shift("PM", "2026-11-19 14:00", "17:00", CAT)
    office.schedule_event("Fair", "2026-11-19 18:00", "21:00")
    office.at("2026-11-18 20:00").request_leave("AM", BEN)
    office.tap(ANN, "2026-11-19 08:55")
    office.tap(CAT, "2026-11-19 13:50")
    office.tap(ANN, "2026-11-19 12:03")
    office.tap(ANN, "2026-11-19 18:10")
    office.tap("nobody's card", "2026-11-19 18:20")
    office.tap(ANN, "2026-11-19 20:10")
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    office.at("2026-11-20 09:00").close_visit(CAT, "2026-11-19 13:50", "2026-11-19 17:00")
    office.at("2026-11-21 04:30").reconcile("2026-11-20")


def test_deleted_views_come_back_identical(office: Office, tmp_path: Path) -> None:
    """Decision: the log is the only truth."""
    a_busy_day(office)
    before = everything(office)
    office.restart()
    (tmp_path / "views.db").unlink()
    assert everything(office) == before
    assert before["visits"]
    assert before["settled"]


@pytest.mark.parametrize("damage", [b"", b"this is no database", b"SQLite format 3\0" + b"\0" * 500])
def test_damaged_views_are_built_anew(office: Office, tmp_path: Path, damage: bytes) -> None:
    a_busy_day(office)
    before = everything(office)
    office.restart()
    (tmp_path / "views.db").write_bytes(damage)
    assert everything(office) == before


def test_other_rules_evaluate_every_day_again_from_facts_that_stay(office: Office, tmp_path: Path) -> None:
    """What a program with an older evaluation left is replaced; nothing is filed again."""
    a_busy_day(office)
    before = everything(office)
    file = tmp_path / "views.db"
    inode = file.stat().st_ino
    with closing(sqlite3.connect(file, isolation_level=None)) as older:
        older.execute("UPDATE state SET evaluation = evaluation - 1")
        older.execute("UPDATE duties SET outcome = 'absent', seconds = 60")
        older.execute("ALTER TABLE visits DROP COLUMN corrected")
    assert everything(office) == before
    assert file.stat().st_ino == inode
    office.tap(CAT, "2026-11-21 09:00")
    assert replay(office.log, office.current_views()).differences == []


def test_days_that_come_out_the_same_by_other_rules_are_not_written(office: Office, tmp_path: Path) -> None:
    """What an older evaluation gave one volunteer is replaced or removed; rows of the others stand as they are."""
    a_busy_day(office)
    before = everything(office)
    with closing(sqlite3.connect(tmp_path / "views.db", isolation_level=None)) as older:
        older.execute("UPDATE state SET evaluation = evaluation - 1")
        one = "volunteer = (SELECT min(volunteer) FROM duties)"
        older.execute(f"UPDATE duties SET outcome = 'absent' WHERE {one}")
        another_day = "volunteer, day + 9, shift, starts, ends, outcome, late, early, seconds, category, excused_by"
        older.execute(f"INSERT INTO duties SELECT {another_day} FROM duties WHERE {one}")
        older.execute(f"INSERT OR REPLACE INTO digests SELECT volunteer, day, 1 FROM duties WHERE {one}")
        older.execute(f"UPDATE visits SET kiosk = 'as it stood' WHERE NOT {one}")
    after = everything(office)
    assert after["duties"] == before["duties"]
    assert [row[8] for row in after["visits"]] == ["entrance", "entrance", "as it stood"]


def test_followed_step_by_step_the_views_are_those_of_a_rebuild(office: Office) -> None:
    """Every event after the last catch-up derives its days again; a rebuild derives each once."""
    original = office.tap

    def tap_and_look(*args: str, **kwargs: str) -> object:
        answer = original(*args, **kwargs)
        office.current_views()
        return answer

    office.tap = tap_and_look
    a_busy_day(office)
    assert replay(office.log, office.current_views()).differences == []


def test_views_of_another_log_are_not_believed(office: Office, tmp_path: Path) -> None:
    """A restored log has another name; it may have gone back."""
    a_busy_day(office)
    before = everything(office)
    office.log.renew_identity()
    next(office.current_views().rows("SELECT 1"))
    after = everything(office)
    assert after.pop("state") != before.pop("state")
    assert after == before
    with_log_id = next(office.current_views().rows("SELECT log_id FROM state"))
    assert with_log_id == (office.log.log_id.hex,)


def test_two_readers_of_one_file_see_the_same(office: Office, tmp_path: Path) -> None:
    """Any process may advance the views; another goes on from there, even when the file was put in place anew."""
    a_busy_day(office)
    first = everything(office)
    with Views(office.log, tmp_path / "views.db") as other:
        other.catch_up(office.current_views().evaluated_at)
        assert sorted(other.rows("SELECT * FROM visits"), key=repr) == first["visits"]
        office.at("2026-11-22 09:00").adopt_policy("2026-11-01", day_ends_at="05:00")
        office.current_views()
        other.catch_up(office.current_views().evaluated_at)
        assert sorted(other.rows("SELECT * FROM visits"), key=repr) == everything(office)["visits"]


def test_what_another_process_filed_is_not_reckoned_from_memory(office: Office, tmp_path: Path) -> None:
    """A policy and a moved shift reach the views through one process; the other one goes on with both."""
    evening = local_second("2026-11-19 20:00")
    with Views(office.log, tmp_path / "views.db") as entrance:
        entrance.catch_up(evening)
        office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
        entrance.catch_up(evening)
        office.adopt_policy("2026-11-01", grace_minutes_in=90)
        office.change_shift("AM", "2026-11-19 10:00", "2026-11-19 12:00")
        office.current_views()
        office.assign("AM", BEN)
        office.tap(ANN, "2026-11-19 11:00")
        entrance.catch_up(evening)
        assert replay(office.log, entrance).differences == []
        rows = entrance.rows("SELECT starts, late FROM duties ORDER BY volunteer")
        assert list(rows) == [(local_second("2026-11-19 10:00"), 0)] * 2


def test_somebody_else_at_the_views_is_waited_for_only_so_long(office: Office, tmp_path: Path) -> None:
    """The entrance rather shows less than nothing for ten seconds."""
    office.current_views()
    path = tmp_path / "views.db"
    with Views(office.log, path, timeout=0.05) as entrance, WriterLock(path).hold(), pytest.raises(LogBusy):
        entrance.catch_up()


def test_what_is_decoded_in_part_fits_the_events() -> None:
    """The fields that the feed picks out exist in the events, under the same names."""
    events = {cls.TOPIC: cls for cls in (*vars(Attendance).values(), *vars(Shift).values()) if hasattr(cls, "TOPIC")}
    for name, fact in PARTIAL_DECODING.items():
        assert set(fact.__struct_fields__) <= set(get_type_hints(events[name]))


def test_the_log_can_be_opened_while_views_follow_it(office: Office, tmp_path: Path) -> None:
    """Reading holds nothing: another process reads on."""
    a_busy_day(office)
    office.current_views()
    office.log.close()
    reopened = open_sqlite_log(tmp_path / "log.db", REGISTERED_NAMES)
    assert reopened.verify().whole
    reopened.close()


def test_closing_twice_is_closing_once(office: Office, tmp_path: Path) -> None:
    """The number of the lock's file may be another file's by then."""
    views = Views(office.log, tmp_path / "others.db")
    views.catch_up(local_second("2026-11-19 09:00"))
    views.close()
    with (tmp_path / "another file").open("wb") as other:
        views.close()
        other.write(b"it is open still")
    assert (tmp_path / "another file").read_bytes() == b"it is open still"


def test_no_other_program_waits_while_a_copy_is_made_for_the_place_of_views(office: Office, tmp_path: Path) -> None:
    """What came meanwhile is in neither file lost: the copy catches up."""
    a_busy_day(office)
    views = office.current_views()

    def write_copy(path: Path) -> None:
        build(office.log, path)
        office.tap(BEN, "2026-11-21 09:00")
        with Views(office.log, tmp_path / "views.db", timeout=0) as other:
            other.catch_up()

    views.replace_with(write_copy, damaged=False)
    assert everything(office)["taps"]
    assert replay(office.log, office.current_views()).differences == []


@pytest.mark.parametrize("damaged", [False, True])
def test_a_copy_that_the_disk_does_not_take_leaves_nothing_of_it(
    office: Office, tmp_path: Path, *, damaged: bool
) -> None:
    """A full disk has its room back. What said something else is not believed any longer."""
    a_busy_day(office)
    views = office.current_views()

    def write_half(path: Path) -> None:
        path.write_bytes(bytes(4096))
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        views.replace_with(write_half, damaged=damaged)
    assert not (tmp_path / "views.db.copy").exists()
    assert (tmp_path / "views.db").exists() is not damaged
    assert everything(office)["taps"]
