"""What the pages of service plans and of leaders ask of the home, and what they write down.

Rule: how a plan stands and when a term ends is derived by the read models; nothing is decided here.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Literal, NamedTuple

from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.home_unit import load_unit
from kiosk.roster.view_model import Person
from projections.engine.views import Views
from projections.read_models.leader_terms import LeaderTerm, list_leader_terms
from projections.read_models.plan_status import (
    FiledPlan,
    PlanState,
    ReportedResults,
    find_plan_status,
    list_plans,
    list_results,
)

FiledPlanState = Literal[PlanState, "coming", "past"]
"""`coming` has not begun; `past` is ended by its last day or by a later plan."""
TermState = Literal["running", "over", "coming"]


class PlanLine(NamedTuple):
    """A plan that was filed, as it stands today."""

    plan: FiledPlan
    state: FiledPlanState
    overdue: int | None = None
    """The year whose results were not handed in in time, of a plan that is at risk or has lapsed for it."""

    @property
    def shown(self) -> str:
        """What it says: a form sends it back, so that a change in between is noticed."""
        return describe_plan(self.plan.authority, self.plan.valid_from, self.plan.valid_to)


def describe_plan(authority: str, first: date, last: date) -> str:
    """What a filing says."""
    return f"{first} {last} {authority}"


class PlanBoard(NamedTuple):
    """All plans and reports of results, the newest first."""

    lines: Sequence[PlanLine]
    results: Sequence[ReportedResults]
    is_public: bool
    """Whether the unit need not file one (R-001)."""
    today: date

    def find(self, plan: str) -> PlanLine | None:
        """The plan of an id."""
        return next((line for line in self.lines if line.plan.plan == plan), None)

    @property
    def current(self) -> PlanLine | None:
        """The one on which it depends today; None where none was filed for today or before."""
        return next((line for line in self.lines if line.state not in ("coming", "past")), None)


class TermLine(NamedTuple):
    """One term of a leader or a deputy."""

    term: LeaderTerm
    person: Person
    until: date
    """The day before the next one of that role begins, where that is sooner."""
    state: TermState

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"{self.term.role} {self.term.since}"

    @property
    def is_short(self) -> bool:
        """Whether its holder stepped down or left before its time."""
        return self.term.until < self.term.full_until


class TermBoard(NamedTuple):
    """All terms, the newest first, the leader's before the deputy's."""

    lines: Sequence[TermLine]
    vacant_since: Sequence[tuple[str, date]]
    """The roles whose last term is over, and its last day."""
    most: int
    """Terms in a row that the policy of today allows."""
    today: date

    @property
    def unexpired(self) -> Sequence[TermLine]:
        """Those that would last today or begin later, unless their holder stepped down or left."""
        return [line for line in self.lines if self.today <= line.term.full_until]


class LedgerSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_plans(self) -> PlanBoard:
        """The plans as they stand today. Raises: LogError, UserError."""
        return self._reader.read(self._load_plans)

    def _load_plans(self, views: Views) -> PlanBoard:
        today, home = self._find_today(views), self._reader.home
        plans = sorted(list_plans(views), key=lambda plan: (plan.valid_from, plan.valid_to), reverse=True)
        results = sorted(list_results(views), key=lambda report: report.until, reverse=True)
        status, lines = find_plan_status(views, views.load_unit().policies, today), list[PlanLine]()
        for plan in plans:
            if status and plan == status.plan:
                lines.append(PlanLine(plan, status.state, status.overdue))
            elif plan.terminated and plan.terminated <= today:
                lines.append(PlanLine(plan, "terminated"))
            else:
                lines.append(PlanLine(plan, "coming" if plan.valid_from > today else "past"))
        return PlanBoard(lines, results, load_unit(home.log, home.path).kind == "public", today)

    def load_terms(self) -> TermBoard:
        """The terms as they stand today. Raises: LogError, UserError."""
        return self._reader.read(self._load_terms)

    def _load_terms(self, views: Views) -> TermBoard:
        today, policies = self._find_today(views), self._reader.read_unit().policies
        terms = list_leader_terms(views, policies)
        lines = [self._build_term(term, after, today) for term, after in zip_longest(terms, terms[1:])]
        begun = {line.term.role: line for line in lines if line.state != "coming"}
        vacant = [(role, line.until) for role, line in begun.items() if line.state == "over"]
        lines.sort(key=lambda line: (line.term.role != "leader", -line.term.since.toordinal()))
        return TermBoard(lines, vacant, policies.on(today.toordinal()).leader_terms_max, today)

    def _build_term(self, term: LeaderTerm, after: LeaderTerm | None, today: date) -> TermLine:
        until = term.until
        if after and after.role == term.role:
            until = min(until, after.since - timedelta(days=1))
        state: TermState = "coming" if today < term.since else "running" if today <= until else "over"
        return TermLine(term, self._reader.find_person(term.volunteer), until, state)

    def _find_today(self, views: Views) -> date:
        return date.fromordinal(self._reader.read_unit().days.ordinal(views.evaluated_at))

    def run(self, command: Command, by: str, form_id: str) -> LineResult:
        """Carry out a command. Raises: UserError."""
        (result,) = self._commands.run([command], by, form_id)
        return result


def list_authorities(board: PlanBoard) -> Iterable[str]:
    """The authorities that plans and reports were sent to, the last one first."""
    return dict.fromkeys([*(line.plan.authority for line in board.lines), *(one.authority for one in board.results)])
