"""The read models as scripts get them: plain rows, numbers for people, local instants. The contract's names and order.

Rule: nothing is evaluated here. Rows are looked up, named and sorted: by instants, never by local times, which in some
zones go back once a year.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cached_property
from uuid import UUID

from typing_extensions import override

from domain.spans import Second
from kiosk.home import Home
from kiosk.people.known_people import ShownPerson
from kiosk.statements.acts import load_person_changes
from kiosk.statements.columns import COLUMNS
from kiosk.statements.statement_rows import Row, StatementRows
from kiosk.text.masking import Style
from projections.engine.as_of import views_as_of
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.projectors.unit_rules import read_unit
from projections.read_models.volunteers import VolunteerFilter, list_volunteers

ReportQuarantine = Callable[[Views], None]
"""Called with the views of the past, which do without the events of their quarantine."""


class Statements(StatementRows):
    """The read models of one home as rows, from views that do not advance any more."""

    def __init__(self, home: Home, views: Views, as_of: Second | None) -> None:
        """Use `now` or `as_of`."""
        super().__init__(views, home.people.load_numbers(), home.zone.key)
        self._home = home
        self._views = views
        self._as_of = as_of
        self.log = home.log

    @property
    @override
    def views(self) -> Views:
        """They do not advance any more."""
        return self._views

    @cached_property
    def rules(self) -> UnitInForce:
        """As the log said when these views were built."""
        return read_unit(self._home.log, self._as_of, upto=self.views.position)

    @cached_property
    @override
    def rules_in_force(self) -> UnitInForce:
        """The same."""
        return self.rules

    def find_actor_name(self, actor: UUID) -> str | None:
        """As the people store has it."""
        return self._home.people.find_actor_name(actor)

    @override
    def load_shown_person(self, volunteer: UUID) -> ShownPerson:
        """As the people store has them. Raises: UserError."""
        details = self._home.people.load_details(volunteer)
        return ShownPerson(details.name, details.group)

    @property
    @override
    def masking(self) -> Style:
        """As the settings say."""
        return self._home.settings.masking

    @classmethod
    def now(cls, home: Home) -> "Statements":
        """From the whole log: the views catch up with it first."""
        home.views.catch_up(None if home.simulation else home.now_second())
        return cls(home, home.views, None)

    @classmethod
    @contextmanager
    def snapshot(cls, home: Home) -> "Generator[Statements]":
        """As `now`, and all of them from one state, however far other processes advance the views meanwhile."""
        home.views.catch_up(None if home.simulation else home.now_second())
        with home.views.hold_snapshot():
            yield cls(home, home.views, None)

    @classmethod
    @contextmanager
    def as_of(
        cls,
        home: Home,
        instant: Second,
        now: Second | None = None,
        upto: int | None = None,
        live: Views | None = None,
    ) -> "Generator[Statements]":
        """From what had been recorded by an instant, evaluated as of it, or as of a later `now`; up to a position.

        Over `live` views, which are caught up, in little time; else from the log alone, which proves it.
        """
        with views_as_of(home.log, instant, now, upto, live) as views:
            yield cls(home, views, instant)

    @staticmethod
    def catch_up_live(home: Home) -> Views | None:
        """The live views, over which the past is laid; None of a home that is only read, where there are none."""
        if home.read_only:
            return None
        home.views.catch_up(None if home.simulation else home.now_second())
        return home.views

    # --- The rows ---

    def list_person_changes(self, wanted: VolunteerFilter) -> list[Row]:
        """Sorted by event: the changes of what identifies these volunteers."""
        day = self.rules.days.ordinal(self.views.evaluated_at)
        found = (
            {"volunteer": self.find_number(row.volunteer), **act}
            for row in list_volunteers(self.views, self.rules, day, wanted)
            for act in load_person_changes(self._home, row.volunteer, self._as_of)
        )
        rows = [{name: act[name] for name in COLUMNS["person_changes"] if name in act} for act in found]
        return sorted(rows, key=lambda row: row["event"])
