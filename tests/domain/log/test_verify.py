"""Damage of every kind, and the first position that tells it."""

import errno
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.chain_walk import StoredRow, Verdict
from domain.log.errors import CannotConnect, CannotRead, LogDamaged, LogError
from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.log.verify import walk_batches
from kiosk.words.log_errors import explain_verdict
from tests.support.faulty_disk import FaultyDisk
from tests.support.tampering import chain_again, cut_off_with_its_count, open_unguarded, rewrite_schema
from tests.support.toy_aggregates import NAMES, visit

Deed = Callable[[sqlite3.Connection], object]


@pytest.fixture
def full(log: EventLog) -> EventLog:
    """Ten events."""
    log.append(visit("ann", texts=4))
    log.append(visit("ben", texts=4))
    return log


def test_a_log_that_nobody_touched_is_whole(full: EventLog) -> None:
    verdict = full.verify()
    assert verdict.whole
    assert (verdict.events, verdict.head) == (10, full.head())


@pytest.mark.parametrize(("after", "edited", "finds"), [(None, 7, False), (6, 7, True), (7, 7, False), (9, 10, True)])
def test_from_a_verified_head_the_walk_may_begin_before_it(
    full: EventLog, after: int | None, edited: int, *, finds: bool
) -> None:
    """A position behind the head changes nothing: what follows the head is walked in any case."""
    known = Head(8, full.chain_at(8))
    assert full.verify_onward(known, after).whole
    with open_unguarded(Path(full.place)) as tool:
        tool.execute("UPDATE stored_events SET state = x'7b7d' WHERE position = ?", (edited,))
    assert full.verify_onward(known, after).first_bad == (edited if finds else None)


def test_a_part_before_the_head_that_was_chained_again_does_not_lead_to_it(full: EventLog) -> None:
    known = Head(8, full.chain_at(8))
    with open_unguarded(Path(full.place)) as tool:
        tool.execute("UPDATE stored_events SET state = x'7b7d' WHERE position = 5")
        chain_again(tool)
        tool.execute("UPDATE stored_events SET chain = ? WHERE position = 8", (known.chain,))
    assert full.verify_onward(known, 4).first_bad == 8


def test_where_the_walk_should_begin_at_no_event_the_gap_is_found(full: EventLog) -> None:
    known = Head(8, full.chain_at(8))
    with open_unguarded(Path(full.place)) as tool:
        tool.execute("DELETE FROM stored_events WHERE position = 5")
    assert full.verify_onward(known, 5).first_bad == 5


def test_an_empty_log_is_whole(log: EventLog) -> None:
    assert (log.verify().events, log.verify().head, log.verify().whole) == (0, EMPTY_HEAD, True)


def test_a_log_longer_than_a_batch_is_walked_to_its_end(log: EventLog) -> None:
    log.append(visit("ann", texts=4_999))
    assert log.verify().events == 5_000
    assert sum(map(len, log._recorder.read_raw(5_000, batch=7))) == 5_000


def swap_states(tool: sqlite3.Connection) -> None:
    (one,), (other,) = tool.execute("SELECT state FROM stored_events WHERE position IN (3, 4)").fetchall()
    tool.execute("UPDATE stored_events SET state = ? WHERE position = 3", (other,))
    tool.execute("UPDATE stored_events SET state = ? WHERE position = 4", (one,))


def delete_and_close_the_gap(tool: sqlite3.Connection) -> None:
    tool.execute("DELETE FROM stored_events WHERE position = 5")
    for position in range(6, 11):
        tool.execute("UPDATE stored_events SET position = ? WHERE position = ?", (position - 1, position))
    tool.execute("UPDATE sqlite_sequence SET seq = 9 WHERE name = 'stored_events'")


def turn_a_state_into_text(tool: sqlite3.Connection) -> None:
    rewrite_schema(tool, "state BLOB", "state TEXT")
    tool.execute("UPDATE stored_events SET state = CAST(state AS TEXT) WHERE position = 6")


UNFIT = "does not fit the chain"
KIND = "never written"


CHANGE = "UPDATE stored_events SET "
FORGED = "INSERT INTO stored_events VALUES ({}, 'forged', 1, 'toy.visit.begun', x'7b7d', zeroblob(32))"

DAMAGE: dict[str, tuple[str | Deed, int, str]] = {
    "a payload is edited": (CHANGE + "state = CAST(replace(state, 'ann', 'bob') AS BLOB) WHERE position = 2", 2, UNFIT),
    "two states are swapped": (swap_states, 3, UNFIT),
    "an event gets another name": (CHANGE + "topic = 'toy.visit.begun' WHERE position = 4", 4, UNFIT),
    "an event gets another version": (CHANGE + "originator_version = 77 WHERE position = 4", 4, UNFIT),
    "an event goes to another stream": (CHANGE + "originator_id = 'x' WHERE position = 10", 10, UNFIT),
    "a name is no text any more": (CHANGE + "topic = CAST(x'ff' AS TEXT) WHERE position = 4", 4, UNFIT),
    "a state became text": (turn_a_state_into_text, 6, KIND),
    "a chain value is wiped": (CHANGE + "chain = zeroblob(32) WHERE position = 10", 10, UNFIT),
    "an event is moved out of sight": (CHANGE + "position = -1 WHERE position = 1", 1, "stands in its place"),
    "an event is deleted": ("DELETE FROM stored_events WHERE position = 5", 5, "is missing"),
    "the first event is deleted": ("DELETE FROM stored_events WHERE position = 1", 1, "is missing"),
    "an event is deleted and the gap closed": (delete_and_close_the_gap, 5, UNFIT),
    "the tail is deleted": ("DELETE FROM stored_events WHERE position > 8", 9, "once reached position 10"),
    "a forged event is added": (FORGED.format(11), 11, UNFIT),
    "a forged event is put before the first": (FORGED.format(0), 1, "stands in its place"),
    "a column is gone": ("ALTER TABLE stored_events DROP COLUMN chain", 1, "no such column"),
    "the table is gone": ("DROP TABLE stored_events", 1, "no such table"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found_at_its_first_position(path: Path, full: EventLog, damage: str) -> None:
    deed, first_bad, why = DAMAGE[damage]
    with open_unguarded(path) as tool:
        tool.execute(deed) if isinstance(deed, str) else deed(tool)
    verdict = full.verify()
    assert (verdict.first_bad, verdict.events) == (first_bad, first_bad - 1)
    assert why in explain_verdict(verdict)


def test_a_bit_that_flips_on_the_disk_is_found(path: Path) -> None:
    log = create_sqlite_log(path, NAMES)
    log.append(visit("ann", texts=50))
    log.close()
    content = bytearray(path.read_bytes())
    content[content.index(b"text 30 of ann")] ^= 0x01
    path.write_bytes(content)
    log = open_sqlite_log(path, NAMES)
    assert log.verify().first_bad == 32
    log.close()


# --- What a chain alone cannot tell: why a head is kept beside it -------------------------------


def chained_anew(tool: sqlite3.Connection) -> None:
    tool.execute("UPDATE stored_events SET state = CAST(replace(state, 'ann', 'bob') AS BLOB)")
    chain_again(tool)


WENT_BACK: dict[str, tuple[Deed, int, str]] = {
    "the tail is cut off with its count": (cut_off_with_its_count, 9, "it ends at position 8 and had reached 10"),
    "the history is chained anew": (chained_anew, 10, "its event 10 is not the one that was acknowledged"),
}


@pytest.mark.parametrize("damage", WENT_BACK)
def test_what_the_chain_cannot_tell_the_head_file_does(path: Path, full: EventLog, damage: str) -> None:
    deed, first_bad, why = WENT_BACK[damage]
    with open_unguarded(path) as tool:
        deed(tool)
    verdict = full.verify()
    assert (verdict.whole, verdict.first_bad) == (False, first_bad)
    assert why in explain_verdict(verdict)


@pytest.mark.parametrize("damage", WENT_BACK)
def test_who_can_write_the_head_file_too_is_found_by_a_head_kept_elsewhere_and_by_nothing_here(
    path: Path, full: EventLog, damage: str
) -> None:
    kept_elsewhere = full.head()
    with open_unguarded(path) as tool:
        WENT_BACK[damage][0](tool)
    path.with_suffix(".head").unlink()
    assert full.verify().whole
    assert full.verify().head != kept_elsewhere


def test_an_index_that_lost_an_event_is_found(full: EventLog, path: Path) -> None:
    """Every event still fits the chain, and one of them would never be loaded again."""
    full.close()
    with open_unguarded(path) as tool:
        query = "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'stored_events'"
        (root,), (size,) = tool.execute(query).fetchone(), tool.execute("PRAGMA page_size").fetchone()
        tool.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek((root - 1) * size + CELLS)
        file.write((9).to_bytes(2))
    reopened = open_sqlite_log(path, NAMES)
    verdict = reopened.verify()
    reopened.close()
    assert (verdict.whole, verdict.first_bad, verdict.events) == (False, None, 10)
    assert "damaged" in explain_verdict(verdict)


CELLS = 3
"""Where a page of an index says how many entries it holds (SQLite file format, b-tree pages)."""


# --- What keeps a log from being read ----------------------------------------------------------

READ_WITH_A_BAD_SECTOR = """
import sys
from pathlib import Path
from domain.log.chain import Head
from domain.log.errors import CannotRead
from domain.log.sqlite import open_sqlite_log
from tests.support.toy_aggregates import NAMES
log = open_sqlite_log(Path(sys.argv[1]), NAMES)
first = Head(1, log.chain_at(1))
for verify in (log.verify, lambda: log.verify_onward(first), lambda: log.verify_tail(most=10_000),
               log._recorder.find_damage):
    try:
        print(verify())
    except CannotRead as refused:
        print(type(refused).__name__)
"""


@pytest.mark.parametrize(("error", "seen"), [(errno.EIO, {"CannotRead"}), (0, {"Verdict", "None"})])
def test_a_sector_that_cannot_be_read_is_no_damage_of_the_log(tmp_path: Path, error: int, seen: set[str]) -> None:
    """Of what stands there nothing is known, and the next disk, or the next minute, may give it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with closing(create_sqlite_log(folder / "log.db", NAMES)) as log:
        log.append(visit("ann", texts=1_000))
    disk = FaultyDisk(folder)
    disk.set_bad_sectors(error, "log.db", 64 << 10, 128 << 10)
    words = [sys.executable, "-c", READ_WITH_A_BAD_SECTOR, folder / "log.db"]
    ended = subprocess.run(words, env=disk.environment(), capture_output=True, text=True, check=False)
    assert (ended.stderr, {line.partition("(")[0] for line in ended.stdout.splitlines()}) == ("", seen)


@pytest.mark.parametrize("error", [CannotRead("the log", "disk I/O error"), CannotConnect("a server", "gone")])
def test_a_walk_that_cannot_go_on_says_why_and_nothing_of_the_events(full: EventLog, error: LogError) -> None:
    with pytest.raises(type(error)):
        walk_batches(cut_short(full, error), EMPTY_HEAD, 10)


def test_a_walk_that_meets_what_is_malformed_says_at_which_event(full: EventLog) -> None:
    damaged = LogDamaged("the log", "database disk image is malformed")
    head, fault = walk_batches(cut_short(full, damaged), EMPTY_HEAD, 10)
    verdict = Verdict(head.position, head, head.position + 1, fault)
    assert explain_verdict(verdict) == "event 5 cannot be read (database disk image is malformed)"


def cut_short(log: EventLog, error: LogError) -> Iterator[list[StoredRow]]:
    """Four events, and an error in the place of the others."""
    yield from log._recorder.read_raw(4)
    raise error


# --- What a start can afford -----------------------------------------------------------------


def edit(path: Path, position: int) -> None:
    with open_unguarded(path) as tool:
        tool.execute("UPDATE stored_events SET state = x'7b7d' WHERE position = ?", (position,))


def test_the_tail_is_walked_from_where_the_last_whole_walk_ended(path: Path, full: EventLog) -> None:
    full.verify()
    full.append(visit("cat"))
    assert full.verify_tail().events == 3
    edit(path, 12)
    verdict = full.verify_tail()
    assert (verdict.first_bad, verdict.events) == (12, 1)


def test_a_tail_that_nobody_has_walked_is_walked_as_far_as_asked(path: Path, full: EventLog) -> None:
    assert (full.verify_tail().events, full.verify_tail(most=4).events) == (10, 4)
    edit(path, 6)
    assert full.verify_tail(most=4).whole
    assert full.verify_tail(most=5).first_bad == 6


def test_a_tail_that_begins_behind_a_missing_event_is_found(path: Path, full: EventLog) -> None:
    with open_unguarded(path) as tool:
        tool.execute("DELETE FROM stored_events WHERE position = 6")
    assert [full.verify_tail(most).first_bad for most in (3, 4, 5)] == [None, 6, 6]


def test_a_tail_whose_end_is_gone_is_found(path: Path, full: EventLog) -> None:
    full.verify()
    full.append(visit("cat"))
    with open_unguarded(path) as tool:
        tool.execute("DELETE FROM stored_events WHERE position > 11")
    assert full.verify_tail().first_bad == 12


def test_a_tail_on_a_damaged_beginning_is_found(path: Path, full: EventLog) -> None:
    """What was walked is compared with what was found then, not with what the file says now."""
    full.verify()
    with open_unguarded(path) as tool:
        tool.execute("UPDATE stored_events SET chain = zeroblob(32) WHERE position = 10")
    full.append(visit("cat"))
    assert full.verify_tail().first_bad == 11
