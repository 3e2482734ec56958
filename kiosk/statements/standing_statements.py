"""Statements of a home that stands as it was left: their rows come from its views, and nothing of it is opened."""

from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID

import msgspec
from typing_extensions import override

from kiosk.people.known_people import ShownPerson
from kiosk.standing_home import StandingHome
from kiosk.statements.statement_rows import StatementRows
from projections.engine.noted_policies import SELECT_CATEGORY, SELECT_NOTED, NotedPolicies, NotedPolicy
from projections.engine.standing_views import NotStanding

if TYPE_CHECKING:
    from domain.calendar import ServiceDays
    from domain.policy import Policy
    from kiosk.text.masking import Style
    from projections.engine.day_source import DaySource


P = TypeVar("P", bound="NotedPolicy | Policy")


class StandingRules(Generic[P]):
    """The rules of a unit as its views note them."""

    def __init__(self, home: StandingHome, kind: type[P]) -> None:
        """Of a home, with all of its policies or what a question needs of them. Raises: NotStanding."""
        self._home = home
        try:
            self.policies = NotedPolicies(home.views.rows(SELECT_NOTED), kind)
            self.category: str | None = next(home.views.rows(SELECT_CATEGORY))[0]
        except (msgspec.MsgspecError, StopIteration):
            raise NotStanding from None

    @property
    def days(self) -> "ServiceDays":
        """Its service days."""
        return self._days

    @cached_property
    def _days(self) -> "ServiceDays":
        from domain.calendar import ServiceDays  # noqa: PLC0415 - for questions about an instant alone

        return ServiceDays(self._home.zone, self.policies.day_ends)


class StandingStatements(StatementRows):
    """What an opened home would answer. Raises: NotStanding, from every question, where it has to be opened."""

    def __init__(self, home: StandingHome) -> None:
        """Of a home, as long as it is held."""
        super().__init__(home.views, home.people.load_numbers(), home.zone_name)
        self._home = home

    @cached_property
    @override
    def rules(self) -> StandingRules[NotedPolicy]:
        """As the views note them."""
        return StandingRules(self._home, NotedPolicy)

    @cached_property
    @override
    def rules_in_force(self) -> "StandingRules[Policy]":
        """As the views note them."""
        from domain.policy import Policy  # noqa: PLC0415 - most questions need a few parameters

        return StandingRules(self._home, Policy)

    @override
    def find_actor_name(self, actor: UUID) -> str | None:
        """As the people store has it."""
        return self._home.people.find_actor_name(actor)

    @override
    def load_shown_person(self, volunteer: UUID) -> ShownPerson:
        """As the people store has them."""
        return self._home.people.shown.get(volunteer, ShownPerson(None, None))

    @property
    @override
    def views(self) -> "DaySource":
        """As they stand."""
        return self._views

    @cached_property
    def _views(self) -> "DaySource":
        from projections.engine.day_source import StandingDays  # noqa: PLC0415 - most questions need rows alone

        return StandingDays(self._home.views, self._home.zone)

    @property
    @override
    def masking(self) -> "Style":
        """As the settings said when they were read."""
        return self._home.masking
