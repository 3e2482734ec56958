"""The unit: opened once, its policies dated, its office days known."""

from datetime import date, time

from domain.errors import UnitAlreadyOpen, UnknownParameter
from domain.model.unit import Unit, UnitFacts, parse_opening_hours
from domain.policy import Adoption
from tests.support.given_when_then import given
from tests.support.people import CATEGORY, act, local_time

FACTS = UnitFacts("戶政事務所", "public", CATEGORY, [{"days": [1, 5], "from": "08:00", "to": "24:00"}])
MONDAY = act("2026-11-16 09:00")


def home() -> Unit:
    return Unit.make_home("Asia/Taipei", local_time("2026-11-01 09:00"), simulation=True)


def test_a_home_says_in_its_first_event_whether_it_is_a_simulation() -> None:
    (made,) = home().collect_events()
    assert isinstance(made, Unit.Created)
    assert (made.simulation, made.zone) == (True, "Asia/Taipei")


def test_a_unit_opens_as_what_it_is() -> None:
    """R-001, R-005: public or private, with a main category."""
    given(home()).when(lambda unit: unit.open(FACTS, MONDAY)).then(
        Unit.Opened, name="戶政事務所", kind="public", category=CATEGORY, opens=[dict(FACTS.opens[0])]
    )


def test_a_unit_opens_once() -> None:
    (
        given(home(), lambda unit: unit.open(FACTS, MONDAY))
        .when(lambda unit: unit.open(FACTS, MONDAY))
        .then_refused(UnitAlreadyOpen("戶政事務所"))
    )


def test_a_policy_is_stored_in_one_form_whatever_way_it_was_said() -> None:
    given(home()).when(
        lambda unit: unit.adopt_policy(
            date(2026, 12, 1), {"day_ends_at": "05:00", "missing_checkout_credit": 0}, MONDAY
        )
    ).then(
        Unit.PolicyAdopted,
        effective_from="2026-12-01",
        changes={"day_ends_at": "05:00:00", "missing_checkout_credit": "none"},
    )


def test_nothing_of_a_policy_is_adopted_when_one_parameter_is_unknown() -> None:
    (
        given(home())
        .when(lambda unit: unit.adopt_policy(date(2026, 12, 1), {"absence_threshold": 5, "grace": 1}, MONDAY))
        .then_refused(UnknownParameter("grace", None))
    )


def test_the_unit_reckons_its_days_by_its_policies() -> None:
    """Decision 8: the first day under the policy is the first that ends later."""
    unit = home()
    unit.adopt_policy(date(2026, 12, 1), {"day_ends_at": "05:00"}, MONDAY)
    days = unit.service_days()
    assert unit.adoptions == [Adoption(date(2026, 12, 1), {"day_ends_at": "05:00:00"})]
    assert days.of(local_time("2026-12-01 04:30")) == date(2026, 12, 1)
    assert days.of(local_time("2026-12-02 04:30")) == date(2026, 12, 1)


def test_the_office_days_of_a_year_are_taken_over_with_their_source() -> None:
    """R-048."""
    given(home()).when(
        lambda unit: unit.import_calendar(2026, "辦公日曆表", [date(2026, 10, 9), date(2026, 10, 10)], MONDAY)
    ).then(Unit.CalendarImported, year=2026, source="辦公日曆表", closed=["2026-10-09", "2026-10-10"])


def test_opening_hours_are_read_from_what_was_stored() -> None:
    """R-026: 24:00 is the midnight that ends the day."""
    (hours,) = parse_opening_hours(FACTS.opens)
    assert (hours.days, hours.opens, hours.closes) == (frozenset({1, 5}), time(8), time(0))
