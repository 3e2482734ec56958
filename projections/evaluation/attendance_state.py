"""Attendance of a duty: did its volunteer come, how late, gone how early, are they in, do they need a duty at all.

The one place where it is decided: duties, live roster, playback and entrance all ask here. Pure: whole seconds in,
values out. Void visits are left out by the caller; a visit that has no check-out is called open.

One difference remains, on purpose. An open visit that began before the early window of a duty counts for its outcome
once it is closed (decision 5). Live roster and playback count it for the duties that its volunteer serves meanwhile
(`is_attendance_so_far`): volunteers who are in are not missing. Such a duty is `here` and covered, its outcome
`upcoming`, then `absent`.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, Protocol, TypeVar

from domain.policy import Policy
from domain.spans import Second

if TYPE_CHECKING:
    from domain.model.shift import Responsibility

Release = Literal["handed_over", "cancelled", "on_leave"]
"""What frees a volunteer of a duty."""
AttendanceState = Literal["expected", "late", "absent", "on_leave", "here", "left", "no_check_out"]
"""`no_check_out`: a departure is missing, because a later arrival took its place or the last duty is long over."""
PresenceKind = Literal["shift", "session", "event", "flexible", "unplanned"]
"""What a volunteer is in for; `unplanned` has no duty, serves at no event and not by opening hours. Who is at a
`session`, a meeting or a training, does not serve."""

OVERDUE_AFTER = 30 * 60
"""Seconds after their last duty within which volunteers tap out; then the departure was forgotten (R-035)."""

K = TypeVar("K")
S = TypeVar("S", bound="Stay")
D = TypeVar("D", bound="DutySpan")


class Stay(Protocol):
    """A visit, or a row of one."""

    @property
    def check_in(self) -> Second:
        """When it began."""
        ...

    @property
    def check_out(self) -> Second | None:
        """When it ended; None while no departure is known."""
        ...


class DutySpan(Protocol):
    """A duty or a service event: from its start to its end."""

    @property
    def start(self) -> Second:
        """Its first second."""
        ...

    @property
    def end(self) -> Second:
        """The first second behind it."""
        ...


class TimeSpan(NamedTuple):
    """A duty of which nothing but its time matters."""

    start: Second
    end: Second


class EventSpan(NamedTuple, Generic[K]):
    """A service event or a session, at which the volunteers that it is for need no duty."""

    start: Second
    end: Second
    listed: Collection[K] | None
    """The volunteers it is for; None means every volunteer."""
    arrives_from: Second | None = None
    """Of a session: from when on an arrival is one for it. None: it is an event."""


def build_session_span(start: Second, end: Second, listed: Collection[K] | None, policy: Policy) -> EventSpan[K]:
    """A session, for which volunteers may come as early as for a duty."""
    return EventSpan(start, end, listed, start - policy.checkin_window_before_start_min * 60)


class Arrival(NamedTuple):
    """A visit that begins, of which nothing else is known yet."""

    check_in: Second
    check_out: None = None


# --- Whose duty it is ---


def find_release(state: "Responsibility", *, cancelled: bool) -> Release | None:
    """What frees a volunteer of a duty, if anything does; an excused absence does not: they may still come.

    `cancelled`: the shift is, or the volunteer is not in service on its day.
    """
    if state == "handed_over":
        return "handed_over"
    if cancelled:
        return "cancelled"
    return "on_leave" if state == "on_leave" else None


# --- Which visits count for a duty ---


def is_attendance_of(stay: Stay, duty: DutySpan, policy: Policy) -> bool:
    """Whether a visit counts for a duty (decision 5): closed, it overlaps; open, it began in time, before the end."""
    if stay.check_out is not None:
        return stay.check_in < duty.end and duty.start < stay.check_out
    return duty.start - policy.checkin_window_before_start_min * 60 <= stay.check_in < duty.end


def compute_late_minutes(arrival: Second, start: Second, policy: Policy) -> int:
    """Whole minutes from a start to the first arrival once the grace is over, else 0 (R-020). Late is more than 0."""
    late = arrival > start + policy.grace_minutes_in * 60
    return (arrival - start) // 60 if late else 0


def compute_early_minutes(departure: Second | None, end: Second, policy: Policy) -> int:
    """Whole minutes from the last departure to an end once the grace is exceeded, else 0; 0 without a departure."""
    if departure is None or departure >= end - policy.grace_minutes_out * 60:
        return 0
    return (end - departure) // 60


def find_last_departure(attending: Iterable[Stay]) -> Second | None:
    """When the last of some visits ended; None while one of them is open."""
    last = 0
    for stay in attending:
        if stay.check_out is None:
            return None
        last = max(last, stay.check_out)
    return last


# --- Who is in, and for what ---


class Presence(NamedTuple):
    """A volunteer at an instant."""

    stays: Sequence[Stay]
    """Their visits that have begun, in order of check-in."""
    current: Stay | None
    """The visit in which they are in."""
    serves_until: Second
    """The current visit serves those of their duties within its reach that begin by then."""
    is_overdue: bool
    """Their last duty is over for so long that they forgot to tap out."""
    now: Second


def find_current(stays: Sequence[S], now: Second, day_start: Second) -> S | None:
    """The visit in which a volunteer is in: the last one, if it has not ended; open, it ends with its service day.

    `day_start` is that of the service day of `now`.
    """
    if not stays:
        return None
    last = stays[-1]
    is_in = day_start <= last.check_in if last.check_out is None else now < last.check_out
    return last if is_in else None


def find_presence(
    stays: Sequence[Stay], duties: Iterable[DutySpan], policy: Policy, now: Second, day_start: Second
) -> Presence:
    """A volunteer at an instant, from the visits that have begun and the duties that are still theirs."""
    current = find_current(stays, now, day_start)
    reached = [duty for duty in duties if _may_reach(current, duty)] if current else []
    if current is None or not reached:
        return Presence(stays, current, now, False, now)
    soon, first = now + policy.checkin_window_before_start_min * 60, min(duty.start for duty in reached)
    is_overdue = current.check_out is None and max(duty.end for duty in reached) + OVERDUE_AFTER <= now
    return Presence(stays, current, max(soon, first), is_overdue, now)


def is_attendance_so_far(stay: Stay, duty: DutySpan, presence: Presence, policy: Policy) -> bool:
    """Whether a visit counts for a duty at an instant: as for its outcome, or as the current one that serves it.

    Volunteers who are in serve their duties that have begun or begin within the early window, else the next one.
    """
    is_served = stay is presence.current and duty.start <= presence.serves_until and _may_reach(stay, duty)
    return is_served or is_attendance_of(stay, duty, policy)


def find_duty_for_arrival(duties: Sequence[D], at: Second, policy: Policy) -> D | None:
    """The duty that an arrival belongs to: the first that it attends, else the next. `duties` in order of start."""
    attended = [duty for duty in duties if is_attendance_of(Arrival(at), duty, policy)]
    later = [duty for duty in duties if at < duty.start]
    return (attended or later or [None])[0]


def is_invited(listed: Collection[K] | None, volunteer: K) -> bool:
    """Whether a volunteer may serve at a service event: None means every volunteer, an empty list none."""
    return listed is None or volunteer in listed


def serves_without_duty(mode: str | None, policy: Policy) -> bool:
    """Whether presence in opening hours is service: of flexible volunteers, unless the unit wants notice (R-026)."""
    return mode == "flexible" and not policy.flexible_requires_notice


def find_presence_kind(
    stay: Stay, duties: Iterable[DutySpan], events: Iterable[EventSpan[K]], volunteer: K, *, is_flexible: bool
) -> PresenceKind:
    """What a volunteer is in for, in the order in which minutes are credited.

    `duties` are those of the service day that are still theirs, `events` those that have begun by its end, with the
    sessions. An open visit may yet reach any of them that it began before the end of, and of a session that it began
    early enough for; a closed one must overlap it.
    """
    if any(_may_reach(stay, duty) for duty in duties):
        return "shift"
    invited = [event for event in events if is_invited(event.listed, volunteer)]
    if any(_is_at_session(stay, session) for session in invited):
        return "session"
    if any(_may_reach(stay, event) for event in invited if event.arrives_from is None):
        return "event"
    return "flexible" if is_flexible else "unplanned"


def _is_at_session(stay: Stay, session: EventSpan[K]) -> bool:
    if session.arrives_from is None or not _may_reach(stay, session):
        return False
    return stay.check_out is not None or session.arrives_from <= stay.check_in


def _may_reach(stay: Stay, span: DutySpan) -> bool:
    return stay.check_in < span.end and (stay.check_out is None or span.start < stay.check_out)


# --- A duty at an instant ---


class Attendance(NamedTuple):
    """How a volunteer stands to a duty that is theirs."""

    state: AttendanceState
    at: Second | None = None
    """In since then, gone since then, or expected then."""
    late_minutes: int = 0
    """By how much they came late, or are late by now."""


def evaluate_attendance(duty: DutySpan, presence: Presence, policy: Policy, *, is_excused: bool) -> Attendance:
    """The one state of a volunteer in a duty, by the visits that count for it so far and by no other."""
    attending = [stay for stay in presence.stays if is_attendance_so_far(stay, duty, presence, policy)]
    if not attending:
        return _evaluate_awaited(duty, presence, policy, is_excused=is_excused)
    last, late = attending[-1], compute_late_minutes(attending[0].check_in, duty.start, policy)
    if last is presence.current:
        return Attendance("no_check_out" if presence.is_overdue else "here", last.check_in, late)
    return Attendance("no_check_out" if last.check_out is None else "left", last.check_out or last.check_in, late)


def find_alarm_instant(duty: DutySpan, policy: Policy) -> Second:
    """From when on volunteers who have not come are late (R-020), and their duty is uncovered (R-040)."""
    return duty.start + max(policy.grace_minutes_in * 60 + 1, 60)


def is_uncovered(duty: DutySpan, now: Second, policy: Policy, *, is_awaited: bool, is_covered: bool) -> bool:
    """Whether a duty is under way and no volunteer has come for it (R-040).

    `is_covered`: one of theirs has come. `is_awaited`: one of theirs may still come, and is not late within the grace.
    """
    begins = find_alarm_instant(duty, policy) if is_awaited else duty.start
    return begins <= now < duty.end and not is_covered


def _evaluate_awaited(duty: DutySpan, presence: Presence, policy: Policy, *, is_excused: bool) -> Attendance:
    """Not come so far: late as an arrival at this second would be."""
    if is_excused:
        return Attendance("on_leave")
    if presence.now >= duty.end:
        return Attendance("absent")
    late = compute_late_minutes(presence.now, duty.start, policy)
    return Attendance("late" if late else "expected", duty.start, late)
