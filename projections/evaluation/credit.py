"""The one function that gives credit: what every minute of a visit is worth, and why.

Everything that shows a minute gets it from here. Parts sum to the whole: the stretches of a visit cover it exactly,
and the minutes of visits, duties and hours add up to the same.
"""

from collections.abc import Sequence
from operator import attrgetter

import msgspec

from domain.model.visits import Visit
from domain.policy import Policy
from domain.spans import Second, Span, divide, overlap, subtract_all
from projections.evaluation.attendance_state import is_attendance_of, serves_without_duty
from projections.evaluation.facts import Person, UnitInForce
from projections.evaluation.reasons import CreditParameter, Reason
from projections.evaluation.windows import Account, Window


class Stretch(msgspec.Struct, frozen=True):
    """Part of a visit. Credited to an account, or not credited for a reason."""

    start: Second
    end: Second | None
    """None only where the visit has no check-out."""
    reason: Reason | None
    account: Account | None
    parameter: CreditParameter | None = None
    """Of the policy, where it is credited and no recorded presence inside a window is what counts."""


UncreditedSpan = tuple[Second, Second | None, Reason]
"""Part of a visit that counts for nothing, and why; its end is None where the visit has none."""
VisitCredit = tuple[int, list[Stretch], Sequence[Stretch]]
"""What a visit is worth: its minutes, its stretches, and what the grace credits before it."""
NO_GRACE: Sequence[Stretch] = ()


class CreditCalculator:
    """Credits the visits of one volunteer, in order of check-in, so that no minute counts twice."""

    def __init__(self, person: Person, unit: UnitInForce, windows: Sequence[Window]) -> None:
        self._person = person
        self._unit = unit
        self._duties = [window for window in windows if window.account.kind == "shift"]
        self._others = windows[len(self._duties) :]
        self._counted: list[Span] = []
        """Presence, and what the grace credited before it."""

    def credit(self, visit: Visit, now: Second) -> VisitCredit:
        """What one visit is worth; while it is open it has no minutes and no stretches."""
        if visit.void:
            return self._withhold_all(visit, visit.void)
        day, check_out = visit.day, visit.check_out
        policy = self._unit.policies.on(day)
        if check_out is None:
            return self._credit_unfinished(visit, policy, now)
        status = self._person.standing(day)
        if status != "in_service":
            return self._withhold_all(visit, status)
        return self._credit_closed(visit, check_out, policy)

    def _withhold_all(self, visit: Visit, reason: Reason) -> VisitCredit:
        return 0, [Stretch(visit.check_in, visit.check_out, reason, None)], NO_GRACE

    def _credit_unfinished(self, visit: Visit, policy: Policy, now: Second) -> VisitCredit:
        """R-035: nothing, unless a policy of the unit credits the full duty and no more."""
        if now < self._unit.days.end(visit.day):
            return 0, [], NO_GRACE
        is_credited = policy.missing_checkout_credit == "shift_end" and self._person.standing(visit.day) == "in_service"
        if is_credited and (ends := self._find_shift_end(visit, policy)):
            capped = msgspec.structs.replace(policy, cap_to_shift=True)
            minutes, stretches, grace = self._credit_closed(visit, ends, capped)
            assumed = [_set_parameter(one, "missing_checkout_credit") if one.account else one for one in stretches]
            return minutes, [*assumed, Stretch(ends, None, "no_check_out", None)], grace
        return self._withhold_all(visit, "session" if self._is_at_session(visit, policy) else "no_check_out")

    def _is_at_session(self, visit: Visit, policy: Policy) -> bool:
        """Whether a visit without check-out is attendance of a session and of no duty: no minute waits for its end."""
        sessions = self._unit.list_sessions(self._person.key, visit.day)
        return any(is_attendance_of(visit, session, policy) for session in sessions) and not any(
            is_attendance_of(visit, duty, policy) for duty in self._duties
        )

    def _find_shift_end(self, visit: Visit, policy: Policy) -> Second | None:
        ends = [window.end for window in self._duties if is_attendance_of(visit, window, policy)]
        return max(ends, default=None)

    # --- A closed visit ---

    def _credit_closed(self, visit: Visit, check_out: Second, policy: Policy) -> VisitCredit:
        span = (visit.check_in, check_out)  # others may cover it where the desk and a late tap cross
        left: list[Span] = [span]
        again: list[Span] = []
        if self._counted:
            left = subtract_all(left, self._counted)
            again = subtract_all([span], left)
        taken, left = self._allocate(left, visit.day, policy)
        self._counted.append(span)
        minutes, grace = self._add_to_accounts(taken, visit, policy)
        if left or again:
            reason = find_reason_outside(self._person, policy)
            taken += [Stretch(start, end, reason, None) for start, end in left + again]
        if len(taken) > 1:
            taken.sort(key=_START)
        return minutes, taken, grace

    def _allocate(self, left: list[Span], day: int, policy: Policy) -> tuple[list[Stretch], list[Span]]:
        """What of a presence the windows take, each minute by the first that covers it, and what they leave.

        Shifts come first, then sessions, whose minutes are no service (R-033), then events and opening hours.
        """
        taken, left, first = self._fill_windows(self._duties, left, day, policy)
        for session in self._unit.list_sessions(self._person.key, day) if self._unit.sessions else ():
            pieces, left = divide(left, (session.start, session.end))
            taken += [Stretch(start, end, "session", None) for start, end in pieces]
        if self._others:
            of_others, left, of_other = self._fill_windows(self._others, left, day, policy)
            taken += of_others
            first = first or of_other
        if first and not policy.cap_to_shift:
            for piece in left:
                beyond = self._split_at_training(piece, first, policy)
                taken += [_set_parameter(one, "cap_to_shift") if one.account else one for one in beyond]
            left = []
        return taken, left

    def _fill_windows(
        self, windows: Sequence[Window], left: list[Span], day: int, policy: Policy
    ) -> tuple[list[Stretch], list[Span], Account | None]:
        """As `_allocate`, and the account of the first window that covers something."""
        taken: list[Stretch] = []
        first: Account | None = None
        for window in windows:
            if window.for_day is not None and window.for_day != day:
                continue
            pieces, left = divide(left, (window.start, window.end))
            for piece in pieces:
                first = first or window.account
                taken += self._split_at_training(piece, window.account, policy)
        return taken, left, first

    def _split_at_training(self, piece: Span, account: Account, policy: Policy) -> list[Stretch]:
        """Cut a piece where training begins to count (R-002, R-005)."""
        start, end = piece
        basic, special = _find_trainings(account.category, self._person, policy)
        if start >= basic and start >= special:
            return [Stretch(start, end, None, account)]
        cuts = (
            Stretch(start, min(end, basic), "before_training", None),
            Stretch(max(start, basic), min(end, special), "no_special_training", None),
            Stretch(max(start, basic, special), end, None, account),
        )
        return [cut for cut in cuts if cut.end is not None and cut.start < cut.end]

    def _add_to_accounts(self, taken: list[Stretch], visit: Visit, policy: Policy) -> tuple[int, Sequence[Stretch]]:
        """Add credit to its accounts, with the grace; the visit's minutes are what the floored accounts grew by."""
        minutes, grace = 0, NO_GRACE
        for stretch in taken:
            account, end = stretch.account, stretch.end
            if account is not None and end is not None:
                before = account.seconds // 60
                if policy.credit_from_scheduled_start_within_grace and stretch.start == visit.check_in:
                    grace = self._find_grace(account, visit, policy)
                    account.seconds += sum(span.end - span.start for span in grace if span.end is not None)
                account.seconds += end - stretch.start
                minutes += account.seconds // 60 - before
        return minutes, grace

    def _find_grace(self, account: Account, visit: Visit, policy: Policy) -> Sequence[Stretch]:
        """From the scheduled start to an arrival within the grace (R-020).

        Not those before training counts (R-002), nor of an earlier presence, which was credited where it counts.
        """
        starts = (window.start for window in self._duties if window.account is account)
        start = next(starts, visit.check_in)
        if account.seconds or not 0 < visit.check_in - start <= policy.grace_minutes_in * 60:
            return NO_GRACE
        missed = (max(start, *_find_trainings(account.category, self._person, policy)), visit.check_in)
        if missed[0] >= missed[1]:
            return NO_GRACE
        left = subtract_all([missed], self._counted)
        self._counted.append(missed)
        return [Stretch(*span, None, account, "credit_from_scheduled_start_within_grace") for span in left]


_START = attrgetter("start")


def _set_parameter(stretch: Stretch, parameter: CreditParameter) -> Stretch:
    return msgspec.structs.replace(stretch, parameter=parameter)


def find_credited_span(presence: Span, duty: Span, category: str | None, person: Person, policy: Policy) -> Span | None:
    """What of the only visit counts by the only window, a duty.

    None where they do not meet, or training, the grace or a policy without a cap has a say.
    """
    credited = overlap(presence, duty)
    basic, special = _find_trainings(category, person, policy)
    if credited is None or not policy.cap_to_shift or credited[0] < basic or credited[0] < special:
        return None
    return None if policy.credit_from_scheduled_start_within_grace and duty[0] < presence[0] else credited


def find_reason_outside(person: Person, policy: Policy) -> Reason:
    """Why a presence in no window counts for nothing."""
    return "closed_hours" if serves_without_duty(person.mode, policy) else "unscheduled"


def _find_trainings(category: str | None, person: Person, policy: Policy) -> tuple[Second, Second]:
    """From when on basic and special training count for a duty of a category."""
    return (person.basic_from, person.find_special_from(category)) if policy.require_training else (0, 0)
