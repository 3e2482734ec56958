"""Events of other logs are taken once, in order and proved; what contradicts an earlier proof raises an alarm."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.clock import Reading
from domain.errors import DomainError
from domain.ids import card_stream
from domain.log.chain import Head
from domain.log.errors import CannotWrite
from domain.log.postgresql.load_copy import load_copy
from domain.log.postgresql.store import open_unit
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.source_messages import MOST_ROWS
from domain.log.source_rows import SourceRow
from domain.log.sqlite import open_sqlite_log
from domain.model.attendance import Attendance, CardReadAtKiosk, RefusedTaps
from domain.model.kiosk_clock import BootsPutRight, ClockStep, KioskClock
from domain.model.kiosk_register import Alarm
from domain.source_errors import (
    KeyNotValid,
    KioskNameTaken,
    LogJoined,
    NoOpenAlarm,
    NoSuchSource,
    NotSigned,
    SourceBehind,
    SourceRefused,
    SourceStopped,
    TooMuchAtOnce,
    UnknownSource,
)
from tests.support.log_stores import LogStore, build_unit_store
from tests.support.people import NOTE, STRANGER
from tests.support.postgresql_server import PostgreSQLServer
from tests.support.source_doors import ACT, NINE, Hub, SourceDoor, flip_byte, open_hub, pack

HERE = Path(__file__).parents[3]
NOVEMBER_19 = date(2026, 11, 19)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LogStore:
    """A place for a hub's log, of each kind; one for all tests, in which each has kiosks of its own."""
    folder = tmp_path_factory.mktemp("hub")
    if request.param == "sqlite":
        return LogStore(folder)
    server: PostgreSQLServer = request.getfixturevalue("postgresql")
    return build_unit_store(folder, server.address)


@pytest.fixture(scope="module")
def hub(store: LogStore) -> Iterator[Hub]:
    with open_hub(store) as hub:
        yield hub


NUMBERS = count(1)


@pytest.fixture
def door(hub: Hub) -> SourceDoor:
    """A kiosk that has joined, with ten taps."""
    return join_kiosk(hub)


def join_kiosk(hub: Hub, taps: int = 10) -> SourceDoor:
    door = SourceDoor(f"kiosk {next(NUMBERS)}")
    hub.admit(door)
    door.tap(taps)
    return door


def find_alarm(hub: Hub, door: SourceDoor) -> Alarm | None:
    return hub.intake.load_register().find(door.log_id).alarm


# --- Once, in order --------------------------------------------------------------------------


def test_events_stand_here_as_they_stand_in_their_source(hub: Hub, door: SourceDoor) -> None:
    before = hub.log.head().position
    assert hub.intake.take(door.build_batch()) == door.head
    assert [SourceRow(row.stream, row.version, row.topic, row.state) for row in door.rows] == hub.list_taken(door)
    assert hub.log.head().position == before + 10
    hub.prove(door)


def test_where_events_of_a_source_stand_is_known_and_each_is_as_it_was_stored(hub: Hub, door: SourceDoor) -> None:
    before = hub.log.head().position
    hub.intake.take(door.build_batch())
    assert hub.log.sources.find_positions(door.log_id, before, before + 10) == {*range(before + 1, before + 11)}
    assert hub.log.sources.find_positions(door.log_id, before + 2, before + 4) == {before + 3, before + 4}
    assert hub.log.sources.find_positions(STRANGER, 0, before + 10) == set()
    stored = hub.log.read_stream_rows(door.rows[0].stream)
    assert [row[3:] for row in stored] == [row[2:] for row in door.rows if row.stream == door.rows[0].stream]


def test_a_batch_that_is_known_is_acknowledged_again_and_not_stored(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    head = hub.log.head()
    assert hub.intake.take(door.build_batch()) == door.head
    assert hub.intake.take(door.build_batch(2, 5)) == door.head
    assert hub.log.head() == head


def test_of_a_batch_that_overlaps_the_rest_is_taken(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch(0, 6))
    assert hub.intake.take(door.build_batch(3)) == door.head
    hub.prove(door)


def test_a_batch_that_would_leave_a_gap_is_sent_back_for(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch(0, 6))
    with pytest.raises(SourceBehind) as refused:
        hub.intake.take(door.build_batch(7))
    assert refused.value.held == 6
    assert find_alarm(hub, door) is None
    assert hub.intake.take(door.build_batch(6)) == door.head


def test_a_batch_without_events_is_a_sign_of_life(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    assert hub.intake.take(door.build_batch(10)) == door.head
    assert hub.intake.take(door.build_batch(4, 4)) == door.head
    assert hub.greet(door) == door.head


def test_the_largest_batch_is_taken_and_one_event_more_is_not(hub: Hub) -> None:
    door = join_kiosk(hub, MOST_ROWS + 1)
    with pytest.raises(TooMuchAtOnce):
        hub.intake.take(door.build_batch())
    assert hub.intake.take(door.build_batch(0, MOST_ROWS)).position == MOST_ROWS
    assert hub.intake.take(door.build_batch(1)) == door.head


def test_a_batch_of_too_many_bytes_is_not_taken(hub: Hub, door: SourceDoor) -> None:
    row = door.rows[0]._replace(state=b" " * (4 * 1024 * 1024 + 1))
    with pytest.raises(TooMuchAtOnce):
        hub.intake.take(door.replace_row(door.build_batch(), 0, row))
    assert find_alarm(hub, door) is None


DOORS = st.lists(st.integers(0, 12), min_size=2, max_size=2)
SENDS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 12), st.integers(0, 12), st.booleans()), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taps=DOORS, sends=SENDS)
def test_whatever_is_sent_in_whatever_order_each_event_is_taken_once(
    hub: Hub, taps: list[int], sends: list[tuple[int, int, int, bool]]
) -> None:
    """Two kiosks send early, late, twice and overlapping; what is held follows from what fits, and nothing else."""
    doors = [join_kiosk(hub, number) for number in taps]
    held = [0, 0]
    for which, one, other, twice in sends:
        after, end = sorted((min(one, taps[which]), min(other, taps[which])))
        for _ in range(1 + twice):
            if after > held[which]:
                with pytest.raises(SourceBehind):
                    hub.intake.take(doors[which].build_batch(after, end))
            else:
                held[which] = max(held[which], end)
                assert hub.intake.take(doors[which].build_batch(after, end)).position == held[which]
    assert [hub.intake.find_held(door.log_id) for door in doors] == held
    for door in doors:
        assert hub.greet(door).position <= len(door.rows)
        hub.intake.take(door.build_batch(hub.intake.find_held(door.log_id)))
        assert find_alarm(hub, door) is None
    hub.prove(*doors)


# --- Whose key -------------------------------------------------------------------------------


def test_what_is_not_signed_by_the_source_is_refused_and_raises_no_alarm(hub: Hub, door: SourceDoor) -> None:
    """The true batch is taken afterwards."""
    stranger, batch = SourceDoor(door.kiosk, number=1), door.build_batch()
    end = stranger.key.sign_head(door.log_id, door.head)
    forged = [
        flip_byte(batch),
        replace(batch, end=end),
        replace(batch, end=batch.end._replace(signature=bytes(64))),
        replace(batch, end=batch.end._replace(head=Head(11, door.head.chain))),
        replace(batch, rows=batch.rows[:-1]),
        replace(batch, chain_after=bytes(range(32))),
        replace(batch, after=-1),
    ]
    for one in forged:
        with pytest.raises(NotSigned):
            hub.intake.take(one)
    assert find_alarm(hub, door) is None
    assert hub.intake.take(batch) == door.head


def test_a_greeting_that_is_not_signed_or_answers_another_question_is_refused(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    greeting = door.build_greeting(10)
    for one, told in (
        (replace(greeting, signature=bytes(64)), 10),
        (replace(greeting, nonce=b"another time"), 10),
        (replace(greeting, head=Head(9, door.chains[9])), 10),
        (door.build_greeting(9), 10),
        (greeting, 9),
    ):
        with pytest.raises(NotSigned):
            hub.intake.greet(one, told)
    assert find_alarm(hub, door) is None
    assert hub.intake.greet(greeting, 10) == door.head


def test_a_log_that_has_not_joined_is_unknown(hub: Hub) -> None:
    stranger = SourceDoor("stranger")
    stranger.tap()
    with pytest.raises(UnknownSource):
        hub.intake.take(stranger.build_batch())
    with pytest.raises(UnknownSource):
        hub.intake.greet(stranger.build_greeting(0), 0)
    with pytest.raises(UnknownSource):
        hub.intake.greet(replace(stranger.build_greeting(0), names=[]), 0)
    with pytest.raises(UnknownSource):
        hub.intake.find_held(stranger.log_id)


def test_after_its_key_was_revoked_nothing_is_taken_and_what_was_taken_stays(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch(0, 5))
    hub.intake.revoke(door.log_id, NOTE, ACT)
    hub.intake.revoke(door.log_id, None, ACT)
    for ask in (lambda: hub.intake.take(door.build_batch()), lambda: hub.intake.find_held(door.log_id)):
        with pytest.raises(KeyNotValid):
            ask()
    assert len(hub.list_taken(door)) == 5
    assert hub.intake.verify(door.log_id).whole


# --- Who joins -------------------------------------------------------------------------------


@pytest.mark.parametrize("failing", ["prepare", "append"])
def test_what_could_not_be_stored_of_the_register_is_not_stored_later(
    hub: Hub, door: SourceDoor, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """The disk refused while a kiosk joined: it has not joined, also once the register is written again."""
    refused = SourceDoor(f"kiosk {next(NUMBERS)}")

    def refuse(*_: object) -> NoReturn:
        raise CannotWrite("here", "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(hub.log.sources if failing == "prepare" else hub.log, failing, refuse)
        with pytest.raises(CannotWrite):
            hub.admit(refused)
    hub.intake.revoke(door.log_id, None, ACT)
    with pytest.raises(UnknownSource):
        hub.intake.find_held(refused.log_id)
    hub.admit(refused)
    assert hub.intake.find_held(refused.log_id) == 0


def test_a_name_is_given_once_also_after_its_kiosk_is_gone(hub: Hub, door: SourceDoor) -> None:
    hub.intake.revoke(door.log_id, None, ACT)
    again = SourceDoor(door.kiosk, number=1)
    with pytest.raises(KioskNameTaken):
        hub.admit(again)
    for taken in ("desk", "entrance"):
        with pytest.raises(KioskNameTaken):
            hub.intake.join(taken, again.log_id, again.key.public, ("entrance",), ACT)
    with pytest.raises(LogJoined):
        hub.intake.join("another name", door.log_id, door.key.public, (), ACT)


def test_only_an_alarm_that_is_open_is_settled(hub: Hub, door: SourceDoor) -> None:
    with pytest.raises(NoOpenAlarm):
        hub.intake.settle_alarm(door.log_id, NOTE, ACT)
    for act in (hub.intake.settle_alarm, hub.intake.revoke):
        with pytest.raises(NoSuchSource):
            act(SourceDoor("nobody").log_id, NOTE, ACT)


# --- Alarms ----------------------------------------------------------------------------------


def expect_alarm(hub: Hub, door: SourceDoor, batch_or_greeting: str, expected: Alarm) -> None:
    """It is raised once, and from then on nothing is taken."""
    for _ in range(2):
        with pytest.raises(SourceStopped) as stopped:
            hub.greet(door) if batch_or_greeting == "greeting" else hub.intake.take(door.build_batch())
        assert stopped.value.alarm == expected.kind
    head = hub.log.head()
    with pytest.raises(SourceStopped):
        hub.intake.take(door.build_batch())
    assert hub.log.head() == head


def test_files_of_yesterday_are_noticed_when_the_kiosk_greets(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    earlier = door.go_back(6)
    expect_alarm(hub, earlier, "greeting", Alarm("went_back", 10, 6))
    assert find_alarm(hub, door) == Alarm("went_back", 10, 6)
    with pytest.raises(SourceStopped):
        hub.greet(door)
    hub.intake.settle_alarm(door.log_id, NOTE, ACT)
    door.tap()
    assert hub.greet(door).position == 10
    assert hub.intake.take(door.build_batch(10)) == door.head
    hub.prove(door)


@pytest.mark.parametrize("noticed_by", ["greeting", "batch"])
def test_files_of_yesterday_that_were_written_on_are_noticed(hub: Hub, door: SourceDoor, noticed_by: str) -> None:
    hub.intake.take(door.build_batch())
    other = door.go_back(6)
    other.tap(7, minute=1)
    expect_alarm(hub, other, noticed_by, Alarm("forked", 10, 13))
    hub.prove(door)


def test_a_fork_is_noticed_also_in_a_batch_that_begins_where_the_held_log_ends(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    other = door.go_back(6)
    other.tap(7, minute=1)
    with pytest.raises(SourceStopped):
        hub.intake.take(other.build_batch(10))
    assert find_alarm(hub, door) == Alarm("forked", 10, 13)


def test_a_fork_that_is_settled_without_a_cure_is_noticed_again(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    other = door.go_back(9)
    other.tap(1, minute=1)
    with pytest.raises(SourceStopped):
        hub.greet(other)
    hub.intake.settle_alarm(door.log_id, NOTE, ACT)
    with pytest.raises(SourceStopped):
        hub.greet(other)
    assert find_alarm(hub, door) == Alarm("forked", 10, 10)


def test_when_both_lines_of_a_log_go_on_two_machines_have_its_files(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    other = door.go_back(10)
    door.tap(2)
    other.tap(2, minute=1)
    hub.intake.take(door.build_batch(10))
    with pytest.raises(SourceStopped):
        hub.greet(other)
    assert find_alarm(hub, door) == Alarm("forked", 12, 12)
    with pytest.raises(SourceStopped):
        hub.greet(door)
    assert find_alarm(hub, door) == Alarm("forked", 12, 12)
    door.tap()
    with pytest.raises(SourceStopped) as stopped:
        hub.greet(door)
    assert stopped.value.alarm == "clone"
    assert find_alarm(hub, door) == Alarm("clone", 12, 13)


def test_a_log_that_was_restored_from_a_backup_says_so_by_its_names(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    restored = door.go_back(6)
    restored.names.append(SourceDoor(door.kiosk, number=1).log_id)
    with pytest.raises(SourceStopped) as stopped:
        hub.intake.greet(restored.build_greeting(10), 10)
    assert stopped.value.alarm == "restored"
    assert find_alarm(hub, door) == Alarm("restored", 10, 6, str(restored.names[1]))


def test_a_log_that_joins_under_its_new_name_is_no_restored_one(hub: Hub) -> None:
    door = SourceDoor(f"kiosk {next(NUMBERS)}")
    door.names.insert(0, SourceDoor("before", number=1).log_id)
    hub.admit(door)
    door.tap()
    hub.intake.take(door.build_batch())
    assert hub.greet(door) == door.head


def test_a_kiosk_that_writes_while_it_greets_has_not_gone_back(hub: Hub, door: SourceDoor) -> None:
    """Its batch arrives between the question and the greeting, which says where the log ended before."""
    hub.intake.take(door.build_batch(0, 4))
    greeting = door.go_back(6).build_greeting(4)
    hub.intake.take(door.build_batch(4))
    assert hub.intake.greet(greeting, 4) == door.head
    assert find_alarm(hub, door) is None


# --- Whose stream ----------------------------------------------------------------------------


def card_read(kiosk: str) -> CardReadAtKiosk:
    return CardReadAtKiosk("card", "front", kiosk, None, 1, Reading(NINE, "ok", "boot", 0))


def write_attendance(kiosk: str, *, stream_of: str | None = None, day: date = NOVEMBER_19) -> SourceRow:
    attendance = Attendance.of(STRANGER, day, stream_of or kiosk)
    attendance.record("checked_in", STRANGER, card_read(kiosk), NINE)
    return pack(attendance)[0]


def list_own(kiosk: str) -> list[SourceRow]:
    """One event of each kind of stream that a kiosk writes, and what a later program may write."""
    refused, clock, boots = RefusedTaps.of(kiosk, NOVEMBER_19), KioskClock.of(kiosk, "boot"), None
    refused.refuse("unknown_card", None, card_read(kiosk), NINE)
    refused.record_sum("unknown_card", 3, NINE, card_read(kiosk), NINE)
    clock.record_step(kiosk, ClockStep(1, 2, 3), Reading(NINE, "ok", "boot", 0), NINE)
    boots = BootsPutRight.of(kiosk, kiosk, NOVEMBER_19)
    boots.record_boot(kiosk, "boot", NINE, NINE)
    tap = write_attendance(kiosk)
    newer = tap._replace(version=2, topic="attendance.tap-with-photo")
    return [tap, newer, *pack(refused, clock, boots), write_attendance(kiosk, day=date(2026, 11, 18))]


def test_every_kind_of_stream_that_a_kiosk_writes_is_taken(hub: Hub) -> None:
    """Also an event that this program does not know, and one of a kiosk that ends its days at another time."""
    door = join_kiosk(hub, 0)
    door.rows += list_own(door.kiosk)
    assert hub.intake.take(door.build_batch()) == door.head
    hub.prove(door)
    assert [entry.event.originator_version for entry in hub.log.read_stream_lenient(door.rows[0].stream)] == [1]


def list_foreign(kiosk: str) -> dict[str, SourceRow]:
    tap = write_attendance(kiosk)
    desk = KioskClock.of_desk(kiosk, "boot")
    desk.record_step(kiosk, ClockStep(1, 2, 3), Reading(NINE, "ok", "boot", 0), NINE)
    return {
        "another name in its settings": write_attendance("another"),
        "another kiosk's stream": write_attendance(kiosk, stream_of="another"),
        "another kiosk in its own stream": write_attendance("another", stream_of=kiosk),
        "a day that is not its own": write_attendance(kiosk, day=date(2026, 11, 16)),
        "what the desk states": pack(desk)[0],
        "a card": tap._replace(topic="card.issued", stream=card_stream("token")),
        "a tap in the stream of a card": tap._replace(stream=card_stream("token")),
        "a stream that nobody knows": tap._replace(topic="lunch.served"),
        "a name that is none": tap._replace(topic="attendance.checked-in\x00"),
        "a first event": tap._replace(topic="attendance.created"),
        "no version": tap._replace(version=0),
        "no kiosk": tap._replace(state=b"{}"),
        "no JSON": tap._replace(state=b"\xff"),
        "no zone": tap._replace(state=tap.state.replace(b'00Z","clock', b'00","clock')),
        "the end of time": tap._replace(state=tap.state.replace(b'"at":"2026', b'"at":"9999')),
        "its beginning": tap._replace(state=tap.state.replace(b'"at":"2026-11-19', b'"at":"0001-01-01')),
    }


@pytest.mark.parametrize("what", list_foreign("x"))
def test_an_event_of_another_stream_is_not_taken_and_its_batch_neither(hub: Hub, what: str) -> None:
    door = join_kiosk(hub, 3)
    row = list_foreign(door.kiosk)[what]
    with pytest.raises(SourceStopped) as stopped:
        hub.intake.take(door.replace_row(door.build_batch(), 1, row))
    assert stopped.value.alarm == "not_yours"
    assert find_alarm(hub, door) == Alarm("not_yours", 0, 2, row.topic)
    assert hub.list_taken(door) == []


def test_a_version_that_its_stream_has_already_is_not_taken(hub: Hub, door: SourceDoor) -> None:
    door.rows[7] = door.rows[4]
    with pytest.raises(SourceStopped):
        hub.intake.take(door.build_batch())
    assert find_alarm(hub, door) == Alarm("not_yours", 0, 5, door.rows[4].topic)
    assert hub.list_taken(door) == []
    assert hub.log.verify().whole


# --- What stands in the store ----------------------------------------------------------------


def test_a_copy_proves_its_sources_too(hub: Hub, door: SourceDoor, tmp_path: Path) -> None:
    hub.intake.take(door.build_batch(0, 4))
    hub.intake.take(door.build_batch(2))
    hub.log.copy_to(tmp_path / "copy.db")
    with closing(open_sqlite_log(tmp_path / "copy.db", REGISTERED_NAMES)) as log:
        copy = Hub(log)
        copy.prove(door)
        assert copy.log.head() == hub.log.head()
        later = join_kiosk(copy)
        copy.intake.take(later.build_batch())
        copy.prove(door, later)


def test_a_log_that_moves_into_a_database_takes_its_sources_along(tmp_path: Path, postgresql: PostgreSQLServer) -> None:
    """Also what was taken after a first move that was cut short behind its commit."""
    with open_hub(LogStore(tmp_path)) as hub:
        doors = [join_kiosk(hub), join_kiosk(hub)]
        for number in (4, 7, 10):
            for door in doors:
                hub.intake.take(door.build_batch(hub.intake.find_held(door.log_id), number))
            hub.log.copy_to(tmp_path / f"copy{number}.db")
            load_copy(tmp_path / f"copy{number}.db", postgresql.address)
        born, head = hub.log.log_id, hub.log.head()
    with closing(open_unit(postgresql.address, born, REGISTERED_NAMES, tmp_path)) as log:
        assert log.head() == head
        Hub(log).prove(*doors)


def test_a_refusal_is_no_refusal_of_a_rule() -> None:
    """So no list of refused commands takes it for one of the desk's."""
    assert not issubclass(SourceRefused, DomainError)


SEND_FOR_EVER = """
import sys
from tests.support.log_stores import find_store
from tests.support.source_doors import SourceDoor, open_hub
door = SourceDoor(sys.argv[4])
door.tap(400)
with open_hub(find_store(*sys.argv[1:4]), is_new=False) as hub:
    for after in range(0, 400, 4):
        print(hub.intake.take(door.build_batch(max(0, after - 2), after + 4)).position, flush=True)
"""


def test_what_was_acknowledged_to_a_source_is_there_after_the_hub_was_killed(hub: Hub, store: LogStore) -> None:
    door = join_kiosk(hub, 400)
    words = [sys.executable, "-c", SEND_FOR_EVER, *store.words, door.kiosk]
    with subprocess.Popen(words, cwd=HERE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        acknowledged = [int(program.stdout.readline()) for _ in range(9)][-1]
        program.send_signal(signal.SIGKILL)
    held = hub.intake.find_held(door.log_id)
    assert acknowledged == 36
    assert 36 <= held < 400
    assert hub.greet(door.go_back(held)).position == held
    assert hub.intake.take(door.build_batch(held - 1)) == door.head
    hub.prove(door)
