"""Taps become facts, filed under the instant at which each counts, also those on an unsynchronised clock."""

from typing import NamedTuple

from domain.clock import OK, UNSYNCHRONISED
from domain.model.attendance import RefusedTaps
from domain.model.kiosk_clock import ClockCorrection, KioskClock, apply_corrections, apply_statements
from domain.spans import Second, second
from projections.projectors.fact_writer import FactWriter, Handlers
from projections.projectors.feed import SentArrivalFact, SentTapFact, TapFact


class UnsynchronisedRow(NamedTuple):
    """A row of `unsure`."""

    position: int
    volunteer: int | None
    day: int
    at: Second
    """When it counts."""
    shown: Second
    """What the clock showed."""
    kiosk: str
    boot: str
    boot_ns: int
    seq: int
    direction: str | None
    refused: int
    put_right_by: int | None
    """The correction by which it counts; None while it waits for one."""

    def with_correction(self, at: Second, by: ClockCorrection | None, day: int) -> "UnsynchronisedRow":
        """The same tap by other knowledge."""
        return self._replace(at=at, day=day, put_right_by=by and by.position)


def write_unsynchronised_tap(
    writer: FactWriter, event: TapFact | RefusedTaps.TapRefused, key: int | None, *, refused: bool
) -> Second:
    """Write a tap on an unsynchronised clock; the instant at which it counts, by all that is known so far."""
    shown = second(event.at)
    at, by = apply_corrections(shown, event.boot_ns, writer.load_clock_corrections(event.kiosk, event.boot))
    seen = (shown, event.kiosk, event.boot, event.boot_ns, event.seq, event.direction)
    row = UnsynchronisedRow(writer.position, key, writer.unit.days.ordinal(at), at, *seen, refused, by and by.position)
    writer.pending_unsynchronised.append(row)
    return at


def handle_clock_corrected(writer: FactWriter, event: KioskClock.ClockCorrected) -> None:
    """By how much a clock was behind: its taps move, and every day that loses or gains one is stale."""
    writer.flush_taps()
    if event.anchor_ns is None:
        session = (event.boot, event.kiosk, event.boot, event.until_ns)
        if writer.keeps_history:
            writer.db.execute(_NOTE_DOUBTED, (writer.position, *session[1:]))
        writer.db.execute(_DOUBT_SYNCHRONISED, session)
    facts = (event.kiosk, event.boot, second(event.at), event.seconds, event.anchor_ns, event.until_ns)
    writer.db.execute("INSERT INTO clocks VALUES (?,?,?,?,?,?,?)", (writer.position, *facts))
    writer.forget_clock_corrections(event.kiosk, event.boot)
    known = writer.load_clock_corrections(event.kiosk, event.boot)
    query = "SELECT * FROM unsure WHERE kiosk=? AND boot=?"
    for row in writer.db.execute(query, (event.kiosk, event.boot)).fetchall():
        tap = UnsynchronisedRow(*row)
        at, by = apply_corrections(tap.shown, tap.boot_ns, known)
        _recount(writer, tap, tap.with_correction(at, by, writer.unit.days.ordinal(at)))


def _recount(writer: FactWriter, before: UnsynchronisedRow, after: UnsynchronisedRow) -> None:
    if after == before:
        return
    now = (after.day, after.at, after.put_right_by, after.position)
    writer.db.execute("UPDATE unsure SET day=?, at=?, put_right_by=? WHERE position=?", now)
    if after.refused:
        moved = (after.day, after.at - before.at, after.at, after.position)
        writer.db.execute("UPDATE refused SET day=?, since=since+?, at=? WHERE position=?", moved)
    elif after.volunteer is not None and after.at != before.at:
        where = (before.volunteer, before.day, before.at, before.kiosk, before.boot_ns, before.seq, before.position)
        writer.db.execute(f"DELETE FROM taps {_WHERE_TAP}", where)
        writer.stale.add((after.volunteer, before.day))
        _insert_moved(writer, after)
        if writer.unit.days.end(after.day) - after.at <= writer.unit.policies.longest_debounce:
            writer.links.add((after.volunteer, after.day))


def _insert_moved(writer: FactWriter, tap: UnsynchronisedRow) -> None:
    """The tap at another instant: a row that does not say by itself since when it stands there."""
    key = (tap.volunteer, tap.day, tap.at, tap.kiosk, tap.boot_ns, tap.seq)
    writer.db.execute("INSERT INTO taps VALUES (?,?,?,?,?,?,?,?,0,0)", (*key, tap.direction, tap.position))
    if writer.keeps_history:
        values = (writer.position, *key, None, tap.position)
        writer.db.execute(
            "INSERT INTO was (of, replaced, existed, c0, c1, c2, c3, c4, c5, c6, c7) VALUES "
            "('taps', ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    writer.stale.add((key[0] or 0, tap.day))


_NOTE_DOUBTED = """
INSERT INTO was (of, replaced, existed, c0)
SELECT 'unsure', ?, 0, position FROM taps
WHERE boot = (SELECT key FROM boots WHERE kiosk=? AND boot=?) AND boot_ns < ?
    AND position NOT IN (SELECT position FROM unsure)
"""
_DOUBT_SYNCHRONISED = """
INSERT OR IGNORE INTO unsure
SELECT position, volunteer, day, at, at, kiosk, ?, boot_ns, seq, direction, 0, NULL FROM taps
WHERE boot = (SELECT key FROM boots WHERE kiosk=? AND boot=?) AND boot_ns < ?
"""
"""A person states that a clock was wrong that the kernel called synchronised."""
_WHERE_TAP = "WHERE volunteer=? AND day=? AND at=? AND kiosk=? AND boot_ns=? AND seq=? AND position=?"


def handle_tap(writer: FactWriter, event: TapFact) -> None:
    """A tap that was not refused, whatever it was taken for."""
    key, shown = writer.get_or_create_key_from_text(event.volunteer_id), second(event.at)
    at, boot = shown, 0
    if event.clock == UNSYNCHRONISED:
        at = write_unsynchronised_tap(writer, event, key, refused=False)
    elif event.clock == OK:
        boot, known = writer.get_or_create_boot(event.kiosk, event.boot)
        if known:
            at = _correct_late_tap(writer, event, key, known)
    _, ends, day = writer.unit.days.find_day_around(at)
    micro, kiosk, direction = event.at.microsecond if at == shown else 0, event.kiosk, event.direction
    row = (key, day, at, kiosk, event.boot_ns, event.seq, direction, writer.position, boot, micro)
    writer.pending_taps.append(row)
    writer.days.add(day)
    if ends - at <= writer.unit.policies.longest_debounce:
        writer.links.add((key, day))


def _correct_late_tap(writer: FactWriter, event: TapFact, key: int, known: list[ClockCorrection]) -> Second:
    """A tap on a synchronised clock that reaches the log after a person stated that it was wrong."""
    shown = second(event.at)
    at, by = apply_statements(shown, event.boot_ns, known)
    if by is not None:
        seen = (shown, event.kiosk, event.boot, event.boot_ns, event.seq, event.direction)
        day = writer.unit.days.ordinal(at)
        writer.pending_unsynchronised.append(UnsynchronisedRow(writer.position, key, day, at, *seen, 0, by.position))
    return at


def handle_sent_tap(writer: FactWriter, event: SentTapFact) -> None:
    """Such a tap that a kiosk sent: what it went by is kept, to be held against what was known elsewhere."""
    handle_tap(writer, event)
    _write_sent(writer, event.card, is_arrival=isinstance(event, SentArrivalFact))


def _write_sent(writer: FactWriter, card: str | None, *, is_arrival: bool) -> None:
    received = second(writer.received[writer.position])
    writer.db.execute("INSERT INTO sent_taps VALUES (?,?,?,?)", (writer.position, card, is_arrival, received))


def handle_tap_refused(writer: FactWriter, event: RefusedTaps.TapRefused) -> None:
    """A tap that counts for nothing, or the sum of many."""
    key = writer.get_or_create_key(event.volunteer_id) if event.volunteer_id else None
    at = second(event.at)
    if event.clock == UNSYNCHRONISED:
        at = write_unsynchronised_tap(writer, event, key, refused=True)
    taps, since = 1, None
    if isinstance(event, RefusedTaps.RefusalsSummed):
        taps, since = event.count, at - (second(event.at) - second(event.since))
    what = (event.reason, key, event.kiosk, event.reader, taps, since, event.card)
    row = (writer.position, writer.unit.days.ordinal(at), at, *what, key or _find_holder(writer, event.card))
    writer.db.execute("INSERT INTO refused VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
    if writer.position in writer.received:
        _write_sent(writer, event.card, is_arrival=False)


def _find_holder(writer: FactWriter, card: str | None) -> int | None:
    """Who had been given a card; None for an unknown one."""
    row = writer.db.execute("SELECT volunteer FROM cards WHERE card=?", (card,)).fetchone()
    return row[0] if row else None


HANDLERS: Handlers = {
    TapFact: handle_tap,
    SentTapFact: handle_sent_tap,
    SentArrivalFact: handle_sent_tap,
    RefusedTaps.TapRefused: handle_tap_refused,
    RefusedTaps.RefusalsSummed: handle_tap_refused,
    KioskClock.ClockCorrected: handle_clock_corrected,
}
