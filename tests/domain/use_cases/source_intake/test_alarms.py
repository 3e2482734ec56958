"""What contradicts an earlier proof raises an alarm."""

import pytest

from domain.model.kiosk_register import Alarm
from domain.source_errors import (
    SourceStopped,
)
from tests.domain.use_cases.source_intake.conftest import build_door, find_alarm
from tests.support.people import NOTE
from tests.support.source_doors import ACT, Hub, SourceDoor


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
    door = build_door()
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
