"""Events of other logs are taken once, and in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.log.source_messages import MOST_ROWS
from domain.log.source_rows import SourceRow
from domain.source_errors import (
    SourceBehind,
    TooMuchAtOnce,
)
from tests.domain.use_cases.source_intake.conftest import find_alarm, join_kiosk
from tests.support.people import STRANGER
from tests.support.source_doors import Hub, SourceDoor


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
