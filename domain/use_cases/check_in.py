"""What happens at the door: load, decide, save. Every tap is recorded before the volunteer is shown an answer.

The decision needs no read model: it folds the volunteer's own short streams of the day, of this kiosk and of those
copied from other kiosks. So it costs the same after ten years, and is the same after any crash.
"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from domain.clock import UNSYNCHRONISED, Clock, Reading, to_the_second
from domain.errors import InTheFuture
from domain.ids import card_stream
from domain.log.event_log import EventLog
from domain.log.gc_pause import PausedCollection
from domain.model.attendance import Attendance, CardReadAtKiosk, RefusedTaps, ShownOutcome
from domain.model.card import Card
from domain.model.kiosk_clock import BootsPutRight
from domain.model.standing import Standing
from domain.model.visits import Direction
from domain.model.volunteer import Volunteer
from domain.spans import NEVER, Second, instant, second
from domain.use_cases.clock_monitor import ClockMonitor
from domain.use_cases.corrected_taps import CorrectedTaps
from domain.use_cases.kiosk_place import KioskPlace
from domain.use_cases.refusal_sums import RefusalSum, RefusalSums
from domain.use_cases.tap_meaning import EarlierTap, TapMeanings
from domain.use_cases.unit_rules import CurrentRules, UnitRules

TapOutcome = Literal["checked_in", "checked_out", "duplicate", "unmatched", "noted", "refused"]
TapRefusalReason = Literal[
    "unknown_card",
    "revoked_card",
    "suspended",
    "agreement_ended",
    "before_agreement",
    "unreadable",
    "unreadable_record",
]
"""`unreadable`: the card; `unreadable_record`: what the log holds of it."""
UnreadReason = Literal["unreadable", "unknown_card"]
"""Why there is no card number: it could not be read, or what was read is no card of ours."""

OUTCOMES: dict[ShownOutcome, TapOutcome] = {
    "checked_in": "checked_in",
    "checked_out": "checked_out",
    "repeated": "duplicate",
    "unmatched": "unmatched",
    "noted": "noted",
}


class TapAnswer(msgspec.Struct, frozen=True):
    """What a tap came to. It is in the log when this exists, unless it is a refusal that is only counted."""

    outcome: TapOutcome
    at: datetime
    """When the card was seen, UTC: as the clock showed it, or as that is known to be right."""
    event: int | None
    """Where the log holds it; None for a refusal that is counted, and recorded in a sum."""
    reason: TapRefusalReason | None = None
    """Why a tap was refused."""
    volunteer_id: UUID | None = None
    since: datetime | None = None
    """When the visit began to which the tap belongs, where it belongs to one."""
    clock: str = "ok"
    """How far `at` is trusted: see `domain.clock.Reading.trust`."""
    earlier: EarlierTap | None = None
    """Of a duplicate, where it is known: what it comes too soon after."""


class Door:
    """The use cases of a kiosk."""

    def __init__(
        self, log: EventLog, place: KioskPlace, clock: Clock, clock_monitor: ClockMonitor | None = None
    ) -> None:
        """`clock_monitor`: of this kiosk, where there is one already."""
        self._log = log
        self._place = place
        self._clock = clock
        self._rules = UnitRules(log)
        self._taps = CorrectedTaps(log, place.list_all)
        self._meanings = TapMeanings(log, self._taps)
        self.clock_monitor = clock_monitor or ClockMonitor(log, place.kiosk)
        """Changes of the clock wait in it until the caller has time to record them."""
        self.refusal_sums: RefusalSums | None = None
        """Counts the refusals of unknown or unreadable cards at a door with readers; None records each of them."""

    def record_tap(
        self,
        token: str,
        reader: str,
        direction: Direction | None = None,
        reading: Reading | None = None,
        recorded: datetime | None = None,
    ) -> TapAnswer:
        """A card was seen. `reading` and `recorded` default to now.

        Raises:
            InTheFuture: the tap would have happened after it is written down, by a clock that is trusted.
            LogError: it could not be written; nothing happened.
        """
        reading = self.clock_monitor.rate(reading or self._clock.read())
        recorded = recorded or self.clock_monitor.find_recorded_at(reading, self._clock.now())
        if to_the_second(reading.at) > recorded and reading.trust != UNSYNCHRONISED:
            raise InTheFuture(reading.at, recorded)
        with PausedCollection(), self._log.writing():
            card_read = self._build_card_read(token, reader, direction, reading)
            limit = _find_knowledge_limit(reading)
            held = self._find_holder(token, limit)
            if not isinstance(held, UUID):
                return self._refuse(held, None, card_read, recorded)
            return self._record_known(held, card_read, recorded, limit)

    def record_unreadable(
        self, reader: str, reading: Reading | None = None, reason: UnreadReason = "unreadable"
    ) -> TapAnswer:
        """Record a presentation that gave no card number, so that it can be found later."""
        reading = self.clock_monitor.rate(reading or self._clock.read())
        with self._log.writing():
            card_read = self._build_card_read(None, reader, None, reading)
            return self._refuse(
                reason, None, card_read, self.clock_monitor.find_recorded_at(reading, self._clock.now())
            )

    def read_ahead(self, token: str, day: date) -> None:
        """Have at hand what a tap of this card asks for, so that the first one of a service day waits for no disk.

        Raises: LogError; the tap reads it itself.
        """
        with self._log.writing():
            card, _ = self._log.load_known(Card, card_stream(token), at_once=True)
            if card and card.holder:
                self._log.load_known(Volunteer, card.holder, at_once=True)
                self._meanings.read_ahead(card.holder, day.toordinal(), self._rules.load())

    # --- A reader that sends nonsense ---

    def count_unanswered(self, reader: str, cards: int) -> None:
        """Count cards that were not looked up, because more came than can be answered."""
        if self.refusal_sums:
            reading = self.clock_monitor.rate(self._clock.read())
            card_read = CardReadAtKiosk(None, reader, self._place.kiosk, None, 0, reading)
            self.refusal_sums.count("unanswered", card_read, cards)

    def record_refusal_sums(self, *, ends: bool = False) -> None:
        """Record the sums that are due; all that wait where the program `ends`. Raises: LogError, and they wait on."""
        if not (sums := self.refusal_sums):
            return
        for total in sums.list_all() if ends else sums.list_due(self._clock.read().boot_ns):
            self._record_sum(total)
            sums.forget(total)

    def list_nonsense_readers(self) -> tuple[str, ...]:
        """The readers that send nonsense now, by name."""
        return self.refusal_sums.list_nonsense_readers(self._clock.read().boot_ns) if self.refusal_sums else ()

    def _record_sum(self, total: RefusalSum) -> None:
        reading = total.last.reading
        with self._log.writing():
            last = msgspec.structs.replace(total.last, card=None, seq=self._log.next_position())
            recorded = self.clock_monitor.find_recorded_at(reading, self._clock.now())
            refused = self._log.move_to_end(RefusedTaps.of(self._place.kiosk, self._find_day(reading)))
            refused.record_sum(total.reason, total.count, total.first.reading.at, last, recorded)
            self._log.append(refused)

    # --- Whose card it is ---

    def _find_holder(self, token: str, upto: Second) -> UUID | TapRefusalReason:
        """Who held the card at that moment, by what was recorded up to then, or why it counts for nothing."""
        card, undecodable = self._log.load_known(Card, card_stream(token))
        if undecodable:
            return "unreadable_record"
        held = card.find_holding(upto) if card else None
        if held is None:
            return "unknown_card"
        return held.holder or "revoked_card"

    # --- What it means ---

    def _record_known(
        self, volunteer_id: UUID, card_read: CardReadAtKiosk, recorded: datetime, limit: Second
    ) -> TapAnswer:
        rules = self._rules.load()
        at = self._taps.find_instant(card_read.kiosk, card_read.reading)
        as_shown = card_read.build_tap()
        tap, trust = as_shown.correct(at), card_read.reading.trust
        known = at if trust == UNSYNCHRONISED else second(recorded)
        shown, since, earlier = self._meanings.interpret(volunteer_id, tap, rules, known)
        if shown == "checked_in":
            standing = self._find_standing(volunteer_id, rules.days.ordinal(at), trust, limit)
            if standing != "in_service":
                return self._refuse(standing, volunteer_id, card_read, recorded)
        day = date.fromordinal(rules.days.ordinal(as_shown.at))
        attendance = self._log.move_to_end(Attendance.of(volunteer_id, day, card_read.kiosk))
        attendance.record(shown, volunteer_id, card_read, recorded)
        event, *_ = self._log.append(attendance, *self._name_corrected_boot(card_read, instant(at), rules, recorded))
        self._meanings.keep(volunteer_id, tap, attendance)
        return TapAnswer(OUTCOMES[shown], instant(at), event, None, volunteer_id, since, trust, earlier)

    def _find_standing(self, volunteer_id: UUID, day: int, trust: str, limit: Second) -> Standing:
        """How the volunteer stood by what was recorded then; with undecodable events, as in service.

        A clock that is behind shows a day before every agreement: the tap counts once the clock is put right.
        """
        volunteer, undecodable = self._log.load_known(Volunteer, volunteer_id)
        if undecodable:
            return "in_service"
        standing = volunteer.find_known_standing(day, limit) if volunteer else "agreement_ended"
        return "in_service" if standing == "before_agreement" and trust == UNSYNCHRONISED else standing

    # --- Writing it down ---

    def _build_card_read(
        self, token: str | None, reader: str, direction: Direction | None, reading: Reading
    ) -> CardReadAtKiosk:
        return CardReadAtKiosk(token, reader, self._place.kiosk, direction, self._log.next_position(), reading)

    def _name_corrected_boot(
        self, card_read: CardReadAtKiosk, counts: datetime, rules: CurrentRules, recorded: datetime
    ) -> list[BootsPutRight]:
        """A tap stands on the day that the clock shows; where it counts on another, its session is named there."""
        kiosk, shown = card_read.kiosk, card_read.reading.at
        if counts == shown or (counts_on := rules.days.of(counts)) == rules.days.of(shown):
            return []
        named = BootsPutRight.of(kiosk, kiosk, counts_on)
        self._log.catch_up_lenient(named)
        named.record_boot(kiosk, card_read.reading.boot, counts, recorded)
        return [named]

    def _refuse(
        self, reason: TapRefusalReason, volunteer_id: UUID | None, card_read: CardReadAtKiosk, recorded: datetime
    ) -> TapAnswer:
        at, trust = instant(self._taps.find_instant(card_read.kiosk, card_read.reading)), card_read.reading.trust
        if (
            self.refusal_sums
            and reason in ("unknown_card", "unreadable")
            and self.refusal_sums.count(reason, card_read)
        ):
            return TapAnswer("refused", at, None, reason, None, None, trust)
        refused = self._log.move_to_end(RefusedTaps.of(self._place.kiosk, self._find_day(card_read.reading)))
        refused.refuse(reason, volunteer_id, card_read, recorded)
        (event,) = self._log.append(refused)
        return TapAnswer("refused", at, event, reason, volunteer_id, None, trust)

    def _find_day(self, reading: Reading) -> date:
        return self._rules.load().days.of(reading.at)


def _find_knowledge_limit(reading: Reading) -> Second:
    """Up to when records count for a tap: when it was read, or all there are where the clock was unsynchronised."""
    return NEVER if reading.trust == UNSYNCHRONISED else second(reading.at)
