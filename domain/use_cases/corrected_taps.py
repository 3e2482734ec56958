"""A volunteer's taps of a service day, each at the instant at which it counts, as far as the log knows by now.

A tap stands in the stream of the day that the clock showed. Where the clock was corrected, it may count on another
day: so the streams that the corrected sessions may have written to are read as well. No read model is needed.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar
from uuid import UUID

from domain.clock import UNSYNCHRONISED, Reading
from domain.ids import DESK, attendance_stream
from domain.log.event_log import EventLog
from domain.model.attendance import Attendance
from domain.model.kiosk_clock import (
    BootsPutRight,
    ClockCorrection,
    KioskClock,
    apply_corrections,
    apply_statements,
    list_shifts,
)
from domain.model.streams import KioskStream, StreamKey
from domain.model.visits import Tap
from domain.spans import Second, second
from domain.use_cases.stored_corrections import find_stored_days
from domain.use_cases.unit_rules import CurrentRules

S = TypeVar("S", bound=KioskStream)

MAX_CORRECTION_DAYS = 3_660
"""Service days, ten years: a correction that comes later than that after a tap is left to the evaluation."""


MOST_KEPT = 256
"""Days of kiosks and their desks whose corrected boot sessions are kept."""


class TapsOfDay(NamedTuple):
    """What was found."""

    taps: list[Tap]
    whole: bool
    """Everything in the streams could be read."""
    versions: list[tuple[StreamKey, int]]
    """How long each stream was that they were read from, those of clock corrections too."""


def _name_boots(log_id: UUID, writer: str, kiosk: str, day: int) -> BootsPutRight:  # noqa: ARG001 - it is kept by it
    return BootsPutRight.of(writer, kiosk, date.fromordinal(day))


class CorrectedTaps:
    """Looks them up in the streams of some kiosks."""

    def __init__(self, log: EventLog, list_kiosks: Callable[[], tuple[str, ...]]) -> None:
        """`list_kiosks` is asked each time: a kiosk may join while this program runs."""
        self._log = log
        self.list_kiosks = list_kiosks
        self._versions: list[tuple[StreamKey, int]] = []
        """Of the streams that were read for the taps of a day."""
        self._boots_of = lru_cache(MOST_KEPT)(_name_boots)
        """Streams that each tap of a day asks for, read on from where they were, in the log of that id."""

    def find_instant(self, kiosk: str, reading: Reading) -> Second:
        """When a tap counts that is read now."""
        at = second(reading.at)
        if reading.trust != UNSYNCHRONISED:
            return at
        self._versions = []
        return apply_corrections(at, reading.boot_ns, self._load_corrections(kiosk, reading.boot))[0]

    def list_on(
        self, volunteer_id: UUID, day: int, rules: CurrentRules, upto: int, beside: Iterable[StreamKey] = ()
    ) -> TapsOfDay:
        """The taps that count on a service day, by the clock corrections made on it or later, up to a service day.

        `beside`: streams that are read next, which are looked up in the same query.
        """
        self._versions = versions = list[tuple[StreamKey, int]]()
        found, whole = set[Tap](), True
        for key, version in self._find_ends(volunteer_id, day, rules, upto, beside):
            if version:
                stream = Attendance.of_writer(*key)
                whole = not self._log.catch_up_lenient(stream) and whole
                found |= {tap for tap in self._correct_taps(key.writer, stream) if rules.days.ordinal(tap.at) == day}
            versions.append((key, version))
        return TapsOfDay(sorted(found), whole, versions)

    def _find_ends(
        self, volunteer_id: UUID, day: int, rules: CurrentRules, upto: int, beside: Iterable[StreamKey]
    ) -> list[tuple[StreamKey, int]]:
        """The streams that may hold taps of a service day, each with its last version."""
        streams = [
            StreamKey(attendance_stream(volunteer_id, date.fromordinal(shown), kiosk), kiosk)
            for kiosk in self.list_kiosks()
            for shown in self._list_shown_days(kiosk, day, rules, upto)
        ]
        return [*zip(streams, self._log.find_versions([*streams, *beside]), strict=False)]

    def _correct_taps(self, kiosk: str, stream: Attendance) -> Iterator[Tap]:
        put_right = {boot: self._load_corrections(kiosk, boot) for boot in set(stream.unsure.values())}
        boots = set(stream.synchronised.values())
        stated = {boot: self._read(KioskClock.of_desk(kiosk, boot)).corrections for boot in boots}
        for tap in stream.taps:
            if (boot := stream.unsure.get(tap)) is not None:
                yield tap.correct(apply_corrections(tap.at, tap.boot_ns, put_right[boot])[0])
            elif corrections := stated.get(stream.synchronised.get(tap, "")):
                yield tap.correct(apply_statements(tap.at, tap.boot_ns, corrections)[0])
            else:
                yield tap

    # --- Clock corrections ---

    def _list_shown_days(self, kiosk: str, day: int, rules: CurrentRules, upto: int) -> set[int]:
        """The service days under which the log may hold what counts on this one."""
        days, stored = rules.days, find_stored_days(day, rules.days)
        shown = set(stored)
        before, behind = stored[0] - day, stored[-1] - day
        until = stored[-1] + min(max(upto - day, 0), MAX_CORRECTION_DAYS)
        for boot in self._list_corrected_boots(rules.log_id, kiosk, range(stored[0], until + 1)):
            for shift in list_shifts(self._load_clocks(kiosk, boot)):
                first, last = days.ordinal(days.start(day) - shift - 1), days.ordinal(days.end(day) - shift)
                shown.update(range(first + before, last + behind + 1))
        return shown

    def _list_corrected_boots(self, log_id: UUID, kiosk: str, named_on: Iterable[int]) -> set[str]:
        """Sessions that are named under some days: those on which a correction was made, or on which taps count by it.

        So what counts on a day is named under that day, or a later one: it cannot have been corrected before.
        """
        boots = set[str]()
        for day in named_on:
            for writer in (kiosk, DESK):
                boots.update(self._read(self._boots_of(log_id, writer, kiosk, day)).boots)
        return boots

    def _load_corrections(self, kiosk: str, boot: str) -> list[ClockCorrection]:
        return [correction for clock in self._load_clocks(kiosk, boot) for correction in clock.corrections]

    def _load_clocks(self, kiosk: str, boot: str) -> tuple[KioskClock, KioskClock]:
        return self._read(KioskClock.of(kiosk, boot)), self._read(KioskClock.of_desk(kiosk, boot))

    def _read(self, stream: S) -> S:
        self._log.catch_up_lenient(stream)
        self._versions.append((StreamKey(stream.id, stream.writer), stream.version))
        return stream
