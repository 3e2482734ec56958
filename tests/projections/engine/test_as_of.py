"""What the log said at a recorded instant is what the views said when it was that time (R-126)."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.spans import second
from domain.use_cases.unit_rules import UnitRules
from projections.engine.as_of import views_as_of
from projections.engine.views import Views
from projections.read_models.absences import list_absences
from projections.read_models.affected_rows import find_affected_rows
from projections.read_models.duties import list_duties
from projections.read_models.exits import list_exits
from projections.read_models.hours import list_hours
from projections.read_models.visits import list_visits
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second, local_time
from tests.support.wrong_clock import WrongClock

WRONG = WrongClock("boot-1", local_time("2026-11-19 08:00"), timedelta(hours=16))
"""A clock that shows yesterday."""

HAPPENINGS: tuple[Callable[[Office], object], ...] = (
    lambda office: office.tap(ANN),
    lambda office: office.tap(BEN),
    lambda office: office.tap("a stranger's card"),
    lambda office: office.request_leave("PM", BEN),
    lambda office: office.swap("AM", ANN, BEN),
    lambda office: office.excuse_absence("AM", ANN),
    lambda office: office.adopt_policy("2026-11-01", grace_minutes_in=30),
    lambda office: office.adopt_policy("2026-11-01", day_ends_at="05:00"),
    lambda office: office.suspend(BEN, "2026-11-19"),
    lambda office: office.cancel_shift("PM"),
    lambda office: office.schedule_event("Fair", "2026-11-19 08:00", "20:00"),
    lambda office: office.change_shift("PM", "2026-11-20 14:00", "2026-11-20 17:00"),
    lambda office: WRONG.tap(office, ANN),
    lambda office: WRONG.tap(office, BEN),
    WRONG.measure_offset,
    lambda office: WRONG.state_offset(office, 3_600),
)


def said(views: Views) -> object:
    asked = list_visits, list_duties, list_absences, list_exits
    return [list(model(views)) for model in asked], sorted(list_hours(views))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(1, 300)), max_size=10), st.randoms())
def test_as_of_every_recorded_instant_the_views_are_as_they_stood_then(
    story: list[tuple[Callable[[Office], object], int]], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder), ANN, BEN)
        office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
        office.schedule_shift("PM", "2026-11-19 14:00", "17:00", BEN)
        minute, stood = 8 * 60, []
        for happens, minutes in story:
            minute += minutes
            office.at(f"2026-11-{19 + minute // 1440} {minute // 60 % 24:02d}:{minute % 60:02d}")
            try_(happens, office)
            stood.append((second(office.clock.at), said(office.current_views())))
        for instant, then in chance.sample(stood, min(3, len(stood))):
            with views_as_of(office.log, instant) as past:
                assert said(past) == then
        office.close_down()


def try_(happens: Callable[[Office], object], office: Office) -> None:
    """Some of it will be refused, which is part of a random story."""
    with suppress(DomainError):
        happens(office)


def test_before_the_annotation_the_misused_card_still_earned_its_minutes(office: Office) -> None:
    """R-007, V-20: 180 as of the evening, 0 now."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-18 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-18 09:00")
    office.tap(ANN, "2026-11-18 12:00")
    office.at("2026-11-20 10:00").annotate_misuse(ANN, "2026-11-18 09:00")
    assert office.list_hours() == []
    with views_as_of(office.log, local_second("2026-11-18 23:59")) as past:
        assert [row.minutes for row in list_hours(past)] == [180]


def test_a_tap_held_by_an_offline_kiosk_is_unknown_until_it_arrives(office: Office) -> None:
    """Two clocks: rules read when it happened, as-of reads when it was written."""
    office.tap(ANN, "2026-11-18 09:00", recorded="2026-11-18 18:00")
    with views_as_of(office.log, local_second("2026-11-18 17:59:59")) as past:
        assert list(list_visits(past)) == []
    with views_as_of(office.log, local_second("2026-11-18 18:00:00")) as past:
        assert len(list(list_visits(past))) == 1


def test_a_change_is_traced_to_the_events_that_can_have_made_it(office: Office) -> None:
    """R-126: of all that was recorded in between, only what concerns the row."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-18 09:00", "12:00", ANN, BEN)
    office.tap(ANN, "2026-11-18 09:00")
    closed_at = office.log.head().position + 2
    office.tap(BEN, "2026-11-18 09:05")
    office.at("2026-11-20 10:00").close_visit(ANN, "2026-11-18 09:00", "2026-11-18 12:00")
    days = UnitRules(office.log).load().days
    between = list(
        find_affected_rows(office.log, days, local_second("2026-11-19 00:00"), local_second("2026-11-21 00:00"))
    )
    assert [concern.position for concern in between] == [closed_at]
    assert [
        concern.includes(who, days.of(office.clock.at), None, None) for concern in between for who in (ANN, BEN)
    ] == [
        False,
        False,
    ]
    assert between[0].includes(ANN, between[0].day, "AM", None)
    assert not between[0].includes(BEN, between[0].day, "AM", None)
