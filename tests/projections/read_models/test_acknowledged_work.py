"""What is acknowledged as right needs no person any more, until something changes: R-121."""

from typing import get_args
from uuid import UUID

import pytest

from domain.model.acknowledgements import (
    SETTLED_BY,
    AcknowledgedKind,
    AlreadyAcknowledged,
    NeedsOwnCommand,
    NotPending,
)
from domain.model.pending_row import MOST_EVENTS
from projections.engine.rebuild import replay
from projections.read_models.pending_work import (
    KINDS,
    PendingKind,
    count_pending,
)
from tests.projections.read_models.pending_cases import (
    DAY,
    FOUND_CARD,
    doubt_clock,
    forget_check_out,
    happen,
    list_of,
    look_next_day,
    roster,
    tap_revoked_card,
)
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, BEN, CAT

LEFT_AS_IT_IS = [kind for kind in KINDS if kind in get_args(AcknowledgedKind)]


def answer_everything(office: Office) -> list[object]:
    """Visits, duties, hours, absences."""
    return [office.list_visits(), office.list_duties(), office.list_hours(), office.list_absences()]


@pytest.mark.parametrize("kind", LEFT_AS_IT_IS)
def test_what_is_acknowledged_needs_no_person_and_is_as_it_was(office: Office, kind: PendingKind) -> None:
    """R-121; and once that is taken back, it is listed again."""
    row = happen(office, kind)
    before = answer_everything(office)
    office.acknowledge(row)
    assert (row in list_of(office), answer_everything(office)) == (False, before)
    assert replay(office.log, office.current_views()).differences == []
    office.retract(office.log.head().position)
    assert (row in list_of(office), answer_everything(office)) == (True, before)
    assert replay(office.log, office.current_views()).differences == []


def test_a_case_and_a_clock_need_a_command_of_their_own(office: Office) -> None:
    assert {*KINDS} - {*LEFT_AS_IT_IS} == {*SETTLED_BY}
    case = happen(office, "case")
    assert_refused(office, lambda office: office.acknowledge(case), NeedsOwnCommand("case", "decide_exit"))
    doubt_clock(office)
    (clock,) = [row for row in list_of(office) if row.kind == "clock"]
    assert_refused(office, lambda office: office.acknowledge(clock), NeedsOwnCommand("clock", "correct_clock"))


@pytest.mark.parametrize(("kind", "card"), [("refused", ANN), ("unknown_card", FOUND_CARD)])
def test_a_refused_tap_that_comes_later_is_listed_alone(office: Office, kind: PendingKind, card: UUID | str) -> None:
    office.acknowledge(happen(office, kind))
    office.tap(card, f"{DAY} 15:00", recorded="2026-11-20 10:00")
    (row,) = [row for row in list_of(office) if row.kind == kind]
    assert (row.taps, row.events) == (1, [office.log.head().position])


def test_a_visit_that_has_other_events_is_listed_again(office: Office) -> None:
    office.acknowledge(happen(office, "unscheduled"))
    office.tap(ANN, f"{DAY} 15:00", recorded="2026-11-20 10:00")  # which ends the visit an hour earlier
    assert count_pending(list_of(office)) == {"no_check_out": 1, "unscheduled": 1}


def test_what_has_become_something_else_is_listed_again(office: Office) -> None:
    """Acknowledged as presence outside the roster, the same tap is another matter without its check-out."""
    forget_check_out(office)
    office.at("2026-11-20 10:00").close_visit(ANN, f"{DAY} 09:00", "12:00")
    closed = office.log.head().position
    (unscheduled,) = list_of(office)
    office.acknowledge(unscheduled)
    office.retract(closed)
    assert count_pending(list_of(office)) == {"no_check_out": 1}


def test_what_was_not_seen_as_it_is_cannot_be_acknowledged(office: Office) -> None:
    """A tap came meanwhile, or it is of another volunteer, or of another kind."""
    seen = happen(office, "refused")
    office.tap(ANN, f"{DAY} 15:00", recorded="2026-11-20 10:00")
    (both,) = [row for row in list_of(office) if row.kind == "refused"]
    others = [both._replace(volunteer=who) for who in (BEN, CAT, None)]
    for row in [seen, *others, both._replace(kind="unscheduled"), both._replace(events=[*both.events, 1])]:
        assert_refused(office, lambda office, row=row: office.acknowledge(row), NotPending(row.kind))
    office.acknowledge(both)
    again = AlreadyAcknowledged("refused", office.log.head().position)
    assert_refused(office, lambda office: office.acknowledge(both), again)


def test_a_row_of_more_events_than_it_names_is_acknowledged_whole(office: Office) -> None:
    tap_revoked_card(office)
    for minute in range(1, MOST_EVENTS + 1):
        office.tap(ANN, f"{DAY} 09:{minute:02}")
    (row,) = look_next_day(office)
    assert (row.taps, len(row.events)) == (MOST_EVENTS + 1, MOST_EVENTS)
    office.acknowledge(row)
    assert list_of(office) == []


def test_one_absence_of_a_shift_is_not_the_other(office: Office) -> None:
    """A change of the shift is the last event behind both."""
    office.at("2026-11-01 08:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN, BEN)
    office.change_shift("AM", f"{DAY} 09:30", f"{DAY} 12:00")
    ann, ben = look_next_day(office)
    assert ann.events == ben.events
    office.acknowledge(ann)
    assert list_of(office) == [ben]


def test_a_departure_after_the_acknowledgement_makes_it_nothing_else(office: Office) -> None:
    roster(office).insure(BEN, since=DAY)
    office.tap(ANN, f"{DAY} 09:00")
    (row,) = [one for one in list_of(office) if one.kind == "uninsured"]
    office.acknowledge(row)
    office.tap(ANN, f"{DAY} 12:00")
    assert list_of(office) == []
