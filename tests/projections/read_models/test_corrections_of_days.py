"""Every correction of a day stays listed with what takes it back: originals remain (R-121)."""

from datetime import date, timedelta
from typing import get_args

import pytest

from domain.model.acknowledgements import SETTLED_BY, AcknowledgedKind
from projections.engine.as_of import views_as_of
from projections.engine.rebuild import replay
from projections.read_models.audit_trail import is_correction, list_corrections_of_days
from projections.read_models.pending_work import KINDS, PendingKind
from tests.projections.read_models.pending_cases import happen
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second

DAY = date(2026, 11, 19)
ACKNOWLEDGED = [kind for kind in KINDS if kind in get_args(AcknowledgedKind) and kind not in SETTLED_BY]


def list_kinds(office: Office, day: date = DAY) -> list[str]:
    """Kinds of the corrections of a day; the live views are as new ones would be, and no correction is of no day."""
    views = office.current_views()
    assert replay(office.log, views).differences == []
    everything = list_corrections_of_days(views, office.log, date(2024, 1, 1), date(2028, 1, 1))
    known = [entry.position for entry in office.log.read_entries() if is_correction(entry.event)]
    assert [one.entry.position for one in everything] == known
    found = list_corrections_of_days(views, office.log, day, day)
    assert [one.day for one in found] == [day] * len(found)
    return [one.entry.kind for one in found]


def take_back(office: Office) -> None:
    office.at("2026-11-23 08:00").retract(office.log.head().position)


def roster(office: Office) -> Office:
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    return office


def test_each_correction_of_a_visit_stays_with_its_retraction(office: Office) -> None:
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-20 08:00").close_visit(ANN, "2026-11-19 09:00", "12:00")
    take_back(office)
    office.add_visit(ANN, "2026-11-19 14:00", "15:00")
    take_back(office)
    office.void_visit(ANN, "2026-11-19 09:00")
    take_back(office)
    office.annotate_misuse(ANN, "2026-11-19 09:00")
    office.add_arrival(ANN, "2026-11-19 16:00")
    take_back(office)
    taken_back = [kind for made in ("closed", "added", "voided") for kind in (made, "retracted")]
    assert list_kinds(office) == [*taken_back, "misuse", "arrived", "retracted"]
    for other in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        assert list_kinds(office, other) == []


@pytest.mark.parametrize("kind", ACKNOWLEDGED)
def test_an_acknowledgement_is_one_of_the_day_that_it_is_about(office: Office, kind: PendingKind) -> None:
    row = happen(office, kind)
    office.acknowledge(row)
    position = office.log.head().position
    views = office.current_views()
    listed = list_corrections_of_days(views, office.log, date(2024, 1, 1), date(2028, 1, 1))
    of_row = [one for one in listed if one.entry.position == position]
    assert [(one.day, one.volunteer, one.entry.kind) for one in of_row] == (
        [(row.day, row.volunteer, "acknowledged")] if row.day else []
    )
    if row.day:
        take_back(office)
        assert list_kinds(office, row.day)[-2:] == ["acknowledged", "acknowledgement_retracted"]


@pytest.mark.parametrize("later", [1, 3_659])
def test_an_acknowledgement_of_years_later_is_one_of_its_day(office: Office, later: int) -> None:
    row = happen(office, "no_check_out")
    assert row.day is not None
    office.at(f"{row.day + timedelta(days=later)} 23:00").acknowledge(row)
    views = office.current_views()
    assert [one.entry.kind for one in list_corrections_of_days(views, office.log, row.day, row.day)] == ["acknowledged"]


def test_an_excuse_stays_also_where_a_visit_is_entered_for_the_duty_later(office: Office) -> None:
    roster(office).at("2026-11-20 08:00").excuse_absence("S1", ANN)
    office.add_visit(ANN, "2026-11-19 09:00", "12:00")
    assert list_kinds(office) == ["excused", "added"]


def test_an_excuse_stays_with_its_retraction(office: Office) -> None:
    roster(office).at("2026-11-20 08:00").excuse_absence("S1", ANN)
    take_back(office)
    assert list_kinds(office) == ["excused", "excuse_retracted"]


def test_the_retraction_of_a_late_assignment_is_listed_where_all_others_came(office: Office) -> None:
    roster(office).tap(ANN, "2026-11-19 08:58")
    office.tap(ANN, "2026-11-19 12:01")
    office.at("2026-11-22 08:00").assign("S1", BEN)
    take_back(office)
    assert list_kinds(office) == ["assignment_retracted"]


@pytest.mark.parametrize(("retroactive", "kinds"), [(True, ["given"]), (False, [])])
def test_a_swap_is_a_correction_where_it_is_entered_afterwards(
    office: Office, kinds: list[str], *, retroactive: bool
) -> None:
    at = "2026-11-20 08:00" if retroactive else "2026-11-18 08:00"
    roster(office).at(at).swap("S1", ANN, BEN, retroactive=retroactive)
    assert list_kinds(office) == kinds


def test_what_was_corrected_of_a_shift_follows_it_to_another_day(office: Office) -> None:
    roster(office).at("2026-11-20 08:00").excuse_absence("S1", ANN)
    office.change_shift("S1", "2026-11-18 09:00", "12:00")
    assert (list_kinds(office, DAY), list_kinds(office, date(2026, 11, 18))) == ([], ["excused"])


def test_as_of_an_instant_only_what_was_recorded_by_then(office: Office) -> None:
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-20 08:00").void_visit(ANN, "2026-11-19 09:00")
    take_back(office)
    live = office.current_views()
    for at, kinds in (("11-20 07:59", []), ("11-20 08:00", ["voided"]), ("11-23 08:00", ["voided", "retracted"])):
        for views in (live, None):
            with views_as_of(office.log, local_second(f"2026-{at}"), live=views) as past:
                found = list_corrections_of_days(past, office.log, DAY, DAY)
            assert [one.entry.kind for one in found] == kinds
