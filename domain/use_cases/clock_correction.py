"""Correcting a kiosk's clock: a coordinator states how far it was behind while it was unsynchronised."""

from domain.act import Act, Note
from domain.clock import UNSYNCHRONISED
from domain.errors import NothingToPutRight
from domain.log.event_log import EventLog
from domain.model.kiosk_clock import BootsPutRight, KioskClock
from domain.model.visits import DESK
from domain.use_cases.past_in_log import list_clock_readings
from domain.use_cases.unit_rules import UnitRules


def correct_clock(log: EventLog, kiosk: str, boot: str, seconds: int, note: Note, act: Act) -> None:
    """All taps of an unsynchronised boot session count `seconds` later, those still to come as well.

    Raises:
        NothingToPutRight: there is no such tap.
    """
    with log.writing():
        if not _has_taps_to_correct(log, kiosk, boot):
            raise NothingToPutRight(kiosk, boot)
        clock = log.catch_up(KioskClock.of_desk(kiosk, boot))
        clock.record_statement(kiosk, boot, seconds, note, act)
        named = log.catch_up(BootsPutRight.of(DESK, kiosk, UnitRules(log).load().days.of(act.recorded)))
        named.record_boot(kiosk, boot, act.at, act.recorded)
        log.append(clock, named)


def _has_taps_to_correct(log: EventLog, kiosk: str, boot: str) -> bool:
    """Searched from the end of the log: a statement is about the last days."""
    taps = list_clock_readings(log, kiosk, log.head().position)
    return any(tap.boot == boot and tap.clock == UNSYNCHRONISED for tap in taps)
