"""The copy of a unit's log at a kiosk: disposable, replaced under open programs, the same in whatever order it came."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from random import Random
from shutil import copytree
from signal import SIGKILL

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.log.chain import GENESIS
from domain.log.errors import NotALog
from domain.log.sqlite_copy import EMPTY_CURSOR
from kiosk.home import Home
from kiosk.joined_home.sync_state import SyncState, save_sync_state
from kiosk.joined_home.unit_copy import COPY_FILE, NEW_FILE, UnitCopy
from kiosk.wire_protocol.messages import Copied, CopiedRow
from projections.read_models.visits import list_visits
from tests.support.joined_kiosk import ANN, BEN, apply_whole, build_copied, join, send, take, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.people import local_second

NINE, TEN = "2026-11-19 09:00", "2026-11-19 10:00"


@contextmanager
def open_copy(path: Path) -> Iterator[UnitCopy]:
    with closing(UnitCopy.open(path)) as copy:
        yield copy


def list_rows(copy: UnitCopy) -> list[tuple[str, int, str, bytes]]:
    return [tuple(row[1:]) for row in copy.read(lambda recorder: recorder.read_onward(0, 10_000))]


def test_what_is_sent_twice_is_there_once(side: Path, unit: Home) -> None:
    copied = build_copied(unit.log)
    with open_copy(side) as copy:
        before = list_rows(copy)
        apply_whole(copy, copied)
        apply_whole(copy, replace(copied, rows=(*copied.rows, *copied.rows)))
        assert list_rows(copy) == before == [tuple(row[1:]) for row in unit.log.read_rows()]
        assert copy.cursor == (unit.log.log_id, *unit.log.head(), None)


def test_a_copy_that_begins_anew_takes_the_place_of_the_old_one_under_an_open_entrance(side: Path, unit: Home) -> None:
    with Home.open(side) as home:
        assert tap(home, ANN, NINE).outcome == "checked_in"
        home.views.catch_up()
        name, position = home.log.log_id, home.log.head().position
        send(side, unit, begins_anew=True)
        assert home.log.log_id != name
        assert home.log.head().position == position  # the own event is copied again
        home.views.catch_up()
        assert tap(home, ANN, TEN).outcome == "checked_out"
        send(side, unit)
        assert not list(side.glob(f"{NEW_FILE}*"))


def test_what_was_asked_of_an_older_copy_is_not_added_to_a_newer_one(side: Path, unit: Home) -> None:
    with open_copy(side) as syncing, open_copy(side) as other:
        asked = syncing.cursor
        tap(unit, ANN, NINE)
        answer = build_copied(unit.log, asked.upto)
        (side / COPY_FILE).unlink()  # the other program makes it anew meanwhile
        assert other.cursor == EMPTY_CURSOR
        syncing.apply(asked, answer, is_complete=True)
        assert (syncing.cursor, list_rows(syncing)) == (EMPTY_CURSOR, [])
        apply_whole(syncing, build_copied(unit.log))
        assert len(list_rows(syncing)) == unit.log.head().position


@pytest.mark.parametrize("damage", ["zeros", "text", "empty", "cut", "no log", "no copy", "no name", "no day"])
def test_a_damaged_copy_is_made_anew(side: Path, unit: Home, damage: str) -> None:
    file = side / COPY_FILE
    with open_copy(side) as copy:
        apply_whole(copy, replace(build_copied(unit.log), since=date(2026, 11, 1)))
    whole = file.read_bytes()
    content = {
        "zeros": whole[:4096] + bytes(len(whole) - 4096),
        "text": b"no copy at all" * 1_000,
        "empty": b"",
        "cut": whole[:5000],
        "no log": (side / "people.db").read_bytes(),
        "no copy": (side / "log.db").read_bytes(),
        "no name": whole.replace(str(unit.log.log_id).encode(), b"x" * 36),
        "no day": whole.replace(b"2026-11-01", b"2026-13-01"),
    }[damage]
    file.write_bytes(content)
    with Home.open(side) as home:
        assert tap(home, ANN, NINE).reason == "unknown_card"
        send(side, unit)
        assert tap(home, ANN, TEN).outcome == "checked_in"
        assert home.log.own.verify().whole


def test_a_copy_in_which_a_byte_was_changed_is_made_anew_and_one_that_is_whole_is_kept(side: Path, unit: Home) -> None:
    file = side / COPY_FILE
    with open_copy(side) as copy:
        name = copy.use(lambda recorder: recorder.log_id)
        copy.ensure_intact()
        assert copy.use(lambda recorder: recorder.log_id) == name
    file.write_bytes(file.read_bytes().replace(b'"volunteer_id":"', b'"volunteer_iD":"'))
    with Home.open(side) as home, open_copy(side) as copy:
        assert tap(home, ANN, NINE).reason == "unreadable_record"
        copy.ensure_intact()
        assert copy.cursor == EMPTY_CURSOR
        send(side, unit)
        assert tap(home, ANN, TEN).outcome == "checked_in"


def test_a_folder_in_the_place_of_the_copy_is_left_to_a_person(side: Path) -> None:
    """What is in it is not ours to delete; nothing is made beside it."""
    for file in side.glob(f"{COPY_FILE}*"):
        file.unlink()
    (side / COPY_FILE).mkdir()
    with pytest.raises(NotALog):
        UnitCopy.open(side)
    assert not (side / NEW_FILE).exists()


def test_damage_under_an_open_entrance_is_found_when_it_is_read(side: Path, unit: Home) -> None:
    with Home.open(side) as home:
        assert tap(home, BEN, NINE).outcome == "checked_in"
        with (side / COPY_FILE).open("r+b") as file:
            file.seek(4096)
            file.write(os.urandom(os.path.getsize(side / COPY_FILE) - 4096))
        (side / f"{COPY_FILE}-wal").write_bytes(b"")
        assert tap(home, ANN, TEN).outcome in ("refused", "checked_in")
        send(side, unit, begins_anew=True)
        assert tap(home, BEN, TEN).outcome == "checked_out"


def test_a_program_that_is_killed_between_its_own_append_and_the_copy_loses_nothing(side: Path, unit: Home) -> None:
    if (process := os.fork()) == 0:
        tap(Home.open(side), ANN, NINE)
        os.kill(os.getpid(), SIGKILL)
    assert os.waitpid(process, 0)[1] == SIGKILL
    with Home.open(side) as home:
        assert home.log.own.head().position == 1
        home.views.catch_up()
        assert tap(home, ANN, TEN).outcome == "checked_out"
        assert home.log.head().position == unit.log.head().position + 2


def test_the_own_events_of_another_log_are_copied_from_its_beginning(side: Path, unit: Home, tmp_path: Path) -> None:
    with Home.open(side) as home, Home.open(join(tmp_path / "third", unit, "third")) as third:
        tap(home, ANN, NINE)
        assert home.log.head().position == unit.log.head().position + 1
        with open_copy(third.path) as copy:
            apply_whole(copy, build_copied(unit.log))
            tap(third, ANN, TEN)
            copy.add_own(home.log.own)
            copy.add_own(third.log.own)
            assert len(list_rows(copy)) == unit.log.head().position + 2


def test_forgetting_the_others_keeps_cards_and_own_taps(side: Path, unit: Home) -> None:
    tap(unit, BEN, NINE)
    send(side, unit)
    with Home.open(side) as home:
        assert tap(home, ANN, NINE).outcome == "checked_in"
        with open_copy(side) as copy:
            copy.forget_others()
            assert (copy.cursor, b"front" in (side / COPY_FILE).read_bytes()) == (EMPTY_CURSOR, False)
        assert tap(home, ANN, TEN).outcome == "checked_out"
        send(side, unit)
        assert tap(home, BEN, "2026-11-19 11:00").outcome == "checked_out"


def test_what_a_restored_hub_lost_is_not_kept_by_a_copy_that_forgot_the_others(
    made_unit: Path, side: Path, unit: Home, tmp_path: Path
) -> None:
    """The card was revoked behind the backup: its holder comes in at the hub, and so at each kiosk."""
    revoked = line("revoke_card", "2026-11-10T09:00", card=BEN.raw.hex(), reason="lost")
    assert run_kiosk("apply", write_batch(tmp_path / "lost.jsonl", revoked), "--home", unit.path).status == 0
    send(side, unit)
    with Home.open(side) as kiosk, open_copy(side) as copy:
        assert tap(kiosk, BEN, NINE).reason == "revoked_card"
        copy.forget_others()
        assert tap(kiosk, BEN, NINE).reason == "revoked_card"
        with Home.open(copytree(made_unit, tmp_path / "restored")) as restored:
            apply_whole(copy, build_copied(restored.log))
        assert tap(kiosk, BEN, TEN).outcome == "checked_in"


def test_no_tap_is_lost_or_refused_while_another_process_replaces_the_copy(side: Path, unit: Home) -> None:
    anew = build_copied(unit.log, begins_anew=True)
    if (process := os.fork()) == 0:
        copy = UnitCopy.open(side)
        for _ in range(10):
            apply_whole(copy, anew)
        os._exit(0)
    with Home.open(side) as home:
        answers = [tap(home, card, f"2026-11-19 09:{minute:02}") for minute in range(0, 30, 2) for card in (ANN, BEN)]
        assert os.waitpid(process, 0)[1] == 0
        assert {answer.outcome for answer in answers} == {"checked_in", "checked_out"}
        assert (home.log.own.head().position, home.log.own.verify().whole) == (30, True)
        assert home.log.head().position == unit.log.head().position + 30


# --- In whatever order ---


def test_visits_are_the_same_in_whatever_order_the_events_arrive(side: Path, unit: Home, tmp_path: Path) -> None:
    third, later = join(tmp_path / "third", unit, "third"), join(tmp_path / "later", unit, "later")
    with Home.open(side) as first, Home.open(third) as second, Home.open(later) as empty:
        send(third, unit)
        tap(first, ANN, NINE)
        tap(second, ANN, "2026-11-19 09:30")
        tap(second, BEN, TEN)
        tap(unit, BEN, NINE)
        tap(first, ANN, "2026-11-19 10:30")
        assert first.log.head().position == unit.log.head().position + 1  # its own events before those of the others
        for taken in (second, first):
            take(unit, taken)
            send(side, unit)
        for home in (second, empty):
            send(home.path, unit)
        homes = [unit, first, second, empty]
        for home in homes:
            save_sync_state(home.path, SyncState(kiosks=("entrance", "side", "third")))
            home.views.catch_up(local_second("2026-11-20 09:00"))
        orders = {tuple(row[1:] for row in home.log.read_rows()) for home in homes}
        visits = [[*list_visits(home.views)] for home in homes]
        assert len(orders) > 1
        assert visits[1:] == visits[:1] * 3
        assert [len(found) for found in visits] == [3] * 4


ROWS = st.lists(
    st.builds(
        CopiedRow,
        position=st.integers(1, 50),
        stream=st.uuids(),
        version=st.integers(1, 9),
        topic=st.sampled_from(["card.issued", "attendance.checked-in", "later.thing"]),
        state=st.binary(max_size=40),
    ),
    max_size=12,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, random=st.randoms(use_true_random=False))
def test_any_rows_in_any_pieces_are_there_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[CopiedRow], random: Random
) -> None:
    path = tmp_path_factory.mktemp("copy")
    shuffled = rows * 2
    random.shuffle(shuffled)
    unit = rows[0].stream if rows else None
    with open_copy(path) as copy:
        while shuffled and unit:
            size = random.randint(1, 5)
            apply_whole(copy, Copied(unit, 50, GENESIS, tuple(shuffled[:size])))
            shuffled = shuffled[size:]
        found = list_rows(copy)
        assert {row[:2] for row in found} == {(row.stream.hex, row.version) for row in rows}
        assert len(found) == len({(row.stream, row.version) for row in rows})
        assert copy.read(lambda recorder: recorder.head().position) == len(found)
