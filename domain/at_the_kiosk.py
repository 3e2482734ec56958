"""What happens at the door: load, ask one thing, save. Every tap is written down before anybody is told.

The decision needs no read model: it folds the volunteer's own short streams of the day, of this kiosk and of those
copied from other kiosks. So it costs the same after ten years, and is the same after any crash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from domain.attendance import Attendance, RefusedTaps, Sighting
from domain.card import Card
from domain.clock import Clock, Reading
from domain.corrections import Corrections
from domain.errors import InTheFuture
from domain.house_rules import HouseRules, Rules
from domain.ids import card_stream
from domain.log.event_log import EventLog
from domain.spans import instant, second
from domain.visits import Direction, Meaning, Passages, Tap, Visit
from domain.volunteer import Volunteer

Outcome = Literal["checked_in", "checked_out", "duplicate", "unmatched", "refused"]
Reason = Literal["unknown_card", "revoked_card", "suspended", "agreement_ended", "unreadable"]

OUTCOMES: dict[Meaning, Outcome] = {
    "checked_in": "checked_in",
    "checked_out": "checked_out",
    "repeated": "duplicate",
    "unmatched": "unmatched",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tap came to. It is in the log when this exists."""

    outcome: Outcome
    at: datetime
    """When the card was seen, UTC."""
    event: int
    """Where the log holds it."""
    reason: Reason | None = None
    """Why a tap was refused."""
    volunteer_id: UUID | None = None
    since: datetime | None = None
    """When the visit began to which the tap belongs, where it belongs to one."""
    clock: str = "ok"
    """What vouches for `at`: see `domain.clock.Reading.trust`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A kiosk, and the others whose taps its log may hold."""

    kiosk: str
    others: Sequence[str] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every kiosk whose taps count here."""
        return (self.kiosk, *self.others)


class Door:
    """The use cases of a kiosk."""

    def __init__(self, log: EventLog, place: Place, clock: Clock) -> None:
        self._log = log
        self._place = place
        self._clock = clock
        self._rules = HouseRules(log)

    def tap(
        self,
        token: str,
        reader: str,
        direction: Direction | None = None,
        reading: Reading | None = None,
        recorded: datetime | None = None,
    ) -> Answer:
        """A card was seen. `reading` and `recorded` default to now.

        Raises:
            InTheFuture: the tap would have happened after it is written down.
            LogError: it could not be written; nothing happened.
        """
        reading = reading or self._clock.read()
        recorded = recorded or max(self._clock.now(), reading.at)
        if reading.at > recorded:
            raise InTheFuture(reading.at, recorded)
        with self._log.writing():
            sighting = self._sighting(token, reader, direction, reading)
            held = self._held(token, reading)
            if not isinstance(held, UUID):
                return self._refuse(held, None, sighting, recorded)
            return self._known(held, sighting, recorded)

    def unreadable(self, reader: str, reading: Reading | None = None) -> Answer:
        """Something was presented that no card number could be read from: recorded, so that it can be asked after."""
        reading = reading or self._clock.read()
        with self._log.writing():
            sighting = self._sighting(None, reader, None, reading)
            return self._refuse("unreadable", None, sighting, max(self._clock.now(), reading.at))

    # --- Whose card it is ---

    def _held(self, token: str, reading: Reading) -> UUID | Reason:
        """Who held the card at that moment, as far as the log knew then, or why it counts for nothing."""
        card = self._log.load(Card, card_stream(token))
        held = card.held_at(second(reading.at)) if card else None
        if held is None:
            return "unknown_card"
        return held.holder or "revoked_card"

    # --- What it means ---

    def _known(self, volunteer_id: UUID, sighting: Sighting, recorded: datetime) -> Answer:
        rules = self._rules.now()
        at = second(sighting.reading.at)
        day = rules.days.ordinal(at)
        attendance, meaning, visit = self._read(volunteer_id, sighting, rules, day)
        if meaning == "checked_in":
            volunteer = self._log.load(Volunteer, volunteer_id)
            standing = volunteer.standing_known(day, at) if volunteer else "agreement_ended"
            if standing != "in_service":
                return self._refuse(standing, volunteer_id, sighting, recorded)
        attendance.record(meaning, volunteer_id, sighting, recorded)
        (event,) = self._log.append(attendance)
        since, trust = visit and instant(visit.check_in), sighting.reading.trust
        return Answer(OUTCOMES[meaning], sighting.reading.at, event, None, volunteer_id, since, trust)

    def _read(
        self, volunteer_id: UUID, sighting: Sighting, rules: Rules, day: int
    ) -> tuple[Attendance, Meaning, Visit | None]:
        """The stream to write to, what the tap means after those that happened before it, and its visit."""
        at = second(sighting.reading.at)
        tap = Tap(at, sighting.kiosk, sighting.seq, sighting.direction)
        today = date.fromordinal(day)
        streams = [self._attendance(volunteer_id, today, kiosk) for kiosk in self._place.all]
        earlier = [tap for stream in streams for tap in stream.taps]
        if at - rules.days.start(day) < rules.policies.longest_debounce:
            earlier += self._taps_of(volunteer_id, date.fromordinal(day - 1))
        corrections = self._log.catch_up(Corrections.of(volunteer_id, today))
        passages = Passages(rules.days, rules.policies, corrections.day.closings)
        for before in sorted(other for other in earlier if other < tap):
            passages.take(before)
        meaning = passages.take(tap)
        return streams[0], meaning, None if meaning == "unmatched" else passages.visits[-1]

    def _taps_of(self, volunteer_id: UUID, day: date) -> list[Tap]:
        """Asked of the day before only while a double tap can reach across the end of that day."""
        return [t for kiosk in self._place.all for t in self._attendance(volunteer_id, day, kiosk).taps]

    def _attendance(self, volunteer_id: UUID, day: date, kiosk: str) -> Attendance:
        return self._log.catch_up(Attendance.of(volunteer_id, day, kiosk))

    # --- Writing it down ---

    def _sighting(self, token: str | None, reader: str, direction: Direction | None, reading: Reading) -> Sighting:
        return Sighting(token, reader, self._place.kiosk, direction, self._log.next_position(), reading)

    def _refuse(self, reason: Reason, volunteer_id: UUID | None, sighting: Sighting, recorded: datetime) -> Answer:
        day = self._rules.now().days.of(sighting.reading.at)
        refused = self._log.at_end(RefusedTaps.of(self._place.kiosk, day))
        refused.refuse(reason, volunteer_id, sighting, recorded)
        (event,) = self._log.append(refused)
        at, trust = sighting.reading.at, sighting.reading.trust
        return Answer("refused", at, event, reason, volunteer_id, None, trust)
