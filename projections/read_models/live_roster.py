"""Read model: the roster of the service day under way, as it stands at an instant (R-125).

Rule: a volunteer has exactly one state in each of their duties, and every volunteer who is in appears. The states are
those of `evaluation.attendance_state`, which says where they differ from the outcomes of `kiosk duties`.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple
from uuid import UUID

import msgspec

from domain.ids import shift_stream
from domain.policy import Policy
from domain.spans import Second
from domain.typed_decoding import decode_json
from projections.engine.noted_policies import PoliciesInForce
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_id, read_numbers
from projections.evaluation.attendance_state import (
    AttendanceState,
    DutySpan,
    EventSpan,
    Presence,
    PresenceKind,
    Release,
    Stay,
    TimeSpan,
    build_session_span,
    evaluate_attendance,
    find_presence,
    find_presence_kind,
    find_release,
    is_attendance_so_far,
    is_uncovered,
    serves_without_duty,
)

if TYPE_CHECKING:
    from domain.calendar import ServiceDays
    from domain.log.standing_log import LogToRead
    from domain.model.shift import Responsibility

RosterState = AttendanceState | Literal["handed_over", "cancelled", "vacant"]
"""`vacant`: no volunteer is responsible for the duty."""

RELEASED_STATES: frozenset[RosterState] = frozenset({"on_leave", "handed_over", "cancelled"})
ATTENDED_STATES: frozenset[RosterState] = frozenset({"here", "left", "no_check_out"})


class Slot(NamedTuple):
    """A shift of the day."""

    shift: str
    start: Second
    end: Second
    post: str | None


class RosterEntry(NamedTuple):
    """A volunteer in a duty, a volunteer without one, or a duty without a volunteer."""

    slot: Slot | None
    volunteer: UUID | None
    state: RosterState
    at: Second | None = None
    """In since then, gone since then, or expected then."""
    late_minutes: int = 0
    """By how much they came late, or are late by now."""
    taker: UUID | None = None
    """To whom the duty was handed over."""
    kind: PresenceKind = "shift"
    is_corrected: bool = False
    """Whether the arrival or departure that it shows is of a visit that the desk recorded or closed (R-036)."""


class LiveRoster(NamedTuple):
    """The day at an instant."""

    day: int
    entries: list[RosterEntry]
    """Duties by start and shift, then the volunteers whose visit counts for none, in order of arrival."""
    uncovered: list[Slot]
    """Duties not over yet for which no volunteer is responsible, or for which none has come within the grace."""
    people_in: int


def build_live_roster(
    views: RowSource, log: "LogToRead", days: "ServiceDays", policies: PoliciesInForce, now: Second
) -> LiveRoster:
    """The roster of the service day of `now`. `views` are caught up; `log` holds who took over from whom."""
    day = days.ordinal(now)
    views.ensure_intact(day - 1, day)
    on = _Day(views, log, policies.on(day), {"day": day, "now": now, "since": days.start(day)})
    people = list(on.list_on_duty())
    counted_on = {entry.slot for entry in people if entry.state not in RELEASED_STATES}
    vacant = [slot for slot in on.slots if slot not in counted_on]
    duties = sorted([*people, *(RosterEntry(slot, None, "vacant") for slot in vacant)], key=_slot_order)
    covered = {entry.slot for entry in duties if entry.state in ATTENDED_STATES}
    uncovered = [
        slot
        for slot in on.slots
        if (slot in vacant and now < slot.end)
        or is_uncovered(slot, now, policies.on(day), is_awaited=True, is_covered=slot in covered)
    ]
    return LiveRoster(day, [*duties, *on.list_without_duty()], uncovered, on.people_in)


def _slot_order(entry: RosterEntry) -> tuple[Second, str]:
    return (entry.slot.start, entry.slot.shift) if entry.slot else (0, "")


class _Stay(NamedTuple):
    check_in: Second
    check_out: Second | None
    is_corrected: bool


class _Duty(NamedTuple):
    slot: Slot
    state: "Responsibility"
    release: Release | None


class _Volunteer(NamedTuple):
    """What the tables hold of a volunteer."""

    key: int
    volunteer_id: UUID
    mode: str | None
    stays: list[_Stay]
    duties: list[_Duty]
    """Of the day, by start."""
    open_duties: list[DutySpan]
    """Those that are theirs to do, and those of the day before that run into the day."""


HANDED_OVER = "shift.handed-over"
"""The stored name of `Shift.HandedOver`."""


class _HandOver(msgspec.Struct):
    """What is asked of one."""

    giver: UUID
    taker: UUID


class _Day:
    """A service day at an instant, volunteer by volunteer."""

    def __init__(self, views: RowSource, log: "LogToRead", policy: Policy, values: dict[str, int]) -> None:
        self._log, self._policy, self._now, self._since = log, policy, values["now"], values["since"]
        shifts = {row[0]: (Slot(*row[:4]), row[4]) for row in views.rows(_SHIFTS, values)}
        self.slots = [slot for slot, cancelled in shifts.values() if not cancelled]
        self._events: list[EventSpan[int]] = [
            EventSpan(start, end, listed and read_numbers(listed)) for start, end, listed in views.rows(_EVENTS, values)
        ]
        self._events += [
            build_session_span(start, end, listed and read_numbers(listed), policy)
            for start, end, listed in views.rows(_SESSIONS, values)
        ]
        self._volunteers = _load_volunteers(views, values, {shift: slot for shift, (slot, _) in shifts.items()})
        self._presences = {
            one.key: find_presence(one.stays, one.open_duties, policy, self._now, self._since)
            for one in self._volunteers
        }

    @property
    def people_in(self) -> int:
        """How many are in."""
        return sum(presence.current is not None for presence in self._presences.values())

    # --- Duties ---

    def list_on_duty(self) -> Iterator[RosterEntry]:
        """Every volunteer who was ever responsible for a duty of the day."""
        for volunteer in self._volunteers:
            for duty in volunteer.duties:
                yield self._build_entry(volunteer, duty)

    def _build_entry(self, volunteer: _Volunteer, duty: _Duty) -> RosterEntry:
        slot, volunteer_id = duty.slot, volunteer.volunteer_id
        if duty.release:
            taker = self._find_taker(slot.shift, volunteer_id) if duty.release == "handed_over" else None
            return RosterEntry(slot, volunteer_id, duty.release, taker=taker)
        presence = self._presences[volunteer.key]
        state, at, late = evaluate_attendance(slot, presence, self._policy, is_excused=duty.state == "excused")
        shown = (stay for stay in volunteer.stays if at is not None and at in (stay.check_in, stay.check_out))
        is_corrected = any(stay.is_corrected for stay in shown)
        return RosterEntry(slot, volunteer_id, state, at, late, is_corrected=is_corrected)

    def _find_taker(self, shift: str, giver: UUID) -> UUID | None:
        taker = None
        for _, _, _, topic, state in self._log.read_stream_rows(shift_stream(shift)):
            with suppress(msgspec.MsgspecError):  # one that cannot be read is in quarantine
                if topic == HANDED_OVER and (hand_over := decode_json(state, _HandOver)).giver == giver:
                    taker = hand_over.taker
        return taker

    # --- In without one ---

    def list_without_duty(self) -> Iterator[RosterEntry]:
        """Every volunteer whose last visit of the day counts for no duty of theirs, in order of arrival."""
        for volunteer in self._volunteers:
            presence = self._presences[volunteer.key]
            last = volunteer.stays[-1] if volunteer.stays else None
            if last is None or self._is_on_duty(volunteer, last, presence):
                continue
            kind, corrected = self._find_kind(volunteer, last), last.is_corrected
            if presence.current:
                state = "no_check_out" if presence.is_overdue else "here"
                yield RosterEntry(None, volunteer.volunteer_id, state, last.check_in, 0, None, kind, corrected)
            elif last.check_in >= self._since:
                yield RosterEntry(None, volunteer.volunteer_id, "left", last.check_out, 0, None, kind, corrected)

    def _is_on_duty(self, volunteer: _Volunteer, stay: Stay, presence: Presence) -> bool:
        slots = [duty.slot for duty in volunteer.duties if not duty.release]
        return any(is_attendance_so_far(stay, slot, presence, self._policy) for slot in slots)

    def _find_kind(self, volunteer: _Volunteer, stay: Stay) -> PresenceKind:
        is_flexible = serves_without_duty(volunteer.mode, self._policy)
        return find_presence_kind(stay, volunteer.open_duties, self._events, volunteer.key, is_flexible=is_flexible)


def _load_volunteers(views: RowSource, values: dict[str, int], slots: Mapping[str, Slot]) -> list[_Volunteer]:
    """Every volunteer with a visit or a duty, those with a visit first and in order of the first one."""
    found: dict[int, _Volunteer] = {}
    for key, volunteer_id, mode, *stay in views.rows(_VISITS, values):
        if key not in found:
            found[key] = _Volunteer(key, read_id(volunteer_id), mode, [], [], [])
        found[key].stays.append(_Stay(*stay))
    for key, volunteer_id, mode, shift, day, start, end, outcome, state in views.rows(_DUTIES, values):
        if key not in found:
            found[key] = _Volunteer(key, read_id(volunteer_id), mode, [], [], [])
        release = find_release(state, cancelled=outcome == "cancelled")
        if not release:
            found[key].open_duties.append(TimeSpan(start, end))
        if day == values["day"] and shift in slots:  # it may have been moved to this day between two queries
            found[key].duties.append(_Duty(slots[shift], state, release))
    return list(found.values())


_SHIFTS = "SELECT shift, starts, ends, post, cancelled FROM shifts WHERE day = :day ORDER BY starts, shift"
_EVENTS = "SELECT starts, ends, listed FROM events WHERE day <= :day AND ends > :since"
_SESSIONS = """
SELECT starts, ends, listed FROM sessions WHERE NOT cancelled AND day BETWEEN :day - 1 AND :day AND ends > :since
"""
_VISITS = """
SELECT v.volunteer, p.volunteer, p.mode, check_in, check_out, corrected
FROM visits v JOIN people p ON p.key = v.volunteer
WHERE v.day BETWEEN :day - 1 AND :day AND status != 'void' AND check_in <= :now AND (
    v.day = :day OR check_out > :since
    OR (check_out IS NULL AND (v.volunteer, v.day) IN (SELECT volunteer, day FROM links))
) ORDER BY check_in, v.volunteer, v.day, ordinal
"""
"""Those of the day before too, as far as they are evaluated together with the duties of the day."""
_DUTIES = """
SELECT d.volunteer, p.volunteer, p.mode, d.shift, d.day, d.starts, d.ends, outcome, r.state
FROM duties d JOIN people p ON p.key = d.volunteer
JOIN roster r ON r.volunteer = d.volunteer AND r.day = d.day AND r.shift = d.shift
WHERE d.day BETWEEN :day - 1 AND :day AND (d.day = :day OR d.ends > :since) ORDER BY d.starts, d.shift, d.volunteer
"""
"""Those of the day before too, where they run into the day."""
