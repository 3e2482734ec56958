"""The candidates of a home's awards: what the people store knows, put beside what the log says (R-080).

Rule: nothing is decided here. What the people store does not know is handed on as not known.
"""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec.structs import replace

from kiosk.awards.catalogue import load_catalogue
from kiosk.people.file import build_pseudonyms
from projections.engine.noted_policies import RulesInForce
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_id
from projections.evaluation.awards.results import AwardResult
from projections.evaluation.awards.rules import AwardRule
from projections.read_models.award_facts import PeopleOnFile, load_proofs
from projections.read_models.awards import AwardFilter, build_question, list_awards, list_rules_on

if TYPE_CHECKING:
    from kiosk.people.known_people import PeopleToRead
    from kiosk.standing_home import HomeToRead

STATUS_ORDER = ("met", "attest", "short", "blocked")


def load_people_on_file(people: "PeopleToRead", views: RowSource, at: date) -> PeopleOnFile:
    """Birth dates, who was erased, and who has record book, badge and insurance on a day."""
    numbers = people.load_numbers().items()
    erased = {who for who, number in numbers if number in build_pseudonyms(who)}
    return load_proofs(views, at, PeopleOnFile(people.load_birth_dates(), erased=erased))


def load_person_on_file(people: "PeopleToRead", volunteer: UUID) -> PeopleOnFile:
    """The birth date of one volunteer alone."""
    birth_date = people.find_birth_date(volunteer)
    return PeopleOnFile({volunteer: birth_date} if birth_date else {})


def _load_on_file(people: "PeopleToRead", views: RowSource, at: date, wanted: AwardFilter) -> PeopleOnFile:
    """Of everybody, or of the one that is asked about."""
    if wanted.volunteer is None:
        return load_people_on_file(people, views, at)
    who = read_id(next(views.rows("SELECT volunteer FROM people WHERE key=?", (wanted.volunteer,)))[0])
    known = load_person_on_file(people, who)
    return load_proofs(
        views, at, replace(known, erased={who} if people.find_number(who) in build_pseudonyms(who) else known.erased)
    )


def list_rules(home: "HomeToRead", rules: RulesInForce, at: date) -> list[AwardRule]:
    """The rows of the catalogue that decide applications of a day's year."""
    catalogue = load_catalogue(home.path)
    return list_rules_on(catalogue, build_question(rules, catalogue, at))


def list_candidates(
    home: "HomeToRead", views: RowSource, rules: RulesInForce, at: date, wanted: AwardFilter
) -> list[AwardResult]:
    """Awards on a day: in the order of the catalogue, candidates first, the best score first, then by number."""
    catalogue = load_catalogue(home.path)
    order = {award: place for place, award in enumerate(catalogue.list_ids())}
    numbers = home.people.load_numbers() if wanted.volunteer is None else {}
    found = list_awards(views, rules, catalogue, at, _load_on_file(home.people, views, at, wanted), wanted)

    def sort_key(result: AwardResult) -> tuple[int, int, float, str]:
        who = numbers.get(result.volunteer, "") if result.volunteer else result.group or ""
        return order[result.rule.id], STATUS_ORDER.index(result.status), -(result.score or 0), who

    return sorted(found, key=sort_key)
