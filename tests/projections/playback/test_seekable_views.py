"""Views that go forward and back through a stretch are, at every instant, the views as of it (R-126)."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.spans import Second
from projections.engine.as_of import views_as_of
from projections.engine.views import Views
from projections.playback import seekable_views as stepping
from projections.playback.log_range import LogRange, load_log_range
from projections.playback.seekable_views import SeekableViews, seekable_views
from projections.projectors.unit_rules import read_unit
from projections.read_models.last_taps import find_last_tap_by_kiosk, list_last_taps
from projections.read_models.live_roster import build_live_roster
from tests.faults.result_table import LONG
from tests.projections.engine.test_as_of import HAPPENINGS, said, try_
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, local_second

DAY = date(2026, 11, 19).toordinal()
DAYS = range(DAY - 1, DAY + 3)
FIRST, LAST = local_second("2026-11-19 03:59:59"), local_second("2026-11-20 03:59:59")
HARDLY_ANY = 2
"""Events between two marks, so that a short story has several."""

Step = tuple[Callable[[Office], object], int, int]
"""What happens, how many minutes later, and by how many minutes late it is written down."""

steps = st.lists(
    st.tuples(st.sampled_from(HAPPENINGS), st.integers(-40, 180), st.sampled_from([0, 0, 0, 30, 400])), max_size=12
)
"""A clock that is set back now and then."""


def told(office: Office, views: Views, instant: Second) -> object:
    """Everything that a roster of the day could show."""
    unit = read_unit(office.log, instant)
    day = unit.days.ordinal(instant)
    roster = build_live_roster(views, office.log, unit.days, unit.policies, instant)
    seen = list(list_last_taps(views, office.log, day, instant, 30)), find_last_tap_by_kiosk(views, day, instant)
    return said(views), sorted(map(repr, roster.entries)), roster.uncovered, roster.people_in, seen


def told_as_of(office: Office, instant: Second) -> object:
    with views_as_of(office.log, instant) as views:
        return told(office, views, instant)


def live(office: Office, story: list[Step]) -> None:
    """The story, from eight in the morning on."""
    minute = 8 * 60
    for happens, minutes, held in story:
        minute = max(0, minute + minutes)
        written = minute + held
        office.at(_clock(minute), _clock(written))
        try_(happens, office)


def _clock(minute: int) -> str:
    return f"2026-11-{19 + minute // 1440} {minute // 60 % 24:02d}:{minute % 60:02d}"


def stretch(office: Office) -> LogRange:
    return load_log_range(office.log, FIRST, LAST)


@pytest.fixture(autouse=True)
def _marks_stand_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping, "MARK_EVERY", HARDLY_ANY)


@settings(max_examples=48 if LONG else 6, deadline=None)
@given(steps, st.lists(st.integers(FIRST, LAST), max_size=3), st.randoms(use_true_random=False))
def test_at_every_instant_they_are_the_views_as_of_it(
    story: list[Step], anywhere: list[Second], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder), ANN, BEN)
        office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
        office.schedule_shift("PM", "2026-11-19 14:00", "17:00", BEN)
        live(office, story)
        over = stretch(office)
        instants = [*anywhere, *chance.sample(over.events, min(4, len(over.events)))]
        instants = [instant if isinstance(instant, int) else instant.at for instant in instants]
        chance.shuffle(instants)
        with seekable_views(office.log, over, DAYS) as views:
            for instant in instants:
                views.seek(instant)
                assert told(office, views, instant) == told_as_of(office, instant)
        office.close_down()


def at_each(office: Office, views: SeekableViews, *times: str) -> None:
    """At each of these times, in this order, they are the views as of it."""
    for time in times:
        instant = local_second(f"2026-11-19 {time}")
        views.seek(instant)
        assert told(office, views, instant) == told_as_of(office, instant), time


def test_going_back_forgets_what_was_not_known_yet(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN, BEN)
    for minute in range(50, 60):
        office.tap(ANN, f"2026-11-19 08:{minute}")
        office.tap(BEN, f"2026-11-19 08:{minute}")
    newcomer = ANN.__class__(int=7, version=4)
    office.at("2026-11-19 10:00").onboard(newcomer)
    office.tap(newcomer, "2026-11-19 10:05")
    with seekable_views(office.log, stretch(office), DAYS) as views:
        at_each(office, views, "12:01", "08:52", "08:51", "10:05", "08:55", "10:10", "04:00", "23:00")


def test_a_policy_that_moves_the_end_of_the_day_files_every_tap_anew(office: Office) -> None:
    office.tap(CAT, "2026-11-19 04:30")
    office.at("2026-11-19 09:00").adopt_policy("2026-11-01", day_ends_at="05:00")
    office.tap(CAT, "2026-11-19 09:30")
    with seekable_views(office.log, stretch(office), DAYS) as views:
        at_each(office, views, "08:00", "09:10", "09:40", "08:00", "04:40", "09:40")


def test_a_clock_that_was_set_back_between_two_events_of_a_shift(office: Office) -> None:
    """The later event of the stream is known first; afterwards both are, in the order of the log."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 15:00", "17:00", ANN)
    office.at("2026-11-19 11:00").request_leave("AM", ANN)
    office.at("2026-11-19 10:00").withdraw_leave("AM", ANN)
    over = stretch(office)
    assert over.out_of_order == [(local_second("2026-11-19 10:00"), local_second("2026-11-19 11:00"))]
    with seekable_views(office.log, over, DAYS) as views:
        at_each(office, views, "09:59", "10:30", "11:00", "10:30", "09:00", "12:00")


@pytest.mark.parametrize("earlier", [1, 2, 3])
def test_no_mark_is_set_while_a_later_event_of_a_stream_is_known_and_not_an_earlier_one(
    office: Office, earlier: int
) -> None:
    """Going on from there would take the excuse in behind the swap, which was made after it."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 15:00", "17:00", ANN)
    for minute in range(earlier):
        office.tap(BEN, f"2026-11-19 08:1{minute}")
    office.at("2026-11-19 11:00").excuse_absence("AM", ANN)
    office.at("2026-11-19 10:00").swap("AM", ANN, BEN)
    office.tap(BEN, "2026-11-19 11:30")
    with seekable_views(office.log, stretch(office), DAYS) as views:
        at_each(office, views, "12:00", "10:00", "12:00", "11:00", "08:11", "11:30")


def test_what_was_written_before_and_after_the_stretch_does_not_belong_to_it(office: Office) -> None:
    office.tap(ANN, "2026-11-18 09:00")
    office.tap(ANN, "2026-11-19 03:59:59")
    office.tap(ANN, "2026-11-19 04:00:00")
    office.tap(ANN, "2026-11-20 03:59:59")
    office.tap(ANN, "2026-11-20 04:00:00")
    assert [event.at for event in stretch(office).events] == [FIRST + 1, LAST]


def test_a_failure_on_the_way_is_forgotten_at_the_next_step(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 10:00")
    with seekable_views(office.log, stretch(office), DAYS) as views:
        at_each(office, views, "09:30")
        with monkeypatch.context() as broken:
            broken.setattr(stepping, "recompute_views", _fails)
            with pytest.raises(OSError, match="no disk"):
                views.seek(LAST)
        at_each(office, views, "11:00")


def _fails(*_: object) -> None:
    raise OSError("no disk")
