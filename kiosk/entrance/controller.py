"""Between the door and the screen: a card goes to the door, and what the read models know is added to its answer.

The tap is in the log before anything else is asked. Whatever the read models or the people store cannot say then is
left out.
"""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from devices.protocols.decoder import CardNumber, is_drawn_at_random
from domain.clock import TRUSTED, to_the_second
from domain.log.errors import LogError
from domain.policy import Policy
from domain.spans import Second, instant, second
from domain.use_cases.check_in import TapAnswer
from domain.use_cases.unit_rules import CurrentRules, UnitRules
from kiosk.entrance.service import StorageTrouble, TapResult
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.masking import mask
from kiosk.words.languages import LANGUAGES, STAFF
from kiosk.words.volunteer_words import Remark, ResultState
from projections.evaluation.attendance_state import (
    Arrival,
    compute_late_minutes,
    find_duty_for_arrival,
    find_presence_kind,
    is_attendance_of,
)
from projections.read_models.today import OwnDuty, Today, load_today

LOG = logging.getLogger(__name__)


class EntranceController:
    """Answers the entrance for one home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._rules = UnitRules(home.log)

    # --- What the entrance asks ---

    def record_tap(self, card: CardNumber, reader: str, read_at: datetime) -> TapResult:
        """Write a tap down and say what it came to. Raises: StorageTrouble."""
        home = self._home
        try:
            reading = replace(home.clock.read(), at=to_the_second(read_at))
            answer = home.door.record_tap(
                home.derive_token(card), reader, home.settings.find_direction(reader), reading
            )
        except LogError as trouble:
            raise StorageTrouble from trouble
        return self._build_result(answer, card)

    def record_unreadable(self, reader: str) -> TapResult:
        """Write down that something was presented that is no card. Raises: StorageTrouble."""
        try:
            answer = self._home.door.record_unreadable(reader)
        except LogError as trouble:
            raise StorageTrouble from trouble
        return self._build_result(answer, None)

    def is_storage_ready(self) -> bool:
        """Whether the log can be written now."""
        try:
            self._home.log.probe()
        except LogError:
            return False
        return True

    def now(self) -> datetime:
        """Local time of day."""
        return self._home.clock.now().astimezone(self._home.zone)

    def is_clock_trusted(self) -> bool:
        """Whether the machine's clock can be trusted; what this look at it shows besides is written down."""
        watch = self._home.door.clock_monitor
        reading = watch.rate(self._home.clock.read())
        with suppress(LogError):  # it waits; whoever taps meanwhile is told that nothing can be written
            watch.record_changes()
        return reading.trust in TRUSTED

    # --- What it is told ---

    def _build_result(self, answer: TapAnswer, card: CardNumber | None) -> TapResult:
        result = TapResult(
            _find_state(answer, card), answer.at.astimezone(self._home.zone), clock_trusted=answer.clock in TRUSTED
        )
        if answer.volunteer_id is None:
            return result
        since = answer.since and answer.since.astimezone(self._home.zone)
        result = self._add_name(replace(result, since=since), answer.volunteer_id)
        return self._add_day(result, answer)

    def _add_name(self, result: TapResult, who: UUID) -> TapResult:
        """Add name and language; without the people store the result names nobody."""
        people, style = self._home.people, self._home.settings.masking
        try:
            name, spoken = people.find_name(who), people.find_language(who)
        except UserError:
            LOG.exception("the people store did not answer at the entrance")
            return result
        language = next((known for known in LANGUAGES if known == spoken), STAFF)
        return replace(result, name=mask(name, style) if name else None, language=language)

    def _add_day(self, result: TapResult, answer: TapAnswer) -> TapResult:
        """Add hours and duty; without the read models the result stands as it is."""
        try:
            rules = self._rules.load()
            self._home.views.catch_up(max(second(answer.at), self._home.now_second()))
            key = answer.volunteer_id and self._home.views.find_key(answer.volunteer_id)
            if key is None:
                return result
            day = load_today(self._home.views, key, rules.days.ordinal(second(answer.at)))
        except Exception:
            LOG.exception("the read models did not answer at the entrance")
            return result
        return self._add_hours_and_duty(result, day, second(answer.at), rules)

    def _add_hours_and_duty(self, result: TapResult, day: Today, at: Second, rules: CurrentRules) -> TapResult:
        policy = rules.policies.on(rules.days.ordinal(at))
        duty = find_duty_for_arrival(day.duties, at, policy)
        remarks, minutes_off = _choose_remarks(day, duty, at, policy) if result.state == "checked_in" else ((), 0)
        again = day.last_change and self._to_local(_round_up_to_minute(day.last_change + policy.debounce_seconds))
        return replace(
            result,
            remarks=remarks,
            minutes_off=minutes_off,
            duty=self._format_duty(duty) if duty else None,
            today_minutes=day.minutes,
            month_minutes=day.month_minutes,
            counts_again_at=again if result.state == "already" else None,
        )

    def _format_duty(self, duty: OwnDuty) -> str:
        return duty.post or f"{self._to_local(duty.start):%H:%M}-{self._to_local(duty.end):%H:%M}"

    def _to_local(self, at: Second) -> datetime:
        return instant(at).astimezone(self._home.zone)


def _round_up_to_minute(at: Second) -> Second:
    """The screen says hours and minutes: a promise is rounded up, so that it holds."""
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


def _choose_remarks(day: Today, duty: OwnDuty | None, at: Second, policy: Policy) -> tuple[tuple[Remark, ...], int]:
    """The remarks beside a check-in, and by how many minutes it is early or late; none of them refuses it.

    Late is the arrival that made the duty late: a return from a break is not.
    """
    forgot: tuple[Remark, ...] = ("forgot_last_time",) if day.forgot_last_time else ()
    arrival = Arrival(at)
    if duty is None:
        kind = find_presence_kind(arrival, day.duties, day.events, None, is_flexible=day.mode == "flexible")
        return (*forgot, "off_roster") if kind == "unplanned" else forgot, 0
    late = compute_late_minutes(at, duty, policy)
    if late and late == duty.late_minutes:
        return (*forgot, "late"), late
    if not is_attendance_of(arrival, duty, policy):
        return (*forgot, "early"), (duty.start - at) // 60
    return forgot, 0
