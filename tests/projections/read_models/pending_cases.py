"""How each kind of pending work comes to need a person, and what settles it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from domain.ids import shift_stream
from domain.use_cases.check_in import Door
from domain.use_cases.source_intake import SourceIntake
from domain.use_cases.unit_rules import UnitRules
from projections.engine.views import Views
from projections.read_models.day_filter import DayFilter
from projections.read_models.pending_work import (
    PendingKind,
    PendingRow,
    list_pending,
)
from tests.support.desk_commands import card_token_of
from tests.support.fake_machine import FakeMachine
from tests.support.office import ENTRANCE, Office
from tests.support.office_kiosks import OfficeKiosk
from tests.support.people import ANN, BEN, CAT, local_time
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

DAY = "2026-11-19"
FOUND_CARD = "f" * 32
Step = Callable[[Office], object]


def list_of(office: Office, day_filter: DayFilter | None = None, views: Views | None = None) -> list[PendingRow]:
    policies = UnitRules(office.log).load().policies
    return list_pending(views or office.current_views(), office.log, policies, day_filter or DayFilter())


def look_next_day(office: Office) -> list[PendingRow]:
    return list_of(office.at("2026-11-20 10:00"))


def roster(office: Office) -> Office:
    """Ann is on the roster from 9 to 12."""
    office.at("2026-11-01 08:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    return office


# --- One of each, and what settles it ---


def forget_check_out(office: Office) -> None:
    office.tap(ANN, f"{DAY} 09:00")


def leave_without_arrival(office: Office) -> None:
    office.tap(ANN, f"{DAY} 12:00", direction="out")


def contradict_closing(office: Office) -> None:
    """The same arrival, read 20 seconds earlier at another door."""
    forget_check_out(office)
    office.at("2026-11-20 08:00").close_visit(ANN, f"{DAY} 09:00", "12:00")
    office.tap(ANN, f"{DAY} 08:59:40", recorded="2026-11-20 09:00")


def raise_case(office: Office) -> None:
    office.at("2026-11-10 09:00").assess(ANN, "2026-06-30", 55)
    office.at("2026-11-20 09:00").reconcile(DAY)


def doubt_clock(office: Office) -> tuple[Door, FakeMachine]:
    """The clock of the entrance is a day behind, and says that it follows nothing."""
    office.at(f"{DAY} 10:00")
    machine = FakeMachine(f"{DAY} 09:00", timedelta(days=1))
    door = Door(office.log, ENTRANCE, machine)
    door.record_tap(card_token_of(ANN), "front")
    return door, machine


def hide_event(office: Office) -> None:
    insert_undecodable(office.log, shift_stream("X"), UNKNOWN_TOPIC)


def miss_duty(office: Office) -> None:
    roster(office)


def ask_late_for_leave(office: Office) -> None:
    """It says that it was asked for before the start, and reached the log after it."""
    roster(office).at(f"{DAY} 08:00", f"{DAY} 09:00").request_leave("AM", ANN)


def come_without_duty(office: Office) -> None:
    office.tap(ANN, f"{DAY} 14:00")
    office.tap(ANN, f"{DAY} 16:00")


def tap_revoked_card(office: Office) -> None:
    office.at("2026-11-18 09:00").revoke(ANN)
    office.tap(ANN, f"{DAY} 09:00")


def tap_unknown_card(office: Office) -> None:
    for at in ("09:00", "09:05"):
        office.tap(FOUND_CARD, f"{DAY} {at}")


def tap_while_away(office: Office, token: str, meanwhile: Step) -> None:
    """A kiosk that knows nothing of what happens meanwhile, and sends its taps a day later."""
    kiosk, intake = (
        OfficeKiosk("north", ("entrance",), Path(office.log.place).parent),
        SourceIntake(office.log, office.clock),
    )
    kiosk.join(intake, office.act)
    kiosk.pull(office.log)
    meanwhile(office.at(f"{DAY} 08:00"))
    for at in ("09:00", "12:00"):
        kiosk.tap(token, local_time(f"{DAY} {at}"))
    office.at(f"{DAY} 18:00")
    kiosk.push(intake)
    kiosk.close()


def tap_card_revoked_elsewhere(office: Office) -> None:
    tap_while_away(roster(office), card_token_of(ANN), lambda office: office.revoke(ANN))


def tap_card_issued_elsewhere(office: Office) -> None:
    tap_while_away(office, FOUND_CARD, lambda office: office.issue(CAT, FOUND_CARD))
    office.tap("e" * 32, f"{DAY} 10:00")
    office.at(f"{DAY} 11:00").issue(BEN, "e" * 32)


def come_uninsured(office: Office) -> None:
    """On a roster, so that nothing else needs a person; Ben's insurance is the first that the unit has recorded."""
    roster(office).insure(BEN, since=DAY)
    office.tap(ANN, f"{DAY} 09:00")
    office.tap(ANN, f"{DAY} 12:00")


class Case(NamedTuple):
    """How something comes to need a person, and the ways in which it is settled."""

    happen: Step
    settle: tuple[Step, ...]


def decide_absence(office: Office) -> None:
    """A policy that raises a case at the first absence; a person decides it."""
    office.at("2026-11-20 10:00").adopt_policy("2026-11-01", absence_threshold=1)
    office.reconcile(DAY)
    office.decide(ANN, "R-050")


def decide_leave(office: Office) -> None:
    """The same of leave."""
    office.at("2026-11-20 10:00").adopt_policy("2026-11-01", leave_threshold=1)
    office.reconcile(DAY)
    office.decide(ANN, "R-051")


CASES: dict[PendingKind, Case] = {
    "no_check_out": Case(
        forget_check_out,
        (
            lambda office: office.close_visit(ANN, f"{DAY} 09:00", "12:00"),
            lambda office: office.void_visit(ANN, f"{DAY} 09:00"),
        ),
    ),
    "unmatched": Case(leave_without_arrival, (lambda office: office.add_visit(ANN, f"{DAY} 09:00", f"{DAY} 12:01"),)),
    "contradicted": Case(contradict_closing, (lambda office: office.void_visit(ANN, f"{DAY} 08:59:40"),)),
    "accepted_in_error": Case(tap_card_revoked_elsewhere, (lambda office: office.void_visit(ANN, f"{DAY} 09:00"),)),
    "refused_in_error": Case(
        tap_card_issued_elsewhere, (lambda office: office.add_visit(CAT, f"{DAY} 09:00", f"{DAY} 12:00"),)
    ),
    "case": Case(raise_case, (lambda office: office.decide(ANN, "R-052"),)),
    "uninsured": Case(
        come_uninsured,
        (
            lambda office: office.insure(ANN, since=DAY),
            lambda office: office.void_visit(ANN, f"{DAY} 09:00"),
        ),
    ),
    "absent": Case(miss_duty, (lambda office: office.excuse_absence("AM", ANN), decide_absence)),
    "late_leave": Case(
        ask_late_for_leave,
        (
            lambda office: office.withdraw_leave("AM", ANN),
            decide_leave,
        ),
    ),
    "unscheduled": Case(
        come_without_duty,
        (
            lambda office: office.schedule_shift("PM", f"{DAY} 14:00", "16:00", ANN),
            lambda office: office.annotate_misuse(ANN, f"{DAY} 14:00"),
        ),
    ),
    "refused": Case(tap_revoked_card, (lambda office: office.add_visit(ANN, f"{DAY} 09:00", f"{DAY} 12:00"),)),
    "unknown_card": Case(tap_unknown_card, (lambda office: office.issue(CAT, FOUND_CARD),)),
}


def happen(office: Office, kind: PendingKind) -> PendingRow:
    """Something of this kind needs a person, the next day."""
    (hide_event if kind == "unreadable" else CASES[kind].happen)(office)
    return next(row for row in look_next_day(office) if row.kind == kind)
