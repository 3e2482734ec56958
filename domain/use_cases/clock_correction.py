"""A kiosk's clock, corrected or confirmed by a person: how far it was behind, or that it is right."""

from datetime import UTC, datetime

from domain.act import Act, Note
from domain.clock import OK, UNSYNCHRONISED, Reading
from domain.errors import ClockBeforeRelease, NothingToPutRight
from domain.ids import DESK
from domain.log.event_log import EventLog
from domain.model.kiosk_clock import BootsPutRight, KioskClock
from domain.model.known_past import EARLIEST
from domain.spans import second
from domain.use_cases.past_in_log import list_clock_readings
from domain.use_cases.unit_rules import UnitRules


def correct_clock(log: EventLog, kiosk: str, boot: str, seconds: int, note: Note, act: Act) -> None:
    """All taps of a boot session count `seconds` later; on an unsynchronised clock those still to come as well.

    From then on nothing that this session showed says what is past.

    Raises:
        NothingToPutRight: there is no such tap.
    """
    with log.writing():
        until_ns = _find_end_of_session(log, kiosk, boot)
        clock = log.catch_up(KioskClock.of_desk(kiosk, boot))
        clock.record_statement(kiosk, boot, seconds, note, act, until_ns=until_ns)
        _name_boot(log, kiosk, boot, act, clock)


def confirm_clock(log: EventLog, kiosk: str, reading: Reading, note: Note, act: Act) -> None:
    """The clock of a kiosk is right, as a reading shows it: it is trusted for the rest of its boot session.

    Raises:
        ClockBeforeRelease: it cannot be right.
    """
    if second(reading.at) < EARLIEST:
        raise ClockBeforeRelease(reading.at, datetime.fromtimestamp(EARLIEST, UTC))
    with log.writing():
        clock = log.catch_up(KioskClock.of_desk(kiosk, reading.boot))
        clock.record_confirmation(kiosk, reading, note, act)
        _name_boot(log, kiosk, reading.boot, act, clock)


def _name_boot(log: EventLog, kiosk: str, boot: str, act: Act, clock: KioskClock) -> None:
    named = log.catch_up(BootsPutRight.of(DESK, kiosk, UnitRules(log).load().days.of(act.recorded)))
    named.record_boot(kiosk, boot, act.at, act.recorded)
    log.append(clock, named)


def _find_end_of_session(log: EventLog, kiosk: str, boot: str) -> int:
    """Nanoseconds since the boot just after the last tap on a synchronised clock, 0 without one.

    Searched from the end of the log: a statement is about the last days. Raises: NothingToPutRight.
    """
    taps = [tap for tap in list_clock_readings(log, kiosk, log.head().position) if tap.boot == boot]
    if not any(tap.clock in (OK, UNSYNCHRONISED) for tap in taps):
        raise NothingToPutRight(kiosk, boot)
    return max((tap.boot_ns + 1 for tap in taps if tap.clock == OK), default=0)
