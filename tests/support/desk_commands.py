"""What a coordinator does, as a diary says it: `office.shift("S1", "2026-11-19 09:00", "12:00", ANN)`.

Everything happens when the office's clock says; refusals come out as they are.
"""

from datetime import date
from uuid import UUID

from domain.act import Act
from domain.ids import compute_card_token
from domain.model.planned_period import Plan
from domain.model.training import Training
from domain.model.unit_session import SessionKind, SessionPlan
from domain.use_cases.desk import Desk
from tests.support.people import CATEGORY, NOTE, local_time, span


def card_token_of(who: UUID) -> str:
    """The token of the card that a person is given at first."""
    return compute_card_token(b"no secret", "A", who.bytes[:4])


class DeskCommands:
    """Every command of the desk in one line."""

    desk: Desk

    @property
    def act(self) -> Act:
        """Who does it, and when."""
        raise NotImplementedError

    # --- People and cards ---

    def onboard(self, who: UUID, mode: str = "rostered") -> None:
        """Enrolled, trained, and given a card."""
        self.enrol(who, mode)
        self.train(who, "basic")
        self.train(who, "special")
        self.issue(who)

    def enrol(self, who: UUID, mode: str = "rostered", since: str = "2024-01-02") -> None:
        self.desk.enrol(who, mode, date.fromisoformat(since), self.act)

    def train(self, who: UUID, kind: str, on: str = "2024-01-10") -> None:
        training = Training(kind, CATEGORY if kind == "special" else None, on, None, None)
        self.desk.complete_training(who, training, None, self.act)

    def issue(self, who: UUID, card: str | None = None) -> None:
        self.desk.issue_card(who, card or card_token_of(who), "A", self.act)

    def revoke(self, whose: UUID) -> None:
        self.desk.revoke_card(card_token_of(whose), NOTE, self.act)

    def renew(self, who: UUID, since: str) -> None:
        self.desk.renew_agreement(who, date.fromisoformat(since), self.act)

    def end(self, who: UUID, on: str) -> None:
        self.desk.end_agreement(who, date.fromisoformat(on), NOTE, self.act)

    def suspend(self, who: UUID, since: str) -> None:
        self.desk.suspend(who, date.fromisoformat(since), self.act)

    def resume(self, who: UUID, on: str) -> None:
        self.desk.resume(who, date.fromisoformat(on), self.act)

    def assess(self, who: UUID, period_end: str, score: float) -> None:
        self.desk.assess(who, date.fromisoformat(period_end), score, self.act)

    def report_misconduct(self, who: UUID, on: str) -> None:
        self.desk.report_misconduct(who, date.fromisoformat(on), NOTE, self.act)

    def counsel(self, who: UUID, rule: str) -> None:
        self.desk.counsel(who, rule, NOTE, self.act)

    def decide(self, who: UUID, rule: str, decision: str = "keep") -> None:
        self.desk.decide_exit(who, rule, decision, NOTE, self.act)

    def insure(self, *who: UUID, since: str, until: str | None = None) -> None:
        period = (date.fromisoformat(since), date.fromisoformat(until) if until else None)
        self.desk.enrol_insurance(who, period, lambda _: NOTE, self.act)

    def retract(self, position: int) -> None:
        self.desk.retract(position, NOTE, self.act)

    # --- Rules and roster ---

    def import_closed_days(self, *days: str) -> None:
        """The office days of a year are known: it is closed on these."""
        closed = [date.fromisoformat(day) for day in days]
        self.desk.import_calendar(closed[0].year, "office days", closed, self.act)

    def adopt_policy(self, effective_from: str, **changes: object) -> None:
        self.desk.adopt_policy(date.fromisoformat(effective_from), changes, self.act)

    def schedule_shift(
        self, name: str, start: str, end: str, *who: UUID, is_long: bool = False, category: str | None = None
    ) -> None:
        self.desk.schedule_shift(name, Plan(*span(start, end), category, long=is_long), who, self.act)

    def schedule_event(self, name: str, start: str, end: str, *listed: UUID) -> None:
        self.desk.schedule_event(name, Plan(*span(start, end)), listed or None, self.act)

    def schedule_session(
        self, name: str, start: str, end: str, *listed: UUID, kind: SessionKind = "meeting", hours: float | None = None
    ) -> None:
        training = "in_service" if kind == "training" else None
        plan = SessionPlan(kind, "志工會議", *span(start, end), listed or None, training, None, hours)
        self.desk.schedule_session(name, plan, None, self.act)

    def cancel_session(self, name: str) -> None:
        self.desk.cancel_session(name, NOTE, self.act)

    def add_session_attendance(self, name: str, who: UUID) -> None:
        self.desk.add_session_attendance(name, who, NOTE, self.act)

    def assign(self, name: str, who: UUID) -> None:
        self.desk.assign(name, who, self.act)

    def unassign(self, name: str, who: UUID) -> None:
        self.desk.unassign(name, who, self.act)

    def change_shift(self, name: str, start: str, end: str) -> None:
        self.desk.change_shift(name, *span(start, end), self.act)

    def cancel_shift(self, name: str) -> None:
        self.desk.cancel_shift(name, NOTE, self.act)

    def swap(self, name: str, giver: UUID, taker: UUID, back: str | None = None, *, retroactive: bool = False) -> None:
        self.desk.swap((name, back), (giver, taker), NOTE, self.act, retroactive=retroactive)

    def request_leave(self, name: str, who: UUID) -> None:
        self.desk.request_leave(name, who, None, self.act)

    def withdraw_leave(self, name: str, who: UUID) -> None:
        self.desk.withdraw_leave(name, who, self.act)

    def excuse_absence(self, name: str, who: UUID) -> None:
        self.desk.excuse_absence(name, who, NOTE, self.act)

    # --- Corrections ---

    def close_visit(self, who: UUID, check_in: str, check_out: str) -> None:
        self.desk.close_visit(who, span(check_in, check_out), NOTE, self.act)

    def add_visit(self, who: UUID, check_in: str, check_out: str) -> None:
        self.desk.add_visit(who, span(check_in, check_out), NOTE, self.act)

    def add_arrival(self, who: UUID, check_in: str) -> None:
        self.desk.add_arrival(who, local_time(check_in), NOTE, self.act)

    def void_visit(self, who: UUID, check_in: str) -> None:
        self.desk.void_visit(who, local_time(check_in), NOTE, self.act)

    def annotate_misuse(self, who: UUID, check_in: str, kind: str = "lent") -> None:
        self.desk.annotate_misuse(who, local_time(check_in), kind, NOTE, self.act)
