"""A correction that is taken back counts as if it had not been made, for the door and for the read models (R-121)."""

import pytest

from domain.calendar import TAIPEI
from domain.errors import NotResponsible, VisitsOverlap
from domain.model.corrections import Corrections
from domain.model.exit_case import LaterCase
from domain.model.retraction import AlreadyRetracted, AssignedInTime, NoSuchCorrection
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


# --- Decisions on exit cases ---


def raise_case(office: Office, *days: str) -> None:
    """A case of R-050 at the first absence, and another one of every day after it."""
    office.at("2026-11-01 08:00").adopt_policy("2026-11-01", absence_threshold=1)
    for day in days:
        office.schedule_shift(day, f"{day} 09:00", "12:00", ANN)


def list_cases(office: Office) -> list[tuple[str, int, str | None]]:
    return [(case.status, len(case.evidence), case.decision) for case in office.list_exits()]


def test_a_case_waits_again_when_its_decision_is_retracted(office: Office) -> None:
    """R-055; and it follows the facts again, and can be decided otherwise."""
    raise_case(office, "2026-11-19", "2026-11-20")
    office.at("2026-11-20 09:00").reconcile("2026-11-19")
    office.decide(ANN, "R-050", "terminate")
    decided = find_last(office)
    assert list_cases(office) == [("decided", 1, "terminate")]
    office.retract(decided)
    assert list_cases(office) == [("raised", 1, None)]
    assert_refused(office, lambda office: office.retract(decided), AlreadyRetracted(decided))
    office.at("2026-11-21 09:00").reconcile("2026-11-20")
    assert list_cases(office) == [("raised", 2, None)]
    office.decide(ANN, "R-050", "keep")
    assert list_cases(office) == [("decided", 2, "keep")]
    assert_refused(office, lambda office: office.retract(decided), AlreadyRetracted(decided))


def test_a_retracted_decision_leaves_what_was_done_because_of_it(office: Office) -> None:
    """R-056: the card was revoked and the agreement ended by events of their own."""
    raise_case(office, "2026-11-19")
    office.at("2026-11-20 09:00").reconcile("2026-11-19")
    office.decide(ANN, "R-050", "terminate")
    decided = find_last(office)
    office.revoke(ANN)
    office.end(ANN, "2026-11-20")
    office.retract(decided)
    assert office.tap(ANN, "2026-11-20 10:00").reason == "revoked_card"


def test_a_decision_stays_where_a_later_case_has_taken_its_evidence_up(office: Office) -> None:
    raise_case(office, "2026-11-18", "2026-11-19")
    office.at("2026-11-19 09:00").reconcile("2026-11-18")
    office.decide(ANN, "R-050")
    decided = find_last(office)
    office.at("2026-11-20 09:00").reconcile("2026-11-19")
    assert list_cases(office) == [("decided", 1, "keep"), ("raised", 2, None)]
    assert_refused(office, lambda office: office.retract(decided), LaterCase(ANN, "R-050", "2026-11-19"))
    office.excuse_absence("2026-11-19", ANN)
    office.at("2026-11-21 09:00").reconcile("2026-11-20")
    assert list_cases(office) == [("decided", 1, "keep"), ("withdrawn", 2, None)]
    office.retract(decided)
    assert list_cases(office) == [("raised", 1, None), ("withdrawn", 2, None)]


def test_a_case_whose_decision_is_retracted_is_withdrawn_with_its_cause(office: Office) -> None:
    raise_case(office, "2026-11-19")
    office.at("2026-11-20 09:00").reconcile("2026-11-19")
    office.decide(ANN, "R-050")
    office.retract(find_last(office))
    office.excuse_absence("2026-11-19", ANN)
    office.at("2026-11-21 09:00").reconcile("2026-11-20")
    assert list_cases(office) == [("withdrawn", 1, None)]


# --- Duties that were added afterwards ---


@pytest.mark.parametrize(("recorded", "refusal"), [("08:59:59", AssignedInTime(BEN, "S1")), ("09:00:00", None)])
def test_an_assignment_is_retracted_where_it_came_when_the_shift_had_started(
    office: Office, recorded: str, refusal: AssignedInTime | None
) -> None:
    """R-025: until the start it is the roster, which is left by `unassign`; afterwards it is a correction."""
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.at("2026-11-19 08:00", f"2026-11-19 {recorded}").assign("S1", BEN)
    assigned = find_last(office)
    office.at("2026-11-20 09:00")
    if refusal:
        assert_refused(office, lambda office: office.retract(assigned), refusal)
    else:
        office.retract(assigned)
        assert [(duty.volunteer, duty.outcome) for duty in office.list_duties()] == [(ANN, "absent")]
        assert_refused(office, lambda office: office.retract(assigned), AlreadyRetracted(assigned))
        office.assign("S1", BEN)
        assert {duty.volunteer for duty in office.list_duties()} == {ANN, BEN}


def test_an_assignment_that_was_handed_over_is_not_retracted(office: Office) -> None:
    office.at("2026-11-19 10:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    assigned = find_last(office)
    office.swap("S1", ANN, BEN, retroactive=True)
    assert_refused(office, lambda office: office.retract(assigned), NotResponsible(ANN, "S1"))


def test_presence_is_unscheduled_again_when_the_duty_is_retracted(office: Office) -> None:
    office.tap(ANN, "2026-11-19 14:00")
    office.tap(ANN, "2026-11-19 16:00")
    office.at("2026-11-20 09:00").schedule_shift("PM", "2026-11-19 14:00", "16:00", ANN)
    assert list_worth(office) == [("14:00", "closed", 120)]
    office.retract(find_last(office))
    assert list_worth(office) == [("14:00", "closed", 0)]
