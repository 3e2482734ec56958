"""Who is in the building now, as the muster shows it: with full names once that is recorded (R-120)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.ids import DESK
from domain.spans import Second
from kiosk.act_builder import ActBuilder
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.name_access import AccessReason, record_names_listed
from kiosk.roster.view_model import Person
from projections.engine.views import Views
from projections.read_models.drills import DrillRow, list_drills
from projections.read_models.last_taps import find_last_tap_by_kiosk
from projections.read_models.presence import PresenceRow, list_present

DRILLS_SHOWN = 10


class PresentPerson(NamedTuple):
    """A volunteer who is in."""

    person: Person
    name: str
    """In full; empty where names are masked."""
    since: datetime
    kiosk: str
    """Empty where the desk recorded the arrival."""


class KioskNews(NamedTuple):
    """How old the news of a kiosk is: who left through a silent one is still on the list."""

    kiosk: str
    last: datetime | None
    """Its last tap of the last days."""
    minutes: int | None


class Muster(NamedTuple):
    """The list at one instant."""

    now: datetime
    unit: str
    present: Sequence[PresentPerson]
    kiosks: Sequence[KioskNews]
    drills: Sequence[tuple[DrillRow, datetime]]


class MusterSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands
        self._acts = ActBuilder(reader.home)

    def load_muster(self) -> Muster:
        """With masked names. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._build(views, self._list_present(views), with_names=False))

    def show_names(self, by: UUID) -> Muster:
        """With full names; that they are shown is recorded first. Raises: LogError, UserError."""
        found = self._reader.read(self._list_present)
        volunteers = [row.volunteer for row in found]
        record_names_listed(
            self._reader.home, "muster", volunteers, AccessReason("emergency"), self._acts.build_act(by)
        )
        return self._reader.read(lambda views: self._build(views, found, with_names=True))

    def _list_present(self, views: Views) -> list[PresenceRow]:
        unit = self._reader.read_unit()
        return list(list_present(views, unit.days, unit.policies, views.evaluated_at))

    def _build(self, views: Views, rows: Sequence[PresenceRow], *, with_names: bool) -> Muster:
        home, now = self._reader.home, views.evaluated_at
        day = self._reader.read_unit().days.ordinal(now)
        present = [
            PresentPerson(
                self._reader.find_person(row.volunteer),
                (home.people.find_name(row.volunteer) or "") if with_names else "",
                self._localise(row.since),
                "" if row.kiosk == DESK else row.kiosk,
            )
            for row in rows
        ]
        last = find_last_tap_by_kiosk(views, day, now)
        kiosks = [self._build_news(kiosk, last.get(kiosk), now) for kiosk in self._list_kiosks(last)]
        drills = [(drill, self._localise(drill.at)) for drill in list_drills(views, DRILLS_SHOWN)]
        unit = home.read_unit_name() or ""
        return Muster(self._localise(now), unit, sorted(present, key=lambda one: one.person.number), kiosks, drills)

    def _list_kiosks(self, last: dict[str, Second]) -> list[str]:
        return sorted({*self._reader.home.place.list_all(), *last} - {DESK})

    def _build_news(self, kiosk: str, last: Second | None, now: Second) -> KioskNews:
        if last is None:
            return KioskNews(kiosk, None, None)
        return KioskNews(kiosk, self._localise(last), max(now - last, 0) // 60)

    def _localise(self, at: Second) -> datetime:
        return datetime.fromtimestamp(at, self._reader.home.zone)

    def record_drill(self, command: Command, by: str, form_id: str) -> LineResult:
        """Record a drill. Raises: UserError."""
        (result,) = self._commands.run([command], by, form_id)
        return result
