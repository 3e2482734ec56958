"""The controller behind the entrance screen: records each tap, then adds what the read models and people store hold.

The rule: the tap is in the log before anything else is read. Whatever fails after that, its part of the result is left
out.
"""

import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from devices.protocols.decoder import CardNumber, is_drawn_at_random
from domain.clock import TRUSTED
from domain.log.errors import LogError
from domain.policy import Policy
from domain.spans import Second, instant, second
from domain.use_cases.check_in import TapAnswer
from domain.use_cases.tap_meaning import EarlierTap
from kiosk.entrance.cards_ahead import READ_SECONDS, CardsAhead
from kiosk.entrance.service import StorageTrouble, TapResult
from kiosk.entrance.sources import EntranceSources, OwnDay
from kiosk.errors import UserError
from kiosk.joined_home.hub_trouble import HubTrouble
from kiosk.text.masking import mask
from kiosk.text.short_codes import compute_code
from kiosk.words.languages import LANGUAGES, STAFF
from kiosk.words.volunteer_words import Remark, ResultState
from projections.evaluation.attendance_state import (
    Arrival,
    compute_late_minutes,
    find_duty_for_arrival,
    find_presence_kind,
    is_attendance_of,
    serves_without_duty,
)
from projections.read_models.today import OwnDuty, OwnSession, Today

LOG = logging.getLogger(__name__)


class EntranceController:
    """Answers the entrance screen of one kiosk: an `EntranceService`."""

    def __init__(self, sources: EntranceSources) -> None:
        self._sources = sources
        self._cards_ahead = CardsAhead(sources.list_expected_cards, sources.door.read_ahead)

    # --- What the screen calls ---

    def limit_wait(self, seconds: float) -> None:
        """From now on wait at most so long for other programs that write."""
        self._sources.limit_wait(seconds)

    def record_tap(self, card: CardNumber, reader: str, read_at: datetime) -> TapResult:
        """Record a tap and build its result. Raises: StorageTrouble."""
        sources = self._sources
        try:
            reading = sources.clock.read()._replace(at=read_at)
            answer = sources.door.record_tap(
                sources.derive_token(card), reader, sources.find_direction(reader), reading
            )
        except LogError as trouble:
            raise StorageTrouble from trouble
        return self._build_result(answer, card)

    def record_unreadable(self, reader: str, *, foreign: bool = False) -> TapResult:
        """Record a presentation that gave no card number, or the number of no card of ours. Raises: StorageTrouble."""
        try:
            answer = self._sources.door.record_unreadable(reader, reason="unknown_card" if foreign else "unreadable")
        except LogError as trouble:
            raise StorageTrouble from trouble
        return self._build_result(answer, None)

    def check_refusals(self, unanswered: Mapping[str, int]) -> tuple[str, ...]:
        """Count cards without an answer, record what is due, list the readers of nonsense. Raises: StorageTrouble."""
        door = self._sources.door
        for reader, cards in unanswered.items():
            door.count_unanswered(reader, cards)
        try:
            door.record_refusal_sums()
        except LogError as trouble:
            raise StorageTrouble from trouble
        return door.list_nonsense_readers()

    def read_ahead(self) -> None:
        """Read what the next cards ask for, for some hundredths of a second, and wait for no other program."""
        self._sources.limit_wait(READ_SECONDS)
        self._cards_ahead.read_some(self.now().date())

    def is_storage_ready(self) -> bool:
        """Whether the log can be written now."""
        try:
            self._sources.probe_log()
        except LogError:
            return False
        return True

    def now(self) -> datetime:
        """Local time of day."""
        return self._sources.clock.now().astimezone(self._sources.zone)

    def is_clock_trusted(self) -> bool:
        """Whether the machine's clock can be trusted; a change of the clock that this reading shows is recorded."""
        monitor = self._sources.door.clock_monitor
        reading = monitor.rate(self._sources.clock.read())
        with suppress(LogError):  # the change is kept; a tap meanwhile shows that nothing can be written
            monitor.record_changes()
        return reading.trust in TRUSTED

    def find_hub_trouble(self) -> HubTrouble | None:
        """What is wrong between this kiosk and its hub, with a local time; nothing where that cannot be looked up."""
        try:
            trouble = self._sources.find_hub_trouble()
        except (LogError, UserError):
            LOG.exception("the entrance cannot find out how old its copy is")
            return None
        since = trouble and trouble.since
        return trouble and trouble._replace(since=since and since.astimezone(self._sources.zone))

    # --- The result of a tap ---

    def _build_result(self, answer: TapAnswer, card: CardNumber | None) -> TapResult:
        zone = self._sources.zone
        result = TapResult(_find_state(answer, card), answer.at.astimezone(zone), clock_trusted=answer.clock in TRUSTED)
        if answer.volunteer_id is None:
            return result
        earlier = answer.earlier and self._localise(answer.earlier)
        result = replace(result, since=answer.since and answer.since.astimezone(zone), earlier=earlier)
        with _leave_out("the event log"):
            result = self._add_receipt(result, answer.event)
        with _leave_out("the people store"):
            result = self._add_name(result, answer.volunteer_id)
        with _leave_out("the read models"):
            result = self._add_day(result, answer.volunteer_id, second(answer.at))
        return result  # noqa: RET504 - where a block fails it is what it was before

    def _add_receipt(self, result: TapResult, event: int | None) -> TapResult:
        """Add the short code of the head that holds the tap, where the unit shows it."""
        if event is None or self._sources.find_chain is None:
            return result
        return replace(result, receipt=f"#{event}:{compute_code(self._sources.find_chain(event))}")

    def _add_name(self, result: TapResult, volunteer_id: UUID) -> TapResult:
        """Add masked name and language."""
        people = self._sources.people
        name, stored_language = people.find_name(volunteer_id), people.find_language(volunteer_id)
        language = next((known for known in LANGUAGES if known == stored_language), STAFF)
        return replace(result, name=mask(name, self._sources.masking) if name else None, language=language)

    def _add_day(self, result: TapResult, volunteer_id: UUID, at: Second) -> TapResult:
        """Add hours and duty."""
        own_day = self._sources.own_day.load(volunteer_id, at)
        if own_day is None:
            return result
        result = self._add_hours_and_duty(result, own_day, at)
        asks_for_more = result.state == "already" and own_day.policy.show_own_hours
        return self._add_own_record(result, volunteer_id, at) if asks_for_more else result

    def _add_own_record(self, result: TapResult, volunteer_id: UUID, at: Second) -> TapResult:
        """Add the year and the next award (R-125); what cannot be looked up is left out."""
        own_day = self._sources.own_day
        with _leave_out("the award rules"):
            result = replace(result, year_minutes=own_day.sum_own_year(volunteer_id, at))
            result = replace(result, next_award=own_day.find_next_award(volunteer_id, at))
        return result  # noqa: RET504 - where the block fails it is what it was before

    def _add_hours_and_duty(self, result: TapResult, own_day: OwnDay, at: Second) -> TapResult:
        day, policy = own_day
        trouble = self.find_hub_trouble()
        result = replace(result, others_until=trouble and trouble.since)
        duty = find_duty_for_arrival(day.duties, at, policy)
        session = _find_session(day, duty, at, policy) if result.state == "checked_in" else None
        if session:
            return replace(result, session=session.title, month_minutes=day.month_minutes)
        remarks, minutes_off = _choose_remarks(day, duty, at, policy) if result.state == "checked_in" else ((), 0)
        return replace(
            result,
            remarks=remarks,
            minutes_off=minutes_off,
            duty=self._format_duty(duty) if duty else None,
            today_minutes=day.minutes,
            month_minutes=day.month_minutes,
        )

    def _format_duty(self, duty: OwnDuty) -> str:
        return duty.post or f"{self._to_local(duty.start):%H:%M}-{self._to_local(duty.end):%H:%M}"

    def _localise(self, earlier: EarlierTap) -> EarlierTap:
        again = self._to_local(_round_up_to_minute(second(earlier.counts_again_at)))
        return EarlierTap(earlier.outcome, earlier.at.astimezone(self._sources.zone), again)

    def _to_local(self, at: Second) -> datetime:
        return instant(at).astimezone(self._sources.zone)


@contextmanager
def _leave_out(source: str) -> Generator[None]:
    """A tap that is recorded has a result, without the part that fails in here, whatever fails: that is logged."""
    try:
        yield
    except Exception:
        LOG.exception("%s did not answer at the entrance", source)


def _round_up_to_minute(at: Second) -> Second:
    """The screen shows hours and minutes: a time from which taps count is rounded up, so that it is never too early."""
    return -(-at // 60) * 60


def _find_state(answer: TapAnswer, card: CardNumber | None) -> ResultState:
    match answer.outcome:
        case "duplicate":
            return "already"
        case "refused":
            if answer.reason == "unreadable_record":
                return "noted"
            if answer.reason == "unknown_card" and card and is_drawn_at_random(card):
                return "phone_card"
            return answer.reason or "unreadable"
        case outcome:
            return outcome


def _find_session(day: Today, duty: OwnDuty | None, at: Second, policy: Policy) -> OwnSession | None:
    """The session that an arrival belongs to; where it belongs to a duty, none (R-033)."""
    arrival = Arrival(at)
    if duty and is_attendance_of(arrival, duty, policy):
        return None
    return next((session for session in day.sessions if is_attendance_of(arrival, session, policy)), None)


def _choose_remarks(day: Today, duty: OwnDuty | None, at: Second, policy: Policy) -> tuple[tuple[Remark, ...], int]:
    """The remarks beside a check-in, and by how many minutes it is early or late; none of them refuses it.

    Only the arrival that made the duty late is remarked as late: a return from a break is not.
    """
    forgot: tuple[Remark, ...] = ("forgot_last_time",) if day.forgot_last_time else ()
    arrival = Arrival(at)
    if duty is None:
        kind = find_presence_kind(
            arrival, day.duties, day.events, None, is_flexible=serves_without_duty(day.mode, policy)
        )
        return (*forgot, "off_roster") if kind == "unplanned" else forgot, 0
    late = compute_late_minutes(at, duty.start, policy)
    if late and late == duty.late_minutes:
        return (*forgot, "late"), late
    if not is_attendance_of(arrival, duty, policy):
        return (*forgot, "early"), (duty.start - at) // 60
    return forgot, 0
