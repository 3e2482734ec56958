"""Whom an insurance for many is about, and how it is saved: one line of a batch, for all of them or for none (R-071).

Rule: who has exactly this cover already is left out, so that the same form again changes nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args
from uuid import UUID

from domain.ids import compose
from domain.model.insurance_cover import Cover
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.roster.view_model import Person
from projections.engine.views import Views
from projections.read_models.coverage import Obstacle, list_active, list_insurable
from projections.read_models.insurance import load_covers

Whom = Literal["uninsured", "shared", "all"]
"""Active volunteers: those without insurance, those of them whom the shared contract takes (R-072), all."""
WHOM: tuple[Whom, ...] = get_args(Whom)
MOST_LISTED = 1_000
"""Volunteers of one form: it would not be read otherwise. The others are listed once these are insured."""


class AskedCover(NamedTuple):
    """What is to be entered."""

    whom: Whom
    since: date
    until: date | None
    policy: str | None


class Insurable(NamedTuple):
    """A volunteer who is to be insured, and what keeps them off the shared contract."""

    person: Person
    obstacles: Sequence[Obstacle]


class InsurancePreview(NamedTuple):
    """Who would be insured."""

    day: date
    """The service day for which it is asked who is active and without insurance."""
    people: Sequence[Insurable]
    covered: int
    """Of those who are meant, how many have exactly this cover already."""
    left: int
    """How many more there are than one form takes."""
    age_limit: int


class InsuranceSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def preview(self, asked: AskedCover) -> InsurancePreview:
        """Who would be insured, by number. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._preview(views, asked))

    def _preview(self, views: Views, asked: AskedCover) -> InsurancePreview:
        """Active on the first day of the cover, or today where that is past."""
        unit = self._reader.read_unit()
        day = max(asked.since.toordinal(), unit.days.ordinal(views.evaluated_at))
        details = self._reader.home.people.load_all_details()
        births = {volunteer: one.birth_date for volunteer, one in details.items()}
        obstacles = {row.volunteer: row.obstacles for row in list_insurable(views, unit, day, births)}
        meant = [one for one in list_active(views, unit, day) if asked.whom == "all" or not one.is_insured]
        if asked.whom == "shared":
            meant = [one for one in meant if not obstacles[one.volunteer]]
        covered = self._find_covered(views, asked, [one.volunteer for one in meant])
        wanted = [one.volunteer for one in meant if one.volunteer not in covered]
        listed = sorted(Insurable(self._reader.find_person(one), obstacles[one]) for one in wanted)
        return InsurancePreview(
            date.fromordinal(day),
            listed[:MOST_LISTED],
            len(meant) - len(wanted),
            max(len(listed) - MOST_LISTED, 0),
            unit.policies.on(day).insurance_age_limit,
        )

    @staticmethod
    def _find_covered(views: Views, asked: AskedCover, volunteers: Iterable[UUID]) -> set[UUID]:
        """Those of the volunteers who have exactly the cover that is asked for."""
        covers, cover = load_covers(views), Cover(asked.since.toordinal(), asked.until and asked.until.toordinal())
        return {volunteer for volunteer in volunteers if cover in covers.get(views.find_key(volunteer) or 0, ())}

    def check(self, asked: AskedCover, numbers: Sequence[str], by: str) -> LineResult:
        """What saving would come to. Raises: UserError."""
        return self._commands.check([build_line(asked, numbers)], by)[0]

    def list_without(self, asked: AskedCover, numbers: Sequence[str]) -> list[str]:
        """Those of the numbers whose volunteers have not exactly this cover; of unknown ones it is refused to save."""
        find_id = self._reader.home.people.find_id
        ids = {number: find_id(compose(number)) for number in numbers}
        known = [volunteer for volunteer in ids.values() if volunteer]
        covered = self._reader.read(lambda views: self._find_covered(views, asked, known))
        return [number for number, volunteer in ids.items() if volunteer not in covered]

    def save(self, asked: AskedCover, numbers: Sequence[str], by: str, form_id: str) -> LineResult:
        """Insure volunteers, all or none. Raises: UserError."""
        return self._commands.run([build_line(asked, numbers)], by, form_id)[0]


def build_line(asked: AskedCover, numbers: Sequence[str]) -> Command:
    """The line of a batch that it comes to."""
    period = {"from": asked.since.isoformat(), "to": asked.until and asked.until.isoformat()}
    return {"do": "enrol_insurance", "volunteers": list(numbers), **period, "policy": asked.policy}
