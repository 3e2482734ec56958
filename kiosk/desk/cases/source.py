"""What the pages of exit cases ask of the home, and what a decision brings about in it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from domain.log.event_rows import Entry
from domain.model.exit_case import ExitCase
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.desk.people.record import list_cards
from kiosk.roster.view_model import Person
from kiosk.statements.acts import build_authorship
from projections.engine.views import Views
from projections.read_models.exits import ExitRow, list_exits
from projections.read_models.person_record import list_coming_duties

StepKind = Literal["raised", "revised", "withdrawn", "counselled", "decided", "decision_retracted"]
STEPS: Mapping[type, StepKind] = {
    ExitCase.Created: "raised",
    ExitCase.Revised: "revised",
    ExitCase.Withdrawn: "withdrawn",
    ExitCase.Counselled: "counselled",
    ExitCase.Decided: "decided",
    ExitCase.DecisionRetracted: "decision_retracted",
}
Decision = Literal["keep", "reassign", "not_renew", "terminate"]


class CaseLine(NamedTuple):
    """A case in the list."""

    position: int
    person: Person
    rule: str
    raised_on: date
    evidence: Sequence[str]
    """Dates."""
    score: float | None
    status: str
    decision: str | None


class Step(NamedTuple):
    """What became of a case."""

    kind: StepKind
    position: int
    at: datetime
    by: str
    text: str
    """The reason, or what was agreed; empty where there is none, or it is erased."""
    decision: str | None


class Leaving(NamedTuple):
    """What a volunteer who leaves gives back (R-056)."""

    cards: Sequence[int]
    """Where the log holds the events that issued them."""
    duties: Sequence[tuple[str, datetime]]
    """Shifts that have not begun, with their starts."""
    today: date


class Case(NamedTuple):
    """A case with its history."""

    line: CaseLine
    steps: Sequence[Step]
    leaving: Leaving


class CaseSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def list_cases(self) -> list[CaseLine]:
        """Those that wait first, then the latest. Raises: LogError, UserError."""
        rows = self._reader.read(lambda views: list(list_exits(views)))
        return [self._build_line(row) for row in sorted(rows, key=lambda row: (row.status != "raised", -row.raised_at))]

    def load_case(self, position: int) -> Case | None:
        """The case that an event raised; None where there is none. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._load_case(views, position))

    def _load_case(self, views: Views, position: int) -> Case | None:
        row = next((row for row in list_exits(views) if row.position == position), None)
        if row is None:
            return None
        log = self._reader.home.log
        (raised, *_) = log.read_entries_lenient(position - 1, 1, position)
        entries = log.read_stream_lenient(raised.event.originator_id)
        steps = [self._build_step(entry) for entry in entries if type(entry.event) in STEPS]
        return Case(self._build_line(row), steps, self._find_leaving(views, row.volunteer))

    def _build_line(self, row: ExitRow) -> CaseLine:
        person = self._reader.find_person(row.volunteer)
        return CaseLine(
            row.position, person, row.rule, row.raised_on, row.evidence, row.score, row.status, row.decision
        )

    def _build_step(self, entry: Entry) -> Step:
        event: Any = entry.event
        home = self._reader.home
        note, digest = getattr(event, "note", None), getattr(event, "note_digest", None)
        authorship = build_authorship(home.people, event.by, note, digest)
        at = event.timestamp.astimezone(home.zone)
        decision = getattr(event, "decision", None)
        return Step(STEPS[type(event)], entry.position, at, authorship["by"], authorship["reason"] or "", decision)

    def _find_leaving(self, views: Views, volunteer: UUID) -> Leaving:
        key, home = views.find_key(volunteer), self._reader.home
        day = date.fromordinal(self._reader.read_unit().days.ordinal(views.evaluated_at))
        if key is None:
            return Leaving((), (), day)
        duties = [(shift, datetime.fromtimestamp(at, home.zone)) for shift, at in list_coming_duties(views, key)]
        return Leaving([card.position for card in list_cards(home, views, key)], duties, day)

    def run(self, commands: Sequence[Command], by: str, form_id: str) -> list[LineResult]:
        """Carry out commands, up to the first that is refused. Raises: UserError."""
        return self._commands.run(commands, by, form_id)
