"""A correction that is taken back counts as if it had not been made, for the door and for the read models (R-121)."""

import pytest

from domain.calendar import TAIPEI
from domain.errors import VisitsOverlap
from domain.model.corrections import Corrections
from domain.model.retraction import AlreadyRetracted, NoSuchCorrection
from domain.model.shift import Shift
from domain.spans import Second, instant
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, BEN, local_time


def list_worth(office: Office) -> list[tuple[str, str, int]]:
    """Start, status and minutes of every visit."""
    return [(format_local(row.check_in), row.status, row.credited_minutes) for row in office.list_visits()]


def format_local(at: Second) -> str:
    return f"{instant(at).astimezone(TAIPEI):%H:%M}"


def find_last(office: Office) -> int:
    return office.log.head().position


@pytest.fixture
def served(office: Office) -> Office:
    """Ann and Ben have a shift from 9 to 12; Ann came and forgot to tap out."""
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.tap(ANN, "2026-11-19 09:00")
    return office.at("2026-11-20 10:00")


def test_a_closing_that_is_retracted_leaves_the_visit_without_its_end(served: Office) -> None:
    served.close_visit(ANN, "2026-11-19 09:00", "12:00")
    assert list_worth(served) == [("09:00", "closed", 180)]
    served.retract(find_last(served))
    assert list_worth(served) == [("09:00", "no_check_out", 0)]


def test_an_added_visit_that_is_retracted_is_gone_and_can_be_added_again(served: Office) -> None:
    served.add_visit(BEN, "2026-11-19 09:00", "11:00")
    served.retract(find_last(served))
    assert list_worth(served) == [("09:00", "no_check_out", 0)]
    assert {duty.volunteer: duty.outcome for duty in served.list_duties()} == {ANN: "no_check_out", BEN: "absent"}
    served.add_visit(BEN, "2026-11-19 09:00", "12:00")
    assert list_worth(served)[1] == ("09:00", "closed", 180)


@pytest.mark.parametrize("annul", [Office.void_visit, Office.annotate_misuse])
def test_a_visit_counts_again_when_its_annulment_is_retracted(served: Office, annul: object) -> None:
    served.add_visit(BEN, "2026-11-19 09:00", "12:00")
    annul(served, BEN, "2026-11-19 09:00")  # pyright: ignore[reportCallIssue, reportGeneralTypeIssues] - either of two methods
    assert list_worth(served)[1] == ("09:00", "void", 0)
    served.retract(find_last(served))
    assert list_worth(served)[1] == ("09:00", "closed", 180)


def test_an_excuse_that_is_retracted_leaves_the_absence_unexcused(served: Office) -> None:
    """R-045."""
    served.excuse_absence("S1", BEN)
    excused = find_last(served)
    assert [row.kind for row in served.list_absences()] == ["leave"]
    served.retract(excused)
    assert [row.kind for row in served.list_absences()] == ["unexcused"]
    assert_refused(served, lambda office: office.retract(excused), AlreadyRetracted(excused))
    served.excuse_absence("S1", BEN)
    assert_refused(served, lambda office: office.retract(excused), AlreadyRetracted(excused))
    served.retract(find_last(served))
    assert [row.kind for row in served.list_absences()] == ["unexcused"]


def test_the_door_counts_without_an_annulment_that_was_retracted(office: Office) -> None:
    """Annulled while it was open, the visit is open again, so the next tap ends it."""
    office.tap(ANN, "2026-11-19 08:30")
    office.at("2026-11-19 08:40").void_visit(ANN, "2026-11-19 08:30")
    office.at("2026-11-19 08:50").retract(find_last(office))
    assert office.tap(ANN, "2026-11-19 09:00").outcome == "checked_out"


def test_the_door_counts_without_a_closing_that_was_retracted(office: Office) -> None:
    office.tap(ANN, "2026-11-19 08:30")
    office.at("2026-11-19 09:00").close_visit(ANN, "2026-11-19 08:30", "08:50")
    office.at("2026-11-19 09:05").retract(find_last(office))
    assert office.tap(ANN, "2026-11-19 09:10").outcome == "checked_out"


def test_a_correction_is_retracted_once(served: Office) -> None:
    served.close_visit(ANN, "2026-11-19 09:00", "12:00")
    closed = find_last(served)
    served.retract(closed)
    assert_refused(served, lambda office: office.retract(closed), AlreadyRetracted(closed))
    served.close_visit(ANN, "2026-11-19 09:00", "12:00")
    assert list_worth(served) == [("09:00", "closed", 180)]


@pytest.mark.parametrize("offset", [1, 0, -1])
def test_only_a_correction_can_be_retracted(served: Office, offset: int) -> None:
    """Neither what the log does not hold, nor a retraction, nor a tap."""
    served.close_visit(ANN, "2026-11-19 09:00", "12:00")
    served.retract(find_last(served))
    position = find_last(served) + offset if offset >= 0 else served.log.read_entries(limit=10_000)[-3].position
    assert_refused(served, lambda office: office.retract(position), NoSuchCorrection(position))


def test_an_annulment_stays_where_another_visit_has_taken_the_place(served: Office) -> None:
    served.add_visit(BEN, "2026-11-19 09:00", "12:00")
    served.void_visit(BEN, "2026-11-19 09:00")
    voided = find_last(served)
    served.add_visit(BEN, "2026-11-19 11:59", "13:00")
    overlap = VisitsOverlap(BEN, local_time("2026-11-19 09:00"), local_time("2026-11-19 11:59"))
    assert_refused(served, lambda office: office.retract(voided), overlap)


def test_an_annulment_goes_where_another_visit_only_touches_the_place(served: Office) -> None:
    served.add_visit(BEN, "2026-11-19 09:00", "12:00")
    served.void_visit(BEN, "2026-11-19 09:00")
    voided = find_last(served)
    served.add_visit(BEN, "2026-11-19 12:00", "13:00")
    served.retract(voided)
    assert [row[1] for row in list_worth(served)[1:]] == ["closed", "closed"]


def test_what_was_retracted_stays_in_the_log(served: Office) -> None:
    served.close_visit(ANN, "2026-11-19 09:00", "12:00")
    served.excuse_absence("S1", BEN)
    excused = find_last(served)
    served.retract(excused - 1)
    served.retract(excused)
    (retracted,), (excuse,) = served.list_events(Corrections.Retracted), served.list_events(Shift.ExcuseRetracted)
    assert (retracted.retracted, excuse.retracted) == (excused - 1, excused)
    assert len(served.list_events(Corrections.VisitClosed)) == 1
