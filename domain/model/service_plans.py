"""The service plans of the unit that are filed with the authority, and its reports of results (R-001, R-111).

Rule: whether a plan stands on a day follows from these facts and is decided nowhere here; the authority decides, the
program shows the risk.
"""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.errors import DomainError
from domain.ids import service_plans_stream
from domain.model.streams import StandingStream, StreamEvent


class NoSuchPlan(DomainError):
    """No plan of this id was filed."""

    plan: str


class PlanTerminated(DomainError):
    """The plan was terminated already."""

    plan: str
    on: date


class ReportedTooEarly(DomainError):
    """The results were handed in before their period was over."""

    until: date
    on: date


class PlanEndsBeforeStart(DomainError):
    """The plan or period would end before it begins."""

    first: date
    last: date


class ServicePlans(StandingStream):
    """All plans of the unit."""

    TOPIC = "service-plans"

    class Filed(StreamEvent):
        """A plan was filed; filed again under the same id, the later filing counts."""

        TOPIC = "service-plans.filed"
        plan: str
        authority: str
        valid_from: str
        valid_to: str
        at: datetime
        by: UUID

    class ResultsReported(StreamEvent):
        """The results of a period were handed in."""

        TOPIC = "service-plans.results-reported"
        since: str
        until: str
        """First and last day of the period."""
        on: str
        authority: str
        at: datetime
        by: UUID

    class Terminated(StreamEvent):
        """The authority, or the unit by letter, ended a plan: it does not hold from that day on."""

        TOPIC = "service-plans.terminated"
        plan: str
        on: str
        note: UUID
        note_digest: str
        at: datetime
        by: UUID

    @classmethod
    def of_unit(cls) -> Self:
        """The plans of the unit, not yet read."""
        return cls.at_version_zero(service_plans_stream())

    def begin(self) -> None:
        """No plan is filed."""
        self.plans: dict[str, str | None] = {}
        """Since when each is terminated; None while it is not."""

    # --- Commands ---

    def file(self, plan: str, authority: str, valid: tuple[date, date], act: Act) -> None:
        """File a plan, or file it again with other dates."""
        _refuse_backward(*valid)
        first, last = (day.isoformat() for day in valid)
        facts = {"plan": plan, "authority": authority, "valid_from": first, "valid_to": last}
        self.trigger_event(self.Filed, **facts, **act.build_fields())

    def report_results(self, period: tuple[date, date], on: date, authority: str, act: Act) -> None:
        """Record that the results of a period were handed in on a day."""
        _refuse_backward(*period)
        if on <= period[1]:
            raise ReportedTooEarly(period[1], on)
        since, until = (day.isoformat() for day in period)
        facts = {"since": since, "until": until, "on": on.isoformat(), "authority": authority}
        self.trigger_event(self.ResultsReported, **facts, **act.build_fields())

    def terminate(self, plan: str, on: date, note: Note, act: Act) -> None:
        """End a plan from a day on."""
        if plan not in self.plans:
            raise NoSuchPlan(plan)
        if since := self.plans[plan]:
            raise PlanTerminated(plan, date.fromisoformat(since))
        facts = {"plan": plan, "on": on.isoformat()}
        self.trigger_event(self.Terminated, **facts, **build_note_fields(note), **act.build_fields())

    # --- What the events do ---

    @event(Filed)
    def _filed(self, plan: str) -> None:
        self.plans[plan] = None

    @event(Terminated)
    def _terminated(self, plan: str, on: str) -> None:
        self.plans[plan] = on


def _refuse_backward(first: date, last: date) -> None:
    if last < first:
        raise PlanEndsBeforeStart(first, last)
