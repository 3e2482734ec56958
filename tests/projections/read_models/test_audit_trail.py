"""What people did about a volunteer's day is told with who did it and where the reason is kept (R-126)."""

from datetime import date

import pytest

from domain.ids import unit_stream
from domain.model.unit import Unit
from projections.read_models.audit_trail import AuditEntry, list_audit_trail
from projections.read_models.explanation import explain
from tests.support.office import Office
from tests.support.people import ANN, BEN, COORDINATOR, NOTE, local_second

DAY = date(2026, 11, 19)


def done(office: Office, as_of: str | None = None) -> list[AuditEntry]:
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    return list_audit_trail(office.log, ANN, explain(views, key, DAY), local_second(as_of) if as_of else None)


def told(office: Office) -> list[tuple[str, str | None]]:
    return [(deed.kind, deed.shift) for deed in done(office)]


def rostered(office: Office) -> Office:
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_shift("S2", "2026-11-19 13:00", "16:00", BEN)
    return office


@pytest.mark.parametrize(("cap", "expected"), [(False, ["policy_adopted"]), (True, [])])
def test_the_policy_by_which_minutes_outside_of_a_shift_count_is_there_with_its_author(
    office: Office, cap: bool, expected: list[str]
) -> None:
    """R-020: the one in force on the day, of all that name the parameter; none where the shift is enough."""
    rostered(office)
    for since, value in (("2026-11-01", not cap), ("2026-11-15", cap), ("2026-11-20", not cap)):
        office.at("2026-11-01 09:00").adopt_policy(since, cap_to_shift=value)
    for at in ("08:40", "12:30"):
        office.tap(ANN, f"2026-11-19 {at}")
    entries = done(office)
    assert [entry.kind for entry in entries] == expected
    adopted = [entry.position for entry in office.log.read_entries(limit=100) if is_adoption(entry.event)]
    assert [entry.position for entry in entries] == adopted[1:2] * len(expected)
    assert done(office, "2026-11-01 08:30") == []


def test_a_policy_that_this_program_does_not_know_is_not_in_force(office: Office) -> None:
    """A newer one adopted it later, for a later day; the one before it still holds."""
    rostered(office).at("2026-11-01 09:00").adopt_policy("2026-11-01", cap_to_shift=False)
    in_force = office.log.head().position
    unit, _ = office.log.load_lenient(Unit, unit_stream())
    changes = {"cap_to_shift": True, "of_a_newer_program": 1}
    unit.trigger_event(Unit.PolicyAdopted, effective_from="2026-11-10", changes=changes, **office.act.build_fields())
    office.log.append(unit)
    for at in ("08:40", "12:30"):
        office.tap(ANN, f"2026-11-19 {at}")
    assert [(entry.kind, entry.position) for entry in done(office)] == [("policy_adopted", in_force)]


def is_adoption(event: object) -> bool:
    return isinstance(event, Unit.PolicyAdopted)


def test_a_leave_and_its_withdrawal(office: Office) -> None:
    rostered(office).at("2026-11-18 08:00").request_leave("S1", ANN)
    office.withdraw_leave("S1", ANN)
    assert told(office) == [("leave", "S1"), ("leave_withdrawn", "S1")]


def test_both_sides_of_a_swap(office: Office) -> None:
    rostered(office).at("2026-11-18 08:00").swap("S1", ANN, BEN, back="S2")
    assert [(deed.kind, deed.shift, deed.other) for deed in done(office)] == [
        ("given", "S1", BEN),
        ("taken", "S2", BEN),
    ]


def test_an_absence_that_was_excused_says_by_whom_and_why(office: Office) -> None:
    rostered(office).at("2026-11-20 08:00").excuse_absence("S1", ANN)
    (deed,) = done(office)
    assert (deed.kind, deed.by, deed.note, deed.at) == (
        "excused",
        COORDINATOR,
        NOTE.id,
        local_second("2026-11-20 08:00"),
    )


def test_corrections_name_the_visit_and_its_end(office: Office) -> None:
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-20 08:00").close_visit(ANN, "2026-11-19 09:00", "12:00")
    office.add_visit(ANN, "2026-11-19 14:00", "15:00")
    office.void_visit(ANN, "2026-11-19 14:00")
    office.annotate_misuse(ANN, "2026-11-19 09:00")
    kinds = [(deed.kind, deed.start, deed.end) for deed in done(office)]
    nine, two = local_second("2026-11-19 09:00"), local_second("2026-11-19 14:00")
    assert kinds == [
        ("closed", nine, local_second("2026-11-19 12:00")),
        ("added", two, local_second("2026-11-19 15:00")),
        ("voided", two, None),
        ("misuse", nine, None),
    ]


def test_a_shift_that_was_moved_or_called_off(office: Office) -> None:
    rostered(office).at("2026-11-18 08:00").change_shift("S1", "2026-11-19 10:00", "13:00")
    office.cancel_shift("S1")
    assert told(office) == [("moved", "S1"), ("cancelled", "S1")]


def test_what_was_done_to_others_is_not_told(office: Office) -> None:
    rostered(office).at("2026-11-18 08:00").assign("S1", BEN)
    office.request_leave("S1", BEN)
    office.request_leave("S2", BEN)
    assert told(office) == []


def test_as_of_an_instant_only_what_was_recorded_by_then(office: Office) -> None:
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-20 08:00").close_visit(ANN, "2026-11-19 09:00", "12:00")
    assert done(office, "2026-11-20 07:59:59") == []
    assert len(done(office, "2026-11-20 08:00")) == 1
