"""The read models as the interface answers them: the rows of the read commands, with the same keys and order."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from domain.spans import Second
from kiosk.batch.fields import parse_civil_day
from kiosk.batch.recorded_instant import parse_recorded_instant
from kiosk.desk.home_access import HomeReader
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.statement_rows import FilterOptions, Row
from kiosk.statements.statements import Statements
from kiosk.words.api import ApiDescription, ApiText
from kiosk.words.command_line import CommandLineText
from projections.read_models.day_filter import DayFilter
from projections.read_models.volunteers import VolunteerFilter

Query = Mapping[str, str]
"""The parameters of an address."""


class BadQuery(Exception):
    """A parameter that cannot be used: one sentence."""


class ReadModel(NamedTuple):
    """One read model: what it is, how it is asked, which parameters it takes."""

    about: ApiDescription
    ask: Callable[[Statements, DayFilter, Query], list[Row]]
    parameters: tuple[str, ...] = ("from", "to", "volunteer", "as_of")


def _list_hours(statements: Statements, day_filter: DayFilter, query: Query) -> list[Row]:
    by = frozenset(filter(None, query.get("by", "").split(",")))
    if not by <= {"month", "category"}:
        raise BadQuery(ApiText.BAD_MEASURE.fill())
    return statements.list_hours(day_filter, by)


READ_MODELS: Mapping[str, ReadModel] = {
    "visits": ReadModel(ApiDescription.VISITS, lambda s, days, _: s.list_visits(days)),
    "duties": ReadModel(ApiDescription.DUTIES, lambda s, days, _: s.list_duties(days)),
    "hours": ReadModel(ApiDescription.HOURS, _list_hours, ("from", "to", "volunteer", "as_of", "by")),
    "absences": ReadModel(ApiDescription.ABSENCES, lambda s, days, _: s.list_absences(days)),
    "exits": ReadModel(ApiDescription.EXITS, lambda s, days, _: s.list_exits(days)),
    "pending": ReadModel(ApiDescription.PENDING, lambda s, days, _: s.list_pending(days)),
    "presence": ReadModel(ApiDescription.PRESENCE, lambda s, _, __: s.list_present(), ("as_of",)),
    "volunteers": ReadModel(
        ApiDescription.VOLUNTEERS,
        lambda s, _, __: s.list_volunteers(VolunteerFilter()),
        ("as_of",),
    ),
}
"""By the name of the command that prints it."""


class ReadModels:
    """Answers from one home. Threads may share it."""

    def __init__(self, reader: HomeReader) -> None:
        self._reader = reader

    def list_rows(self, name: str, query: Query) -> list[Row]:
        """The rows of a read model. Raises: BadQuery, KeyError where there is none, LogError, UserError."""
        model = READ_MODELS[name]
        known = ", ".join(model.parameters)
        for unknown in sorted(query.keys() - {*model.parameters}):
            raise BadQuery(ApiText.UNKNOWN_PARAMETER.fill(name=name, parameters=known, unknown=unknown))
        options = FilterOptions(_parse_day(query, "from"), _parse_day(query, "to"), query.get("volunteer"))
        if "as_of" in query:
            instant = self._parse_instant(query["as_of"])
            with self._reader.hold_past(instant) as views:
                return self._ask(Statements(self._reader.home, views, instant), model, options, query)
        return self._reader.read(lambda _: self._ask_now(model, options, query))

    def _ask_now(self, model: ReadModel, options: FilterOptions, query: Query) -> list[Row]:
        with Statements.snapshot(self._reader.home) as statements:
            return self._ask(statements, model, options, query)

    def _ask(self, statements: Statements, model: ReadModel, options: FilterOptions, query: Query) -> list[Row]:
        return model.ask(statements, self._build_filter(self._reader.home, statements, options), query)

    def _parse_instant(self, text: str) -> Second:
        try:
            return parse_recorded_instant(self._reader.home, text, "as_of")
        except UserError as error:
            raise BadQuery(str(error)) from None

    def _build_filter(self, home: Home, statements: Statements, options: FilterOptions) -> DayFilter:
        since, until, number = options
        if since and until and until < since:
            raise BadQuery(ApiText.DATES_REVERSED.fill(since=since, until=until))
        volunteer = None if number is None else home.people.find_typed_id(number)
        if number is not None and volunteer is None:
            raise BadQuery(CommandLineText.NO_VOLUNTEER.fill(number=number))
        return statements.build_filter(since, until, volunteer)


def _parse_day(query: Query, name: str) -> date | None:
    if name not in query:
        return None
    try:
        return parse_civil_day(query[name])
    except ValueError as error:
        raise BadQuery(f"{name}: {error}") from None
