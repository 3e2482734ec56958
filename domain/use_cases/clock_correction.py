"""A kiosk's clock, corrected or confirmed by a person: how far it was behind, or that it is right.

A correction is named under the days on which taps count by it: there the door and the desk look for it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from domain.act import Act, Note
from domain.calendar import ServiceDays
from domain.clock import OK, UNSYNCHRONISED, Reading
from domain.errors import ClockBeforeRelease, NothingToPutRight
from domain.ids import DESK
from domain.log.event_log import EventLog
from domain.log.source_rows import SourceRow
from domain.model.kiosk_clock import BootsPutRight, KioskClock, apply_corrections, apply_statements
from domain.model.known_past import EARLIEST
from domain.spans import Second, instant, second
from domain.use_cases.past_in_log import TAP_TOPICS, ClockOnTap, decode_reading, list_clock_readings
from domain.use_cases.unit_rules import UnitRules


def correct_clock(log: EventLog, kiosk: str, boot: str, seconds: int, note: Note, act: Act) -> None:
    """All taps of a boot session count `seconds` later; on an unsynchronised clock those still to come as well.

    From then on nothing that this session showed says what is past.

    Raises:
        NothingToPutRight: there is no such tap.
    """
    with log.writing():
        taps = _list_taps(log, kiosk, boot)
        until_ns = max((tap.boot_ns + 1 for tap in taps if tap.clock == OK), default=0)
        clock = log.catch_up(KioskClock.of_desk(kiosk, boot))
        clock.record_statement(kiosk, boot, seconds, note, act, until_ns=until_ns)
        _append_named(log, kiosk, boot, act, clock, (second(tap.at) + seconds for tap in taps))


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
        _append_named(log, kiosk, reading.boot, act, clock)


def name_days_of_late_taps(log: EventLog, rows: Iterable[SourceRow], days: ServiceDays, now: datetime) -> None:
    """Name sessions that a person stated were wrong under the days on which the taps count that a kiosk sends only now.

    It went on by that clock, for it had not heard of the statement.
    """
    named = dict[tuple[str, str, date], BootsPutRight]()
    for tap, at, day in _list_moved_taps(log, rows, days):
        if (under := (tap.kiosk, tap.boot, day)) not in named:
            named[under] = BootsPutRight.of(DESK, tap.kiosk, day)
            log.catch_up_lenient(named[under])
        named[under].record_boot(tap.kiosk, tap.boot, instant(at), now)
    log.append(*named.values())


def _list_moved_taps(
    log: EventLog, rows: Iterable[SourceRow], days: ServiceDays
) -> Iterator[tuple[ClockOnTap, Second, date]]:
    """The taps among some rows that count on another day than they show, as a person said: when, and on which day."""
    clocks = dict[tuple[str, str], KioskClock]()
    for tap in filter(None, (decode_reading(row.state) for row in rows if row.topic in TAP_TOPICS)):
        if (session := (tap.kiosk, tap.boot)) not in clocks:
            clocks[session] = KioskClock.of_desk(*session)
            log.catch_up_lenient(clocks[session])
        if not (corrections := clocks[session].corrections):
            continue  # nearly always
        apply = apply_statements if tap.clock == OK else apply_corrections
        at, by = apply(second(tap.at), tap.boot_ns, corrections)
        if by and (day := _find_day(days, at)) and day != _find_day(days, second(tap.at)):
            yield tap, at, day


def _append_named(
    log: EventLog, kiosk: str, boot: str, act: Act, clock: KioskClock, count_at: Iterable[Second] = ()
) -> None:
    """Name the session under the day of the correction, and under those of the instants at which its taps count by it.

    The correction may be made on the machine whose clock is wrong: then its own day says nothing.
    """
    days = UnitRules(log).load().days
    named_on = {days.of(act.recorded), *filter(None, (_find_day(days, at) for at in count_at))}
    named = [log.catch_up(BootsPutRight.of(DESK, kiosk, day)) for day in sorted(named_on)]
    for boots in named:
        boots.record_boot(kiosk, boot, act.at, act.recorded)
    log.append(*named, clock)


def _find_day(days: ServiceDays, at: Second) -> date | None:
    """The service day of an instant; None beyond the calendar, where no visit is looked for."""
    try:
        return days.of(instant(at))
    except (ValueError, OverflowError):
        return None


def _list_taps(log: EventLog, kiosk: str, boot: str) -> list[ClockOnTap]:
    """What was read in a session on a clock that a statement moves. Raises: NothingToPutRight."""
    readings = list_clock_readings(log, kiosk, log.head().position)
    taps = [tap for tap in readings if tap.boot == boot and tap.clock in (OK, UNSYNCHRONISED)]
    if not taps:
        raise NothingToPutRight(kiosk, boot)
    return taps
