"""When each source was heard, whether all of it is held, and when each event of it was taken."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.postgresql.load_copy import load_copy
from domain.log.postgresql.store import open_unit
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.source_heard import HEARD_STEP, SourceHeard
from domain.log.sqlite import open_sqlite_log
from domain.source_errors import SourceRefused
from domain.spans import second
from domain.use_cases.past_in_log import read_past
from domain.use_cases.unit_rules import UnitRules
from projections.engine.as_of import views_as_of
from projections.playback.log_range import load_log_range
from projections.read_models.affected_rows import find_affected_rows
from tests.support.log_stores import STORES, LogStore, build_store_of_kind
from tests.support.postgresql_server import PostgreSQLServer
from tests.support.source_doors import NINE, Hub, SourceDoor, flip_byte, open_hub

TEN = NINE + timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(params=STORES)
def hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hub]:
    with open_hub(build_store_of_kind(request, tmp_path)) as hub:
        hub.clock.at = TEN
        yield hub


@pytest.fixture
def door(hub: Hub) -> SourceDoor:
    """A kiosk that has joined, with ten taps."""
    door = SourceDoor("north")
    hub.admit(door)
    door.tap(10)
    return door


def find_heard(hub: Hub, door: SourceDoor) -> SourceHeard | None:
    return hub.intake.list_heard().get(door.log_id)


def test_a_source_that_was_never_heard_is_not_listed(hub: Hub, door: SourceDoor) -> None:
    assert find_heard(hub, door) is None
    hub.intake.take(door.build_beat() if not door.rows else door.build_batch(0, 3))
    assert find_heard(hub, door) is not None


def test_the_end_of_a_batch_is_not_yet_all_that_a_source_has_recorded(hub: Hub, door: SourceDoor) -> None:
    """It may have 500 events more behind it; where it has nothing more, it says so with a batch without events."""
    hub.intake.take(door.build_batch())
    assert find_heard(hub, door) == SourceHeard(door.log_id, TEN, door.head, None)
    hub.clock.at = TEN + SECOND
    hub.intake.take(door.build_beat())
    assert find_heard(hub, door) == SourceHeard(door.log_id, TEN + SECOND, door.head, TEN + SECOND)


def test_a_greeting_says_how_much_is_still_to_come(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch(0, 4))
    hub.greet(door)
    assert find_heard(hub, door) == SourceHeard(door.log_id, TEN, door.head, None)
    hub.intake.take(door.build_batch(4))
    hub.clock.at = TEN + SECOND
    hub.greet(door)
    assert find_heard(hub, door) == SourceHeard(door.log_id, TEN + SECOND, door.head, TEN + SECOND)


def test_a_sign_of_life_from_before_the_end_that_was_shown_completes_nothing(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch(0, 4))
    hub.greet(door)
    hub.intake.take(door.build_batch(4, 4))
    heard = find_heard(hub, door)
    assert heard is not None
    assert (heard.head, heard.complete_at) == (door.head, None)


def test_what_is_taken_later_leaves_standing_when_all_was_held(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    hub.intake.take(door.build_beat())
    hub.clock.at = TEN + timedelta(hours=1)
    door.tap(1)
    hub.intake.take(door.build_batch(10))
    assert find_heard(hub, door) == SourceHeard(door.log_id, hub.clock.at, door.head, TEN)


@pytest.mark.parametrize(("later", "is_written"), [(HEARD_STEP, True), (HEARD_STEP - SECOND, False)])
def test_signs_of_life_that_say_nothing_new_are_written_once_a_minute(
    hub: Hub, door: SourceDoor, later: timedelta, *, is_written: bool
) -> None:
    hub.intake.take(door.build_batch())
    hub.intake.take(door.build_beat())
    hub.clock.at = TEN + later
    hub.intake.take(door.build_beat())
    heard = find_heard(hub, door)
    assert heard is not None
    assert heard.complete_at == heard.at == (TEN + later if is_written else TEN)


def test_what_is_refused_was_not_heard(hub: Hub, door: SourceDoor) -> None:
    with pytest.raises(SourceRefused):
        hub.intake.take(flip_byte(door.build_batch()))
    assert find_heard(hub, door) is None


def test_each_event_has_the_instant_at_which_it_was_taken(hub: Hub, door: SourceDoor) -> None:
    first = hub.log.head().position + 1
    hub.intake.take(door.build_batch(0, 4))
    hub.clock.at = TEN + SECOND
    hub.intake.take(door.build_batch(2))
    expected = [TEN] * 4 + [TEN + SECOND] * 6
    assert hub.log.sources.find_received(1, hub.log.head().position) == dict(enumerate(expected, first))
    assert hub.log.sources.find_received(first + 3, first + 4) == {first + 3: TEN, first + 4: TEN + SECOND}


def test_a_log_without_sources_has_taken_and_heard_nothing(tmp_path: Path) -> None:
    with open_hub(LogStore(tmp_path)) as hub:
        assert (hub.log.sources.find_received(0, 9), hub.log.sources.list_heard()) == ({}, [])
        hub.log.copy_to(tmp_path / "copy.db")


def test_a_source_that_joined_and_sent_nothing_yet_is_held_to_nothing_in_every_copy(
    hub: Hub, door: SourceDoor, tmp_path: Path
) -> None:
    hub.log.copy_to(tmp_path / "copy.db")
    with closing(open_sqlite_log(tmp_path / "copy.db", REGISTERED_NAMES)) as log:
        copy = Hub(log)
        for one in (hub, copy):
            assert one.intake.verify(door.log_id) == (0, EMPTY_HEAD, None, None)
            assert one.log.sources.find_head(door.log_id) == EMPTY_HEAD
            assert one.log.sources.find_chain(door.log_id, 1) is None
            assert one.log.sources.find_positions(door.log_id, 0, 9) == set()
        copy.intake.take(door.build_batch(0, 4))
        copy.greet(door)
        copy.intake.take(door.build_batch(4))
        copy.prove(door)


@pytest.mark.parametrize("first", ["a batch", "a sign of life"])
def test_what_a_source_first_sends_makes_the_tables_of_its_rows(tmp_path: Path, first: str) -> None:
    silent = SourceDoor("north")
    with open_hub(LogStore(tmp_path)) as hub:
        hub.admit(silent)
        silent.tap(2 if first == "a batch" else 0)
        hub.intake.take(silent.build_batch())
        assert find_heard(hub, silent) is not None
        hub.prove(silent)


def test_both_stand_in_every_copy(hub: Hub, door: SourceDoor, tmp_path: Path, postgresql: PostgreSQLServer) -> None:
    """Into a file, into a database, and back out of it."""
    silent = SourceDoor("south")
    hub.admit(silent)
    hub.intake.take(silent.build_batch())
    hub.intake.take(door.build_batch())
    hub.clock.at = TEN + SECOND
    hub.intake.take(door.build_beat())
    last, born = hub.log.head().position, hub.log.list_names()[0]
    expected = hub.log.sources.find_received(1, last), hub.log.sources.list_heard()
    assert expected[1] == [
        *sorted(
            [
                SourceHeard(door.log_id, TEN + SECOND, door.head, TEN + SECOND),
                SourceHeard(silent.log_id, TEN, Head(0, bytes(32)), TEN),
            ],
            key=lambda heard: str(heard.source),
        )
    ]
    hub.log.copy_to(tmp_path / "copy.db")
    load_copy(tmp_path / "copy.db", postgresql.address)
    with closing(open_unit(postgresql.address, born, REGISTERED_NAMES, tmp_path)) as log:
        assert (log.sources.find_received(1, last), log.sources.list_heard()) == expected
        log.copy_to(tmp_path / "again.db")
    for copy in ("copy.db", "again.db"):
        with closing(open_sqlite_log(tmp_path / copy, REGISTERED_NAMES)) as log:
            assert (log.sources.find_received(1, last), log.sources.list_heard()) == expected


# --- A kiosk whose clock is a day ahead ------------------------------------------------------


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub that has taken three taps of tomorrow."""
    with open_hub(LogStore(tmp_path_factory.mktemp("hub")), simulation=False) as hub:
        hub.clock.at = TEN
        door = SourceDoor("north")
        hub.admit(door)
        door.tap(3, minute=24 * 60)
        hub.intake.take(door.build_batch())
        yield hub


def test_what_was_recorded_last_goes_by_the_clock_that_took_it(ahead: Hub) -> None:
    assert ahead.log.find_last_recorded() == TEN


def test_the_past_of_this_machine_knows_nothing_of_the_clock_of_another(ahead: Hub) -> None:
    past = read_past(ahead.log)
    assert past.taps == []
    known = past.build_known_past("desk", "boot")
    assert known.find_end(second(TEN)) == second(TEN)


@pytest.mark.parametrize(("instant", "taps"), [(TEN, 3), (TEN - SECOND, 0)])
def test_its_taps_are_known_since_they_were_taken(ahead: Hub, instant: datetime, taps: int) -> None:
    with views_as_of(ahead.log, second(instant)) as views:
        assert len(list(views.rows("SELECT 1 FROM taps"))) == taps
    assert len(load_log_range(ahead.log, second(instant), second(TEN)).events) == 3 - taps
    affected = find_affected_rows(ahead.log, UnitRules(ahead.log).load(), second(instant), second(TEN))
    assert len(affected.events) == 3 - taps
