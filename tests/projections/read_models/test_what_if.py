"""What a correction would change is what it changes: minutes, outcomes, and what the next night finds."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from domain.errors import DomainError
from projections.engine.hypothetical_views import hold_views
from projections.read_models.effects import DutyChange, Grounds, VolunteerEffect, list_effects
from projections.read_models.explanation import explain
from projections.read_models.settlements import (
    Adding,
    AnnotatingMisuse,
    Arriving,
    Closing,
    Correction,
    Excusing,
    Retracting,
    RetractingExcuse,
    Scheduling,
    Voiding,
)
from projections.read_models.what_if import WithoutCard, suggest_without_card, views_after
from tests.support.office import Office
from tests.support.people import ANN, local_second

DAY = date(2026, 11, 19)


def effect(office: Office, correction: Correction, day: date = DAY) -> VolunteerEffect:
    with hold_views(office.log, office.current_views()) as held:
        key = held.find_key(ANN)
        assert key is not None
        with views_after(office.log, held, key, day, correction) as (after, days):
            return next(iter(list_effects(held, after, days)), VolunteerEffect(ANN))


def minutes(office: Office) -> int:
    return sum(visit.credited_minutes for visit in office.list_visits())


def outcomes(office: Office) -> dict[str, str]:
    return {duty.shift: duty.outcome for duty in office.list_duties()}


@pytest.fixture
def forgetful(office: Office) -> Office:
    """Ann came for her duty and did not tap when she left; it is the next day."""
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.tap(ANN, "2026-11-19 08:50")
    return office.at("2026-11-20 09:00")


def suggestion(office: Office, at: str) -> WithoutCard:
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    return suggest_without_card(explain(views, key, DAY), local_second(f"2026-11-19 {at}"))


def test_a_volunteer_without_the_card_arrives_and_one_who_is_in_leaves(office: Office) -> None:
    """R-036 and decision 9: recorded again from a minute after they came or left."""
    at = {text: local_second(f"2026-11-19 {text}") for text in ("09:00", "09:01", "12:00", "12:01", "13:00", "14:00")}
    office.at("2026-11-19 09:00")
    assert suggestion(office, "09:00") == (Arriving(at["09:00"]), None, at["09:00"])
    office.add_arrival(ANN, "2026-11-19 09:00")
    assert suggestion(office, "12:00") == (Closing(at["09:00"], at["12:00"]), at["09:00"], at["09:01"])
    office.tap(ANN, "2026-11-19 12:00")
    assert suggestion(office, "13:00") == (Arriving(at["13:00"]), at["12:00"], at["12:01"])
    office.at("2026-11-19 13:00").add_arrival(ANN, "2026-11-19 13:00")
    office.at("2026-11-19 13:10").void_visit(ANN, "2026-11-19 13:00")
    assert suggestion(office, "14:00") == (Arriving(at["14:00"]), at["12:00"], at["12:01"])


@pytest.mark.parametrize(("arrives", "is_in"), [("03:59", False), ("04:00", True)])
def test_a_visit_from_before_the_turn_of_the_day_is_over_without_the_card_too(
    office: Office, arrives: str, is_in: bool
) -> None:
    """R-036: it counts for a duty of the day, and yet the door would answer its card with an arrival (decision 8)."""
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 04:15", "08:00", ANN)
    office.tap(ANN, f"2026-11-19 {arrives}")
    came, at = local_second(f"2026-11-19 {arrives}"), local_second("2026-11-19 13:05")
    office.at("2026-11-19 13:05")
    expected = Closing(came, at) if is_in else Arriving(at)
    assert suggestion(office, "13:05") == (expected, came, came + 60)
    office.tap(ANN, "2026-11-19 13:05")
    times = [(visit.check_in, visit.check_out) for visit in office.list_visits()]
    assert times == ([(came, at)] if is_in else [(came, None), (at, None)]), "as the tap at the door"


def test_an_arrival_would_attend_the_duty(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    expected = effect(office.at("2026-11-19 08:55"), Arriving(local_second("2026-11-19 08:55")))
    office.add_arrival(ANN, "2026-11-19 08:55")
    assert [(duty.before, duty.after) for duty in expected.duties] == [("upcoming", outcomes(office)["S1"])]
    assert (expected.minutes_before, expected.minutes_after) == (0, minutes(office))


def test_closing_a_visit_would_credit_what_it_credits(forgetful: Office) -> None:
    closing = Closing(local_second("2026-11-19 08:50"), local_second("2026-11-19 11:30"))
    told = effect(forgetful, closing)
    duty = DutyChange("S1", DAY.toordinal(), "no_check_out", "attended", early=(0, 30))
    assert told == VolunteerEffect(ANN, 0, 150, (duty,))
    forgetful.close_visit(ANN, "2026-11-19 08:50", "2026-11-19 11:30")
    assert (minutes(forgetful), outcomes(forgetful)) == (150, {"S1": "attended"})


def test_nothing_is_written_by_asking(forgetful: Office) -> None:
    before = forgetful.log.head()
    effect(forgetful, Voiding(local_second("2026-11-19 08:50")))
    assert (forgetful.log.head(), outcomes(forgetful)) == (before, {"S1": "no_check_out"})


def test_a_void_visit_would_leave_the_duty_absent(forgetful: Office) -> None:
    told = effect(forgetful, Voiding(local_second("2026-11-19 08:50")))
    assert told.duties == (DutyChange("S1", DAY.toordinal(), "no_check_out", "absent"),)
    forgetful.void_visit(ANN, "2026-11-19 08:50")
    assert outcomes(forgetful) == {"S1": "absent"}


def test_a_visit_that_would_end_after_its_service_day_meets_the_next_days_duties(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_shift("S2", "2026-11-20 05:00", "06:00", ANN)
    office.tap(ANN, "2026-11-19 23:00")
    office.at("2026-11-20 09:00")
    told = effect(office, Closing(local_second("2026-11-19 23:00"), local_second("2026-11-20 06:00")))
    office.close_visit(ANN, "2026-11-19 23:00", "2026-11-20 06:00")
    assert (told.minutes_after, [duty.after for duty in told.duties]) == (minutes(office), [outcomes(office)["S2"]])


# --- Cases (R-050, R-051) ---


def absent_on(office: Office, *days: int) -> Office:
    for day in days:
        office.at("2026-11-01 08:00").schedule_shift(f"D{day}", f"2026-11-{day} 09:00", "12:00", ANN)
    return office.at("2026-11-20 09:00")


def test_excusing_the_third_absence_takes_the_grounds_of_the_case(office: Office) -> None:
    """R-050 stands from three unexcused absences on."""
    told = effect(absent_on(office, 17, 18, 19), Excusing("D19"))
    assert told.duties == (DutyChange("D19", DAY.toordinal(), "absent", "leave"),)
    assert (told.raised, told.withdrawn) == ((), (Grounds("R-050", 3),))


def test_excusing_the_second_one_changes_no_case(office: Office) -> None:
    told = effect(absent_on(office, 18, 19), Excusing("D19"))
    assert (told.raised, told.withdrawn) == ((), ())


def test_voiding_the_visit_of_a_third_duty_would_raise_a_case(office: Office) -> None:
    absent_on(office, 17, 18, 19)
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    told = effect(office.at("2026-11-20 09:00"), Voiding(local_second("2026-11-19 09:00")))
    assert (told.raised, told.withdrawn) == ((Grounds("R-050", 3),), ())


def test_an_absence_that_is_excused_can_be_one_leave_too_many(office: Office) -> None:
    """R-051, with a policy of one leave a year."""
    office.adopt_policy("2026-01-01", leave_threshold=1)
    told = effect(absent_on(office, 19), Excusing("D19"))
    assert (told.raised, told.withdrawn) == ((Grounds("R-051", 1),), ())


# --- Whatever the day was ---

FROM_LEGS = st.integers(4 * 60, 27 * 60)
"""Minutes of the 19th, from the beginning of its service day to nearly the end of it."""


class Settlement(NamedTuple):
    """One that is previewed from `start` to `end` and then made; `begin` is what must be there before."""

    preview: Callable[[Office, str, str], Correction]
    make: Callable[[Office, str, str], None]
    begin: Callable[[Office, str, str], None] = lambda *_: None


def retract_last(
    begin: Callable[[Office, str, str], None], take_back: Callable[[int], Correction] = Retracting
) -> Settlement:
    """What was done last is taken back; `take_back` is given its position."""
    return Settlement(
        lambda office, *_: take_back(office.log.head().position),
        lambda office, *_: office.retract(office.log.head().position),
        begin,
    )


def close(office: Office, start: str, end: str) -> None:
    del start
    office.close_visit(ANN, ARRIVAL, end)


def add(office: Office, start: str, end: str) -> None:
    office.add_visit(ANN, start, end)


def schedule(office: Office, start: str, end: str) -> None:
    office.schedule_shift("NEW", start, end, ANN)


ARRIVAL = f"{DAY} 12:00"
SETTLEMENTS: dict[str, Settlement] = {
    "close": Settlement(lambda _, __, end: Closing(local_second(ARRIVAL), local_second(end)), close),
    "add": Settlement(lambda _, start, end: Adding(local_second(start), local_second(end)), add),
    "void": Settlement(lambda *_: Voiding(local_second(ARRIVAL)), lambda office, *_: office.void_visit(ANN, ARRIVAL)),
    "misuse": Settlement(
        lambda *_: AnnotatingMisuse(local_second(ARRIVAL)), lambda office, *_: office.annotate_misuse(ANN, ARRIVAL)
    ),
    "excuse": Settlement(lambda *_: Excusing("S1"), lambda office, *_: office.excuse_absence("S1", ANN)),
    "schedule": Settlement(
        lambda _, start, end: Scheduling("NEW", local_second(start), local_second(end), None), schedule
    ),
    "retract a closing": retract_last(close),
    "retract an addition": retract_last(add),
    "retract an annulment": retract_last(lambda office, *_: office.void_visit(ANN, ARRIVAL)),
    "retract a misuse": retract_last(lambda office, *_: office.annotate_misuse(ANN, ARRIVAL)),
    "retract an excuse": retract_last(
        lambda office, *_: office.excuse_absence("S1", ANN), lambda _: RetractingExcuse("S1")
    ),
}


@pytest.mark.parametrize("name", SETTLEMENTS)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(duty=st.integers(8 * 60, 15 * 60), starts=FROM_LEGS, lasts=st.integers(1, 1200), leaves=st.booleans())
def test_what_is_shown_before_is_what_is_so_afterwards(
    tmp_path_factory: pytest.TempPathFactory, name: str, duty: int, starts: int, lasts: int, leaves: bool
) -> None:
    """Over the turn of the day too, where a duty of the next day begins early."""
    settlement, start, end = SETTLEMENTS[name], _at(starts), _at(starts + lasts)
    office = Office(tmp_path_factory.mktemp("office"), ANN)
    office.at("2026-11-01 08:00").schedule_shift("S1", _at(duty), _at(duty + 120), ANN)
    office.schedule_shift("S2", _at(28 * 60 + 30), _at(29 * 60), ANN)
    for at in (ARRIVAL, _at(12 * 60 + 90))[: 1 + leaves]:
        office.tap(ANN, at)
    office.at("2026-11-21 09:00")
    try:
        settlement.begin(office, start, end)
        expected = effect(office, settlement.preview(office, start, end))
        before = (minutes(office), outcomes(office))
        settlement.make(office, start, end)
        after = {duty.shift: duty.after for duty in expected.duties}
        assert minutes(office) - before[0] == expected.minutes_after - expected.minutes_before
        assert {**before[1], **after} == {**dict.fromkeys(after), **outcomes(office)}
    except DomainError:
        reject()  # no such visit to correct, or one that would overlap it
    finally:
        office.close_down()


def _at(minute: int) -> str:
    """An instant so many minutes into the 19th."""
    at = datetime(2026, 11, 19, tzinfo=UTC) + timedelta(minutes=minute)
    return f"{at:%Y-%m-%d %H:%M}"
