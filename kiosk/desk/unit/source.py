"""What the pages of the unit ask of the home: its facts, calendars, policies, its state."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from domain.ids import unit_stream
from domain.log.folds import FOLD_ERRORS
from domain.model.unit import Unit, parse_opening_hours
from domain.policy import Adoption, Policies, Policy
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.office_calendar import CalendarFile
from kiosk.status.checked_home import Check
from kiosk.status.run import run_checks


class OfficeYear(NamedTuple):
    """The office calendar of a year, as it was imported last."""

    year: int
    closed: int
    """Days."""
    source: str


class UnitFacts(NamedTuple):
    """What the log says of the unit."""

    name: str | None
    """None until it is open."""
    kind: str
    category: str | None
    opens: Sequence[Mapping[str, Any]]
    """As events hold them: empty is every day, all day; without weekdays never."""
    years: Sequence[OfficeYear]
    adoptions: Sequence[Adoption]
    """By the day from which they are in force."""
    today: date
    """The service day."""

    @property
    def policies(self) -> Policies:
        """All policies, dated."""
        return Policies(self.adoptions)


class UnitSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_facts(self) -> UnitFacts:
        """The unit as it stands. Raises: LogError, UserError."""
        opened, adoptions, years = None, list[Adoption](), dict[int, OfficeYear]()
        for entry in self._reader.home.log.read_stream_lenient(unit_stream()):
            match entry.event:
                case Unit.Opened() as event:
                    with suppress(*FOLD_ERRORS):  # `kiosk status` names what cannot be read
                        parse_opening_hours(event.opens)
                        opened = event
                case Unit.PolicyAdopted() as event:
                    adoptions += filter(None, [event.find_adoption()])
                case Unit.CalendarImported(year=year, source=source, closed=closed):
                    years[year] = OfficeYear(year, len(closed), source)
                case _:
                    pass
        days = self._reader.read_unit().days
        today = date.fromordinal(days.ordinal(self._reader.read(lambda views: views.evaluated_at)))
        facts = (opened.name, opened.kind, opened.category, opened.opens) if opened else (None, "", None, ())
        usable = sorted(adoptions, key=lambda one: one.effective_from)
        return UnitFacts(*facts, years=[years[year] for year in sorted(years)], adoptions=usable, today=today)

    def run(self, command: Mapping[str, object], by: str, form_id: str) -> LineResult:
        """Carry out one command. Raises: UserError where the home cannot be written."""
        (result,) = self._commands.run([command], by, form_id)
        return result

    def import_calendar(self, year: int, file: tuple[str, bytes] | None, by: str, form_id: str) -> LineResult:
        """Import the calendar of a year, from the name and the content of a file, or as computed. Raises: UserError."""
        name, content = file or (None, b"")
        files = CalendarFile(Path(name), content) if name else Path()
        command = {"do": "import_calendar", "year": year, "file": name}
        (result,) = self._commands.run([command], by, form_id, files)
        return result

    def run_checks(self) -> list[Check]:
        """The state of the home: kiosks, readers, clock, backups and all that `kiosk status` looks at."""
        return run_checks(self._reader.home.path)


def list_changes(form: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """The parameters that a form gives another value than a policy has."""
    return {name: value for name, value in form.items() if value != _get_value(policy, name)}


def _get_value(policy: Policy, name: str) -> Any:
    value = getattr(policy, name)
    return value.isoformat() if name == "day_ends_at" else value
