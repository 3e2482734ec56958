"""The night goes on from the file whose digest the log holds: any other is built anew, however little differs.

Its digest is by pieces, and afterwards only what was written is read again: a night that lied to itself about what it
wrote would build its file anew each time.
"""

import errno
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

import pytest

from domain.policy import Policies
from domain.spans import second
from projections.engine import day_order, night_views
from projections.engine.day_order import copy_views
from projections.engine.file_pieces import PIECE
from projections.engine.new_views import BuildProgress
from projections.engine.night_views import NightViews
from projections.engine.seal import sidecar_path
from projections.projectors.fact_writer import has_day_order
from projections.projectors.tables import DERIVED, FACTS
from projections.read_models.day_findings import collect_findings
from tests.support.file_digest import compute_digest_anew
from tests.support.file_locks import is_locked
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second
from tests.support.tampering import flip_bit

FIRST = date(2026, 11, 2)


class Nights:
    """The nights of an office: each opens its file, goes on from the last digest, and leaves another."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.file = office, folder / "night.db"
        self.day = FIRST
        self.digest: str | None = None
        self.built: list[BuildProgress] = []

    def pass_day(self) -> None:
        """A day with taps passes."""
        for who in (ANN, BEN):
            self.office.tap(who, f"{self.day} 08:55")
            self.office.tap(who, f"{self.day} 12:00")
        self.day += timedelta(days=1)

    def run(self, during: Callable[[Path], None] | None = None) -> bool:
        """The night after a day; whether it built its file anew. `during` it something happens to the file."""
        self.pass_day()
        self.built.clear()
        with NightViews(self.office.log, self.file, on_progress=self.built.append) as views:
            views.prove(self.digest, local_second(f"{self.day} 04:00"))
            if during:
                during(self.file)
            self.digest = views.compute_digest()
        return bool(self.built)


@pytest.fixture
def nights(office: Office, tmp_path: Path) -> Nights:
    """The file of the first night stands."""
    nights = Nights(office, tmp_path)
    assert nights.run()
    return nights


def test_what_was_written_is_read_again_and_nothing_else_has_changed(nights: Nights) -> None:
    """The digest of a night is that of its whole file, also where several days come at once."""
    for days in (0, 3, 0):
        for _ in range(days):
            nights.pass_day()
        assert not nights.run()
        assert nights.digest == compute_digest_anew(nights.file)


def test_the_file_stays_locked_while_its_digest_is_computed_beside_the_connection(nights: Nights) -> None:
    """Another process that closes it would take the WAL away."""
    with NightViews(nights.office.log, nights.file) as views:
        views.prove(nights.digest, local_second(f"{nights.day} 04:00"))
        for _ in range(2):
            views.compute_digest()
            assert is_locked(nights.file)
    assert not is_locked(nights.file)


def test_a_wal_that_grows_long_is_written_back_between_two_batches(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is forgotten."""
    lengths: list[int] = []
    for limit in (night_views.WAL_LIMIT, 0):
        monkeypatch.setattr(night_views, "WAL_LIMIT", limit)
        assert not nights.run(during=lambda file: lengths.append(sidecar_path(file, "-wal").stat().st_size))
        assert nights.digest == compute_digest_anew(nights.file)
    assert lengths[1] < lengths[0]


# --- The order of days ---

GROWS = ("taps", "roster", "visits", "duties", "earned", "corrections", "shifts", "digests")


def read_rows(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table that says nothing of when its rows were written."""
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr)
        for name in sorted({*tables} - {"state", "pages", "was", "touched"})
    }


def read_schema(db: sqlite3.Connection) -> set[tuple[str, ...]]:
    return {
        (name, *sql.split()) for name, sql in db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    }


def act_late(office: Office) -> Iterator[None]:
    """Day by day what reaches back to days before: of the roster, of persons, of a visit, of the rules."""
    office.schedule_shift("Moved", f"{FIRST} 09:00", f"{FIRST} 12:00", ANN, BEN)
    yield
    office.train(ANN, "special", "2024-02-10")
    office.suspend(BEN, f"{FIRST}")
    yield
    moved = FIRST + timedelta(days=1)
    office.change_shift("Moved", f"{moved} 09:00", f"{moved} 12:00")
    yield
    office.add_visit(BEN, f"{FIRST} 14:00", f"{FIRST} 16:00")
    office.void_visit(ANN, f"{FIRST} 08:55")
    yield
    office.adopt_policy(f"{FIRST}", grace_minutes_in=0)
    yield
    office.adopt_policy(f"{FIRST}", day_ends_at=time(3))
    yield


def test_the_rows_of_the_night_are_those_of_other_views(
    nights: Nights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a copy they have the tables and indexes of other views to the letter; and the digest of the night stays."""
    monkeypatch.setattr(day_order, "ROWS_AT_ONCE", 3)
    office, copy = nights.office, tmp_path / "copy"
    for _ in act_late(office):
        nights.pass_day()
        office.at(f"{nights.day} 09:00")
        live = office.current_views()._db
        with NightViews(office.log, nights.file) as night:
            night.prove(nights.digest, second(office.clock.at))
            night.copy_to(copy)
            nights.digest = night.compute_digest()
        assert live is not None
        with closing(sqlite3.connect(nights.file)) as settled, closing(sqlite3.connect(copy)) as copied:
            assert (has_day_order(settled), has_day_order(copied)) == (True, False)
            assert read_rows(settled) == read_rows(live) == read_rows(copied)
            assert read_schema(copied) == read_schema(live) != read_schema(settled)
        copy.unlink()
        assert nights.digest == compute_digest_anew(nights.file)


def test_every_table_of_volunteers_and_days_is_in_the_order_of_days() -> None:
    """But for the few days that belong together, which are asked for by volunteer."""
    of_days = re.findall(r"CREATE TABLE (\w+) \([^;]*PRIMARY KEY \(volunteer, day", FACTS + DERIVED)
    assert sorted(of_days) == sorted([*day_order.TABLES_BY_DAY, "links"])


def test_a_night_reads_no_table_of_days_in_whole(nights: Nights) -> None:
    """Not for a day with its taps and duties, nor for a person of whom every day must be evaluated again."""
    office, asked = nights.office, list[str]()
    with NightViews(office.log, nights.file) as views:
        views.prove(nights.digest, second(office.clock.at))
        office.at(f"{nights.day} 07:00").train(ANN, "special", "2024-02-10")
        office.schedule_shift("AM", f"{nights.day} 09:00", f"{nights.day} 12:00", ANN)
        nights.pass_day()
        db = views._db
        assert db is not None
        db.set_trace_callback(asked.append)
        views.prove(None, second(office.clock.at))
        collect_findings(views, nights.day - timedelta(days=1), Policies())
        db.set_trace_callback(None)
        plans = [(query, db.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()) for query in asked if _reads(query)]
    assert any("FROM taps" in query for query, _ in plans)
    assert any("taps f" in query for query, _ in plans)
    scans = [(step[3], query) for query, plan in plans for step in plan if step[3].startswith("SCAN")]
    assert [scan for scan in scans if scan[0].split()[1] in GROWS] == []


def _reads(query: str) -> bool:
    return query.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))


def test_the_night_builds_its_file_anew_for_other_rules_or_in_another_order(nights: Nights, tmp_path: Path) -> None:
    """To evaluate every day at once, and to find what is of a day, it needs the other order."""
    assert not nights.run()
    with NightViews(nights.office.log, nights.file) as night:
        night.prove(nights.digest, local_second(f"{nights.day} 04:00"))
        night.copy_to(tmp_path / "copy")
    shutil.copyfile(tmp_path / "copy", nights.file)
    with closing(sqlite3.connect(nights.file)) as db:
        db.execute("PRAGMA journal_mode=WAL")
    nights.digest = compute_digest_anew(nights.file)
    assert nights.run()
    with closing(sqlite3.connect(nights.file)) as db:
        db.execute("UPDATE state SET evaluation = 0")
        db.commit()
    nights.digest = compute_digest_anew(nights.file)
    assert nights.run()
    assert not nights.run()


# --- A file that was changed between two nights ---


def _flip(place: float) -> Callable[[Path], None]:
    return lambda file: flip_bit(file, min(int(file.stat().st_size * place), file.stat().st_size - 1), 3)


def _cut(length: int) -> Callable[[Path], None]:
    return lambda file: _write(file, file.read_bytes()[:-length])


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def _reverse_pieces(file: Path) -> None:
    data = file.read_bytes()
    _write(file, b"".join(data[begin : begin + PIECE] for begin in reversed(range(0, len(data), PIECE))))


def _edit_row(file: Path) -> None:
    size = file.stat().st_size
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("UPDATE visits SET credited = credited + 60").rowcount
        db.commit()
    assert file.stat().st_size == size


CHANGES: dict[str, Callable[[Path], object]] = {
    "the first bits": _flip(0),
    "a bit in the middle": _flip(0.5),
    "the last bits": _flip(1),
    "a byte short": _cut(1),
    "a piece short": _cut(PIECE),
    "a piece more": lambda file: _write(file, file.read_bytes() + bytes(PIECE)),
    "its pieces in another order": _reverse_pieces,
    "a row edited": _edit_row,
    "an older copy put back": lambda file: shutil.copyfile(file.with_name("older"), file),
    "another file of the same size": lambda file: _write(file, bytes(file.stat().st_size)),
    "no file": Path.unlink,
}


def test_a_changed_file_is_built_anew(nights: Nights) -> None:
    """Each night goes on from the file of the one before, but where something was done to it."""
    shutil.copyfile(nights.file, nights.file.with_name("older"))
    assert not nights.run()
    for name, change in CHANGES.items():
        change(nights.file)
        assert nights.run(), name
    assert not nights.run()


def test_no_flipped_bit_is_gone_on_from(nights: Nights) -> None:
    chance = Random(20261128)  # noqa: S311 - replayable
    whole = nights.file.read_bytes()
    for _ in range(60):
        place = chance.randrange(len(whole))
        flip_bit(nights.file, place, chance.randrange(8))
        assert compute_digest_anew(nights.file) != nights.digest
        nights.file.write_bytes(whole)


def test_what_another_changes_during_a_night_does_not_become_right_by_it(nights: Nights) -> None:
    """A piece that the night did not write keeps the digest that it was proved with."""
    unwritten = len(nights.file.read_bytes()) // 2 // PIECE * PIECE
    with nights.file.open("rb") as file:
        file.seek(unwritten)
        before = file.read(PIECE)
    assert not nights.run()
    with nights.file.open("rb") as file:
        file.seek(unwritten)
        assert file.read(PIECE) == before, "else this test says nothing"
    assert not nights.run(during=lambda file: flip_bit(file, unwritten + 5_000, 3))
    assert nights.digest != compute_digest_anew(nights.file)
    assert nights.run()


def test_a_new_order_that_the_disk_does_not_take_leaves_no_half_file(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk has its room back, and the night goes on in memory."""

    def write_half(_source: Path, into: Path, *, by_day: bool) -> None:
        if into.parent == nights.file.parent:
            into.write_bytes(bytes(4096))
            raise OSError(errno.ENOSPC, "No space left on device")
        copy_views(_source, into, by_day=by_day)

    monkeypatch.setattr(night_views, "copy_views", write_half)
    nights.file.unlink(missing_ok=True)
    nights.digest = None
    assert nights.run()
    assert [file.name for file in nights.file.parent.glob("night.db*") if file.stat().st_size] == []
