"""What the log said at a recorded instant is what the views said when it was that time (R-126)."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.spans import Second, second
from domain.use_cases.unit_rules import UnitRules
from projections.engine import fact_history
from projections.engine.as_of import OverlaidViews, views_as_of
from projections.engine.day_digests import TABLES as RESULTS
from projections.engine.views import Views
from projections.projectors.tables import FACTS
from projections.read_models.absences import list_absences
from projections.read_models.affected_rows import DayRange, RowSubject, find_affected_rows
from projections.read_models.duties import list_duties
from projections.read_models.exits import list_exits
from projections.read_models.explanation import explain
from projections.read_models.hours import list_hours
from projections.read_models.visits import list_visits
from tests.faults.result_table import LONG
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, local_second, local_time
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable
from tests.support.wrong_clock import WrongClock

OTHER_CATEGORY = "衛教"
"""One for which nobody is trained: what is credited to it counts for nothing."""
WRONG = WrongClock("boot-1", local_time("2026-11-19 08:00"), timedelta(hours=16))
"""A clock that shows yesterday."""

HAPPENINGS: tuple[Callable[[Office], object], ...] = (
    lambda office: office.tap(ANN),
    lambda office: office.tap(BEN),
    lambda office: office.tap("a stranger's card"),
    lambda office: office.request_leave("PM", BEN),
    lambda office: office.swap("AM", ANN, BEN),
    lambda office: office.swap("AM", ANN, BEN, retroactive=True),
    lambda office: office.swap("TWIN", ANN, BEN, retroactive=True),
    lambda office: office.request_leave("TWIN", ANN),
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


def plan_a_day(folder: Path) -> Office:
    """Two duties of Ann at one time, of two categories, and one of Ben."""
    office = Office(folder, ANN, BEN)
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_shift("TWIN", "2026-11-19 09:00", "12:00", ANN, category=OTHER_CATEGORY)
    office.schedule_shift("PM", "2026-11-19 14:00", "17:00", BEN)
    return office


def said(views: Views) -> object:
    """What is asked of views, in the order in which they give it."""
    asked = list_visits, list_duties, list_absences, list_exits, list_hours
    return [list(model(views)) for model in asked]


def explained(views: Views, instant: Second) -> object:
    """Every day of the roster, evaluated anew by what was known at an instant."""
    query = "SELECT DISTINCT volunteer, day FROM roster ORDER BY volunteer, day"
    found = [explain(views, key, date.fromordinal(day), instant) for key, day in views.rows(query)]
    return [(one.duties, one.visits, one.taps) for one in found]


@settings(max_examples=60 if LONG else 8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(1, 300)), max_size=10), st.randoms())
def test_as_of_every_recorded_instant_the_views_are_as_they_stood_then(
    story: list[tuple[Callable[[Office], object], int]], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder:
        office = plan_a_day(Path(folder))
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


def list_tables() -> list[str]:
    """The results, and all tables of facts."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(FACTS)
        return [*RESULTS, *fact_history.read_shapes(db)]


TABLES = list_tables()


def stored(views: Views) -> dict[str, list[object]]:
    """All rows; of a visit without its number among those that were evaluated together."""
    rows = {table: sorted(views.rows(f"SELECT * FROM {table}"), key=repr) for table in TABLES}
    return {**rows, "visits": [(*row[:3], *row[4:]) for row in rows["visits"]]}


SERVED_AND_HANDED_OVER = [
    (lambda office: office.tap(ANN), 55),
    (lambda office: office.tap(ANN), 190),
    (lambda office: office.swap("AM", ANN, BEN, retroactive=True), 30),
]
"""Ann comes for both duties, and the first of them is handed over afterwards."""


@settings(max_examples=100 if LONG else 8, deadline=None)
@example(SERVED_AND_HANDED_OVER, random.Random(0))  # noqa: S311 - the same instants each time
@given(st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(1, 300)), max_size=12), st.randoms())
def test_over_the_live_views_the_past_is_what_a_rebuild_makes_of_it(
    story: list[tuple[Callable[[Office], object], int]], chance: random.Random
) -> None:
    """Every table, at instants anywhere in a story, as of then and as of later."""
    with TemporaryDirectory() as folder, small_pages():
        office = plan_a_day(Path(folder))
        minute, instants = 8 * 60, [second(office.clock.at)]
        for happens, minutes in story:
            minute += minutes
            office.at(f"2026-11-{19 + minute // 1440} {minute // 60 % 24:02d}:{minute % 60:02d}")
            try_(happens, office)
            instants += [second(office.clock.at) - 1, second(office.clock.at)]
            if chance.random() < 0.3:
                office.current_views()
        live = office.current_views()
        for instant in chance.sample(instants, min(4, len(instants))):
            now = chance.choice([None, instants[-1], live.evaluated_at])
            with views_as_of(office.log, instant, now) as built:
                expected, words, days = stored(built), said(built), explained(built, instant)
                state = built.evaluated_at, built.position
            with views_as_of(office.log, instant, now, live=live) as past:
                assert stored(past) == expected
                assert said(past) == words
                assert explained(past, instant) == days
                assert (past.evaluated_at, past.position) == state
        office.close_down()


@contextmanager
def small_pages() -> Iterator[None]:
    """So small that a story fills some."""
    before, fact_history.PAGE_EVENTS = fact_history.PAGE_EVENTS, 3
    try:
        yield
    finally:
        fact_history.PAGE_EVENTS = before


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
    rules, span = UnitRules(office.log).load(), (local_second("2026-11-19 00:00"), local_second("2026-11-21 00:00"))
    between = find_affected_rows(office.log, rules, *span)
    assert [event.position for event in between.events] == [closed_at]
    of_the_act, served = rules.days.of(office.clock.at), date(2026, 11, 18)
    for who, day, shift, expected in (
        (ANN, of_the_act, None, []),
        (BEN, of_the_act, None, []),
        (ANN, served, "AM", [closed_at]),
        (BEN, served, "AM", []),
    ):
        assert between.find_positions(RowSubject(who, DayRange(day, day), shift)) == expected


# --- Where the live views are enough ---


def is_laid_over(office: Office, at: str) -> bool:
    """Whether the past is not built anew; whichever way, it is the same."""
    live, instant = office.current_views(), local_second(at)
    with views_as_of(office.log, instant) as built, views_as_of(office.log, instant, live=live) as past:
        assert stored(past) == stored(built)
        assert said(past) == said(built)
        return isinstance(past, OverlaidViews)


@pytest.fixture
def served(office: Office) -> Office:
    """Ann has served on the 19th, and it is the 20th."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    office.at("2026-11-20 09:00")
    return office


@pytest.mark.parametrize("at", ["1980-01-01 00:00", "2026-11-19 10:00", "2026-11-20 09:00", "2030-01-01 00:00"])
def test_at_an_instant_of_a_log_in_order_the_live_views_are_enough(served: Office, at: str) -> None:
    """Also before the first event, and behind the last."""
    assert is_laid_over(served, at)


def test_what_a_policy_changed_since_is_worth_what_it_was(served: Office) -> None:
    served.adopt_policy("2026-11-19", require_training=False, grace_minutes_in=30)
    served.suspend(ANN, "2026-11-18")
    assert is_laid_over(served, "2026-11-19 23:00")


def test_where_the_end_of_the_day_was_moved_since_all_is_built_anew(served: Office) -> None:
    """Facts are filed by it."""
    served.adopt_policy("2026-11-01", day_ends_at="05:00")
    assert not is_laid_over(served, "2026-11-19 23:00")
    assert is_laid_over(served, "2026-11-20 09:00")


def test_where_an_event_stands_before_an_earlier_one_all_is_built_anew(served: Office) -> None:
    """Between the two instants; before and after both there is one position again."""
    served.at("2026-11-20 12:00").suspend(BEN, "2026-12-01")
    served.at("2026-11-20 11:00").suspend(CAT, "2026-12-01")
    assert not is_laid_over(served, "2026-11-20 11:30")
    assert is_laid_over(served, "2026-11-20 10:59")
    assert is_laid_over(served, "2026-11-20 12:00")


def test_with_an_event_in_quarantine_all_is_built_anew(served: Office) -> None:
    insert_undecodable(served.log, ANN, UNKNOWN_TOPIC)
    assert not is_laid_over(served, "2026-11-19 23:00")


def test_over_views_of_the_past_the_past_before_them_is_laid_as_over_the_live_ones(served: Office) -> None:
    """What was built from the log alone, to prove it, leads to nothing that was not."""
    later, earlier = local_second("2026-11-20 08:00"), local_second("2026-11-19 10:00")
    with views_as_of(served.log, later) as built, views_as_of(served.log, earlier, live=built) as expected:
        assert not isinstance(expected, OverlaidViews)
        with (
            views_as_of(served.log, later, live=served.current_views()) as past,
            views_as_of(served.log, earlier, live=past) as before,
        ):
            assert isinstance(before, OverlaidViews)
            assert stored(before) == stored(expected)
            assert said(before) == said(expected)


def test_a_correction_of_a_day_long_before_hides_nothing_of_the_days_between(served: Office) -> None:
    """Only days near those of what came since are looked at: a late correction, and a duty far ahead, are near."""
    with small_pages():
        served.at("2026-11-20 10:00").void_visit(ANN, "2026-11-19 09:00")
        served.schedule_shift("FAR", "2027-03-01 09:00", "12:00", ANN)
        served.at("2026-11-20 11:00")
        assert is_laid_over(served, "2026-11-19 23:00")
        assert is_laid_over(served, "2026-11-20 10:00")


def test_the_live_views_go_on_meanwhile(served: Office) -> None:
    """The past holds one state of them, and no lock."""
    instant = local_second("2026-11-19 11:00")
    with views_as_of(served.log, instant, live=served.current_views()) as past:
        before = stored(past)
        served.at("2026-11-20 10:00").void_visit(ANN, "2026-11-19 09:00")
        assert served.list_hours() == []
        assert stored(past) == before
    assert is_laid_over(served, "2026-11-20 09:00")
