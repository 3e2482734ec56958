"""What the pages of awards ask of the home, and what is entered in it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from kiosk.awards.candidates import list_candidates, list_rules
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.roster.view_model import Person
from kiosk.words.awards import format_block, format_lack, list_conditions
from projections.engine.views import Views
from projections.evaluation.awards.results import AwardResult
from projections.evaluation.awards.rules import AwardRule
from projections.read_models.award_entries import (
    AwardEntry,
    CertificateRow,
    GroupRow,
    HonorCardRow,
    list_award_entries,
    list_certificates,
    list_group_entries,
    list_honor_cards,
)
from projections.read_models.awards import AwardFilter
from projections.read_models.certificates import CertificateSheet, build_certificate_sheet

MOST_LINES = 300
"""Of a list on a page: who lacks least stands first."""


class AwardCount(NamedTuple):
    """An award with how many candidates it has on a day."""

    rule: AwardRule
    met: int
    to_attest: int


class AwardLine(NamedTuple):
    """An award of a volunteer, a family or the team."""

    rule: AwardRule
    person: Person | None
    family: str | None
    status: str
    minutes: int | None
    met_on: date | None
    lacks: Sequence[str]
    attest: Sequence[str]
    blocked: str | None
    score: float | None
    apply_by: date | None


class AwardList(NamedTuple):
    """An award on a day."""

    rule: AwardRule
    lines: Sequence[AwardLine]
    left_out: int


class Condition(NamedTuple):
    """A condition of an award that a person attests."""

    rule: AwardRule
    name: str
    words: str

    @property
    def key(self) -> str:
        """The award and the condition, as an entry on file names them."""
        return f"{self.rule.id} {self.name}"


class VolunteerAwards(NamedTuple):
    """A volunteer's awards on a day, and what is on file."""

    person: Person
    lines: Sequence[AwardLine]
    entries: Sequence[AwardEntry]
    conditions: Sequence[Condition]
    """Those not yet attested."""
    sheet: CertificateSheet | None = None


class GroupEntry(NamedTuple):
    """What is on file of a family or the team."""

    row: GroupRow
    members: Sequence[Person]
    """Of a family."""


class GroupAwards(NamedTuple):
    """Families and the team, and the awards that a team may receive in the year."""

    entries: Sequence[GroupEntry]
    rules: Sequence[AwardRule]


class AwardSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def find_today(self) -> date:
        """The service day of now. Raises: LogError, UserError."""
        return self._reader.read(
            lambda views: date.fromordinal(self._reader.read_unit().days.ordinal(views.evaluated_at))
        )

    def count_candidates(self, at: date) -> list[AwardCount]:
        """Every award of the year with its candidates on a day. Raises: LogError, UserError."""

        def count(views: Views) -> list[AwardCount]:
            found = list_candidates(self._reader.home, views, views.load_unit(), at, AwardFilter())
            statuses = Counter((result.rule.id, result.status) for result in found)
            return [
                AwardCount(rule, statuses[rule.id, "met"], statuses[rule.id, "attest"])
                for rule in list_rules(self._reader.home, views.load_unit(), at)
            ]

        return self._reader.read(count)

    def load_award(self, award: str, at: date) -> AwardList | None:
        """An award with everybody, candidates first, in words of the language in force.

        None where the year has no such award. Raises: LogError, UserError.
        """

        def load(views: Views) -> AwardList | None:
            home = self._reader.home
            rule = next((rule for rule in list_rules(home, views.load_unit(), at) if rule.id == award), None)
            if rule is None:
                return None
            found = list_candidates(home, views, views.load_unit(), at, AwardFilter(award, with_short=True))
            wanted = [result for result in found if result.blocked_by != "not_in_service"]
            wanted.sort(key=_measure_lack)
            lines = [self._build_line(result) for result in wanted[:MOST_LINES]]
            return AwardList(rule, lines, len(wanted) - len(lines))

        return self._reader.read(load)

    def load_volunteer(self, number: str, at: date, period: tuple[date, date] | None = None) -> VolunteerAwards | None:
        """A volunteer's awards; `period` is that of a certificate. None where nobody has the number.

        Raises: LogError, UserError.
        """
        who = self._reader.home.people.find_typed_id(number)
        if who is None:
            return None

        def load(views: Views) -> VolunteerAwards | None:
            key = views.find_key(who)
            if key is None:
                return None
            found = list_candidates(
                self._reader.home, views, views.load_unit(), at, AwardFilter(volunteer=key, with_short=True)
            )
            lines = [self._build_line(result) for result in found]
            sheet = build_certificate_sheet(views, who, *period) if period else None
            entries = list_award_entries(views, key)
            attested = {entry.text for entry in entries if entry.kind == "condition"}
            conditions = [one for one in self._list_conditions(views, at) if one.key not in attested]
            return VolunteerAwards(self._reader.find_person(who), lines, entries, conditions, sheet)

        return self._reader.read(load)

    def _list_conditions(self, views: Views, at: date) -> Iterator[Condition]:
        """What is attested of volunteers for the awards of a year."""
        for rule in list_rules(self._reader.home, views.load_unit(), at):
            if rule.subject != "team":
                yield from (Condition(rule, name, words) for name, words in rule.map_conditions().items())

    def load_groups(self) -> GroupAwards:
        """Families, the team and its awards, the latest entry first. Raises: LogError, UserError."""

        def load(views: Views) -> GroupAwards:
            today = date.fromordinal(self._reader.read_unit().days.ordinal(views.evaluated_at))
            rules = [rule for rule in list_rules(self._reader.home, views.load_unit(), today) if rule.subject == "team"]
            find = self._reader.find_person
            rows = [GroupEntry(row, [find(who) for who in row.members]) for row in list_group_entries(views)]
            return GroupAwards(rows, rules)

        return self._reader.read(load)

    def list_given(self) -> tuple[list[tuple[Person, HonorCardRow]], list[tuple[Person, CertificateRow]]]:
        """Honor cards and certificates, the latest first. Raises: LogError, UserError."""
        cards, certificates = self._reader.read(lambda views: (list_honor_cards(views), list_certificates(views)))
        find = self._reader.find_person
        return (
            [(find(row.volunteer), row) for row in cards[:MOST_LINES]],
            [(find(row.volunteer), row) for row in certificates[:MOST_LINES]],
        )

    def _build_line(self, result: AwardResult) -> AwardLine:
        return AwardLine(
            result.rule,
            self._reader.find_person(result.volunteer) if result.volunteer else None,
            result.group,
            result.status,
            result.minutes,
            result.met_on,
            [format_lack(lack, self._find_number(lack.volunteer)) for lack in result.lacks],
            list_conditions(result),
            format_block(result),
            result.score,
            result.apply_by,
        )

    def _find_number(self, volunteer: UUID | None) -> str | None:
        return self._reader.find_person(volunteer).number if volunteer else None

    def run(self, command: Command, by: str, form_id: str) -> LineResult:
        """Carry out a command. Raises: UserError."""
        (result,) = self._commands.run([command], by, form_id)
        return result


def _measure_lack(result: AwardResult) -> tuple[int, int, int]:
    """Candidates first, by score; then who lacks fewest things, then fewest minutes."""
    minutes = sum(lack.minutes or 0 for lack in result.lacks)
    order = ("met", "attest", "short", "blocked").index(result.status)
    return order, len(result.lacks), minutes
