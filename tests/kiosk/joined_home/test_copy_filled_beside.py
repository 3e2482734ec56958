"""What a hub sends from the first event on is filled beside the copy in force, and takes its place once it is whole."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree
from signal import SIGKILL
from uuid import uuid4

import pytest

from domain.log.errors import LogError
from domain.log.sqlite_copy import EMPTY_CURSOR, CopyCursor
from kiosk.home import Home
from kiosk.hub.rows_for_kiosk import choose_since, read_rows_for
from kiosk.joined_home.sync_state import SyncState, save_sync_state
from kiosk.joined_home.unit_copy import COPY_FILE, NEW_FILE, NEXT_FILE, UnitCopy
from kiosk.sync.copy_age import find_home_trouble
from kiosk.wire_protocol.messages import Copied, Pull
from tests.support.full_disk import full_disk
from tests.support.joined_kiosk import ANN, BEN, apply_whole, build_copied, join, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.people import local_time

NINE, TEN, NOON = (f"2026-11-19 {hour}:00" for hour in ("09", "10", "12"))
TODAY = local_time(NINE).date()


class Line:
    """The line on which a kiosk fetches, a few events with each answer."""

    def __init__(self, copy: UnitCopy, unit: Home, page: int = 2) -> None:
        self.copy, self.unit, self.page = copy, unit, page

    def ask(self, cursor: CopyCursor) -> Copied:
        return read_rows_for(self.unit.log, uuid4(), Pull(*cursor, limit=self.page), TODAY)

    def step(self) -> bool:
        """Fetch once; whether there is more."""
        asked = self.copy.cursor
        copied = self.ask(asked)
        is_complete = copied.upto == self.unit.log.head().position
        self.copy.apply(asked, copied, is_complete=is_complete)
        return not is_complete

    def run(self) -> None:
        """Fetch all."""
        while self.step():
            pass


@pytest.fixture
def copy(side: Path) -> Iterator[UnitCopy]:
    """The copy as the program of the exchange has it open; of another log than the hub has by now."""
    with closing(UnitCopy.open(side)) as opened:
        yield opened


@pytest.fixture
def line_to_hub(copy: UnitCopy, unit: Home) -> Line:
    """A line to a hub that was restored."""
    unit.log.renew_identity()
    return Line(copy, unit)


def revoke_card_of_ben(unit: Home, folder: Path) -> None:
    revoked = line("revoke_card", "2026-11-10T09:00", card=BEN.raw.hex(), reason="lost")
    assert run_kiosk("apply", write_batch(folder / "revoked.jsonl", revoked), "--home", unit.path).status == 0


def read_at_door(side: Path, at: str) -> str:
    """Ben's card at the kiosk."""
    with Home.open(side) as home:
        answer = tap(home, BEN, at)
        return answer.reason or answer.outcome


# --- Until it is whole ---


def test_where_the_network_is_lost_on_the_way_the_copy_of_before_goes_on(side: Path, line_to_hub: Line) -> None:
    """Ben's card is among what was not sent yet."""
    assert line_to_hub.step()
    assert read_at_door(side, NINE) == "checked_in"


def test_at_the_last_answer_it_takes_the_place_under_an_open_entrance(
    side: Path, unit: Home, line_to_hub: Line, tmp_path: Path
) -> None:
    """What the kiosk records meanwhile is in the log of both, once."""
    revoke_card_of_ben(unit, tmp_path)
    with Home.open(side) as home:
        assert tap(home, BEN, NINE).outcome == "checked_in"
        name = home.log.log_id
        while line_to_hub.step():
            assert home.log.log_id == name
        assert home.log.log_id != name
        assert tap(home, BEN, TEN).reason == "revoked_card"
        assert home.log.head().position == unit.log.head().position + home.log.own.head().position
    assert not list(side.glob(f"{NEXT_FILE[:-3]}*"))
    assert line_to_hub.copy.cursor == (unit.log.log_id, *unit.log.head(), choose_since(TODAY))


def test_then_it_grows_with_each_answer(side: Path, unit: Home, line_to_hub: Line, tmp_path: Path) -> None:
    line_to_hub.run()
    revoke_card_of_ben(unit, tmp_path)
    line_to_hub.run()
    assert read_at_door(side, NINE) == "revoked_card"
    assert not (side / NEXT_FILE).exists()


def test_a_first_copy_is_none_until_it_is_whole_and_the_screen_says_so(unit: Home, tmp_path: Path) -> None:
    path = join(tmp_path / "new", unit)
    save_sync_state(path, SyncState(heard_at=local_time(NINE)))
    with Home.open(path) as home, closing(UnitCopy.open(path)) as copy:
        home.set_clock(local_time(NINE))
        fetching = Line(copy, unit)
        while fetching.step():
            trouble = find_home_trouble(home)
            assert trouble is not None
            assert (trouble.kind, tap(home, ANN, NINE).reason) == ("empty", "unknown_card")
        assert find_home_trouble(home) is None
        assert tap(home, ANN, NINE).outcome == "checked_in"


# --- What may happen meanwhile ---


def test_a_program_that_is_killed_meanwhile_leaves_the_copy_of_before_and_the_next_one_begins_again(
    side: Path, unit: Home, line_to_hub: Line, tmp_path: Path
) -> None:
    revoke_card_of_ben(unit, tmp_path)
    line_to_hub.copy.close()
    if (process := os.fork()) == 0:
        Line(UnitCopy.open(side), unit).step()
        os.kill(os.getpid(), SIGKILL)
    assert os.waitpid(process, 0)[1] == SIGKILL
    assert (side / NEXT_FILE).exists()
    assert read_at_door(side, NINE) == "checked_in"
    with closing(UnitCopy.open(side)) as copy:
        assert copy.cursor.unit != unit.log.log_id
        Line(copy, unit).run()
    assert read_at_door(side, TEN) == "revoked_card"
    assert not (side / NEXT_FILE).exists()


def test_a_program_that_ends_meanwhile_leaves_no_file(side: Path, line_to_hub: Line) -> None:
    line_to_hub.step()
    line_to_hub.copy.close()
    assert not list(side.glob(f"{NEXT_FILE[:-3]}*"))
    assert read_at_door(side, NINE) == "checked_in"


def test_where_the_hub_is_restored_once_more_it_begins_once_more(
    made_unit: Path, side: Path, unit: Home, line_to_hub: Line, tmp_path: Path
) -> None:
    """The card was revoked behind the last backup, and that is among what was sent."""
    revoke_card_of_ben(unit, tmp_path)
    while line_to_hub.copy.cursor.upto < unit.log.head().position - 1:
        line_to_hub.step()
    with Home.open(copytree(made_unit, tmp_path / "restored")) as restored:
        restored.log.renew_identity()
        line_to_hub.unit = restored
        line_to_hub.run()
        assert line_to_hub.copy.cursor.unit == restored.log.log_id
    assert read_at_door(side, NINE) == "checked_in"


def test_on_a_disk_without_room_for_both_the_copy_of_before_stays_and_the_other_gives_its_room_back(
    side: Path, line_to_hub: Line
) -> None:
    line_to_hub.step()
    with full_disk(), pytest.raises(LogError):
        line_to_hub.step()
    assert not (side / NEXT_FILE).exists()
    assert read_at_door(side, NINE) == "checked_in"
    line_to_hub.run()
    assert line_to_hub.copy.cursor.unit == line_to_hub.unit.log.log_id
    assert read_at_door(side, TEN) == "checked_out"


@pytest.mark.parametrize("room", [1, 36_000, 40_000])
def test_on_a_full_disk_what_is_begun_without_the_taps_of_others_gives_its_room_back(side: Path, room: int) -> None:
    """`room` in bytes of a file: it is full before the new copy is made, or while it is filled."""
    with closing(UnitCopy.open(side)) as copy, full_disk(room), pytest.raises(LogError):
        copy.forget_others()
    assert [file.name for file in side.glob(f"{NEW_FILE.removesuffix('.db')}*")] == []
    assert read_at_door(side, NINE) == "checked_in"


def test_what_was_asked_of_it_is_not_added_to_the_copy_in_force(side: Path, line_to_hub: Line) -> None:
    """Another program forgets the others meanwhile, and deletes it: it may hold their taps."""
    line_to_hub.step()
    asked = line_to_hub.copy.cursor
    answer = line_to_hub.ask(asked)
    with closing(UnitCopy.open(side)) as entrance:
        entrance.forget_others()
    assert not (side / NEXT_FILE).exists()
    line_to_hub.copy.apply(asked, answer, is_complete=True)
    assert line_to_hub.copy.cursor == EMPTY_CURSOR
    line_to_hub.run()
    assert line_to_hub.copy.cursor.unit == line_to_hub.unit.log.log_id
    assert read_at_door(side, NINE) == "checked_in"


def test_what_a_killed_program_left_of_a_first_copy_is_forgotten_too(unit: Home, tmp_path: Path) -> None:
    path = join(tmp_path / "new", unit)
    if (process := os.fork()) == 0:
        Line(UnitCopy.open(path), unit).step()
        os.kill(os.getpid(), SIGKILL)
    assert os.waitpid(process, 0)[1] == SIGKILL
    with closing(UnitCopy.open(path)) as copy:
        copy.forget_others()
        assert (copy.cursor, (path / NEXT_FILE).exists()) == (EMPTY_CURSOR, False)


def test_a_copy_that_is_damaged_meanwhile_is_replaced_by_the_whole_one(side: Path, line_to_hub: Line) -> None:
    line_to_hub.step()
    (side / COPY_FILE).write_bytes(b"no copy at all" * 1_000)
    assert read_at_door(side, NINE) == "unknown_card"
    line_to_hub.run()
    assert read_at_door(side, TEN) == "checked_in"


def test_what_begins_anew_and_is_whole_at_once_is_in_force_at_once(side: Path, line_to_hub: Line) -> None:
    apply_whole(line_to_hub.copy, build_copied(line_to_hub.unit.log, begins_anew=True))
    assert not (side / NEXT_FILE).exists()
    assert line_to_hub.copy.cursor.unit == line_to_hub.unit.log.log_id
