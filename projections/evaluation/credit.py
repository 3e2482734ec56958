"""The one function that gives credit: what every minute of a visit is worth, and why.

Everything that shows a minute gets it from here. Parts sum to the whole: the stretches of a visit cover it exactly,
and the minutes of visits, duties and hours add up to the same.
"""

from collections.abc import Sequence
from operator import attrgetter

import msgspec

from domain.model.visits import Visit
from domain.policy import Policy
from domain.spans import Second, Span, divide, subtract_all
from projections.evaluation.attendance_state import is_attendance_of, serves_without_duty
from projections.evaluation.facts import Person, UnitInForce
from projections.evaluation.reasons import Reason
from projections.evaluation.windows import Account, Window


class Stretch(msgspec.Struct, frozen=True):
    """Part of a visit. Credited to an account, or not credited for a reason."""

    start: Second
    end: Second | None
    """None only where the visit has no check-out."""
    reason: Reason | None
    account: Account | None


class VisitCredit(msgspec.Struct, frozen=True):
    """What a visit is worth."""

    minutes: int
    stretches: list[Stretch]


class CreditCalculator:
    """Credits the visits of one volunteer, in order of check-in, so that no minute counts twice."""

    def __init__(self, person: Person, unit: UnitInForce, windows: Sequence[Window]) -> None:
        self._person = person
        self._unit = unit
        self._duties: list[Window] = []
        self._others: list[Window] = []
        for window in windows:
            (self._duties if window.account.kind == "shift" else self._others).append(window)
        self._only = windows[0] if len(windows) == 1 and self._duties and not unit.sessions else None
        """The only window, of a duty, where no session can take a minute from it."""
        self._counted: list[Span] = []

    def credit(self, visit: Visit, now: Second) -> VisitCredit:
        """What one visit is worth; while it is open it has no minutes and no stretches."""
        policy = self._unit.policies.on(visit.day)
        if visit.void:
            return self._withhold_all(visit, visit.void)
        if visit.check_out is None:
            return self._credit_unfinished(visit, policy, now)
        status = self._person.standing(visit.day)
        if status != "in_service":
            return self._withhold_all(visit, status)
        return self._credit_closed(visit, visit.check_out, policy)

    def _withhold_all(self, visit: Visit, reason: Reason) -> VisitCredit:
        return VisitCredit(0, [Stretch(visit.check_in, visit.check_out, reason, None)])

    def _credit_unfinished(self, visit: Visit, policy: Policy, now: Second) -> VisitCredit:
        """R-035: nothing, unless a policy of the unit credits the full duty and no more."""
        if now < self._unit.days.end(visit.day):
            return VisitCredit(0, [])
        is_credited = policy.missing_checkout_credit == "shift_end" and self._person.standing(visit.day) == "in_service"
        if is_credited and (ends := self._find_shift_end(visit, policy)):
            found = self._credit_closed(visit, ends, policy)
            return VisitCredit(found.minutes, [*found.stretches, Stretch(ends, None, "no_check_out", None)])
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
        if self._only and not self._counted and (credited := self._credit_alone(span, self._only, policy)):
            self._counted.append(span)
            return credited
        left: list[Span] = [span]
        again: list[Span] = []
        if self._counted:
            left = subtract_all(left, self._counted)
            again = subtract_all([span], left)
        taken, left = self._allocate(left, visit.day, policy)
        self._counted.append(span)
        minutes = self._add_to_accounts(taken, visit, policy)
        if left or again:
            reason = self._find_reason_outside(policy)
            taken += [Stretch(start, end, reason, None) for start, end in left + again]
        if len(taken) > 1:
            taken.sort(key=_START)
        return VisitCredit(minutes, taken)

    def _credit_alone(self, span: Span, window: Window, policy: Policy) -> VisitCredit | None:
        """The first visit beside the only window: nothing comes before, and no minute waits for another window.

        None where they do not meet, or training, the grace or a policy without a cap has a say.
        """
        (check_in, check_out), account = span, window.account
        first, last = max(check_in, window.start), min(check_out, window.end)
        if first >= last or first < max(self._find_trainings(account, policy)) or not policy.cap_to_shift:
            return None
        if policy.credit_from_scheduled_start_within_grace and window.start < check_in:
            return None
        account.seconds = last - first
        reason = self._find_reason_outside(policy)
        stretches = [Stretch(check_in, first, reason, None)] if check_in < first else []
        stretches.append(Stretch(first, last, None, account))
        if last < check_out:
            stretches.append(Stretch(last, check_out, reason, None))
        return VisitCredit(account.minutes, stretches)

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
                taken += self._split_at_training(piece, first, policy)
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
        basic, special = self._find_trainings(account, policy)
        if start >= basic and start >= special:
            return [Stretch(start, end, None, account)]
        cuts = (
            Stretch(start, min(end, basic), "before_training", None),
            Stretch(max(start, basic), min(end, special), "no_special_training", None),
            Stretch(max(start, basic, special), end, None, account),
        )
        return [cut for cut in cuts if cut.end is not None and cut.start < cut.end]

    def _find_trainings(self, account: Account, policy: Policy) -> tuple[Second, Second]:
        """From when on basic and special training count for an account."""
        if not policy.require_training:
            return 0, 0
        return self._person.basic_from, self._person.find_special_from(account.category)

    def _find_reason_outside(self, policy: Policy) -> Reason:
        """Why a presence in no window counts for nothing."""
        return "closed_hours" if serves_without_duty(self._person.mode, policy) else "unscheduled"

    def _add_to_accounts(self, taken: list[Stretch], visit: Visit, policy: Policy) -> int:
        """Add credit to its accounts; the visit's minutes are what the floored accounts grew by."""
        minutes = 0
        for stretch in taken:
            account, end = stretch.account, stretch.end
            if account is not None and end is not None:
                before = account.seconds // 60
                if policy.credit_from_scheduled_start_within_grace and stretch.start == visit.check_in:
                    account.seconds += self._compute_grace(account, visit, policy)
                account.seconds += end - stretch.start
                minutes += account.seconds // 60 - before
        return minutes

    def _compute_grace(self, account: Account, visit: Visit, policy: Policy) -> int:
        """Seconds from the scheduled start to an arrival within the grace (R-020)."""
        starts = (window.start for window in self._duties if window.account is account)
        late = visit.check_in - next(starts, visit.check_in)
        return late if not account.seconds and 0 < late <= policy.grace_minutes_in * 60 else 0


_START = attrgetter("start")
