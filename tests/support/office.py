"""A small real office: a log in a folder, a desk, a door, a night, and the read models over them.

A test with it reads like a diary: `office.at("2026-11-19 08:58").tap(ANN)`. The volunteers named to it at first serve
since 2024, is trained, and holds a card. What is done happens when `at` says, and is written down when it happens
unless `at` says later.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID

import pytest
from eventsourcing.domain import AggregateEvent

from domain.act import Act
from domain.clock import SimulatedClock
from domain.errors import DomainError
from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.model.pending_row import SeenRow
from domain.model.unit import Unit, UnitFacts
from domain.model.visits import Direction
from domain.spans import second
from domain.use_cases.check_in import Door, TapAnswer
from domain.use_cases.desk import Desk
from domain.use_cases.joined_kiosks import JoinedKiosks
from domain.use_cases.kiosk_place import KioskPlace
from domain.use_cases.nightly import NightlyJob, ReconciledDay
from domain.use_cases.unit_rules import UnitRules
from projections.engine.views import Views
from projections.read_models.absences import AbsenceRow, list_absences
from projections.read_models.day_findings import collect_findings
from projections.read_models.duties import DutyRow, list_duties
from projections.read_models.exits import ExitRow, list_exits
from projections.read_models.hours import HoursRow, list_hours
from projections.read_models.pending_work import PendingRow, find_row_state
from projections.read_models.visits import VisitRow, list_visits
from tests.support.desk_commands import DeskCommands, card_token_of
from tests.support.people import CATEGORY, COORDINATOR, NOTE, local_time

ENTRANCE = KioskPlace("entrance")
E = TypeVar("E", bound=AggregateEvent)


def format_answer(answer: TapAnswer) -> str:
    """The outcome, and of a refused tap why."""
    return f"refused: {answer.reason}" if answer.reason else answer.outcome


class Office(DeskCommands):
    """One unit, and what happens in it."""

    def __init__(
        self,
        folder: Path,
        *served_by: UUID,
        category: str | None = CATEGORY,
        opens: Sequence[dict[str, Any]] | None = None,
    ) -> None:
        self._folder = folder
        self.clock = SimulatedClock()
        self.at("2024-01-02 08:00")
        create_sqlite_log(folder / "log.db", REGISTERED_NAMES).close()
        log = open_sqlite_log(folder / "log.db", REGISTERED_NAMES, on_trial=True)  # it need not wait for the disk
        log.append(Unit.make_home("Asia/Taipei", self.clock.at, simulation=True))
        self._build_services(log)
        self.desk.open_unit(UnitFacts("戶政事務所", "public", category, opens), self.act)
        for who in served_by:
            self.onboard(who)

    def _build_services(self, log: EventLog) -> None:
        self.log = log
        place = KioskPlace(ENTRANCE.kiosk, JoinedKiosks(log))
        self.desk, self.door, self.night = Desk(log, place), Door(log, place, self.clock), NightlyJob(log)
        self._views = Views(log, self._folder / "views.db")

    def close_down(self) -> None:
        self._views.close()
        self.log.close()

    def restart(self) -> None:
        """The power fails and comes back: what was only in memory is gone."""
        self.close_down()
        self._build_services(open_sqlite_log(self._folder / "log.db", REGISTERED_NAMES, on_trial=True))

    # --- Time ---

    def at(self, happens: str, recorded: str | None = None) -> Self:
        """What follows happens now, and is written down now or when `recorded` says."""
        self._happens, self.clock.at = local_time(happens), local_time(recorded or happens)
        return self

    @property
    def act(self) -> Act:
        return Act(self._happens, COORDINATOR, self.clock.at)

    # --- The door ---

    def tap(
        self,
        who: UUID | str,
        at: str | None = None,
        recorded: str | None = None,
        direction: Direction | None = None,
        door: Door | None = None,
    ) -> TapAnswer:
        """A person's first card, or any card by its token, is held to the reader of the entrance or another door."""
        if at:
            self.at(at, recorded)
        token = who if isinstance(who, str) else card_token_of(who)
        seen = SimulatedClock(self._happens).read()
        return (door or self.door).record_tap(token, "front", direction, seen, self.clock.at)

    def side_door(self) -> Door:
        """Another kiosk, whose log holds the taps of the entrance as well."""
        return Door(self.log, KioskPlace("side", ("entrance",)), self.clock)

    # --- What the log holds ---

    def list_events(self, kind: type[E]) -> list[E]:
        """Every event of a kind, in the order of the log."""
        return [entry.event for entry in self.log.read_entries_lenient(limit=10_000) if isinstance(entry.event, kind)]

    def acknowledge(self, row: PendingRow) -> None:
        """A coordinator looks at what was listed as pending, and it is right as it is."""
        seen = SeenRow(row.kind, row.volunteer, row.events)
        state = find_row_state(self.current_views(), self.log, UnitRules(self.log).load().policies, seen)
        self.desk.acknowledge(seen, state, NOTE, self.act)

    # --- The night and the read models, as of now ---

    def reconcile(self, day: str) -> ReconciledDay:
        """The night settles one service day from all that is known when it runs."""
        settled, views = date.fromisoformat(day), self.current_views()
        self.night.refuse_unfinished(settled, self.act)
        policies = UnitRules(self.log).load().policies
        return self.night.reconcile(settled, collect_findings(views, settled, policies), self.act)

    def current_views(self) -> Views:
        self._views.catch_up(second(self.clock.at))
        return self._views

    def list_visits(self) -> list[VisitRow]:
        return list(list_visits(self.current_views()))

    def list_duties(self) -> list[DutyRow]:
        return list(list_duties(self.current_views()))

    def list_hours(self, *, by_month: bool = False, by_category: bool = False) -> list[HoursRow]:
        return list(list_hours(self.current_views(), by_month=by_month, by_category=by_category))

    def list_absences(self) -> list[AbsenceRow]:
        return list(list_absences(self.current_views()))

    def list_exits(self) -> list[ExitRow]:
        return list(list_exits(self.current_views()))


def assert_refused(office: Office, action: Callable[[Office], object], refusal: DomainError) -> None:
    """The rule says no with these fields, and the log is as long as before."""
    before = office.log.head()
    with pytest.raises(type(refusal)) as said:
        action(office)
    assert vars(said.value) == vars(refusal)
    assert office.log.head() == before
