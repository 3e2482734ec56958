"""Awards as rows of a statement, for commands and tables (R-080)."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.awards.candidates import list_candidates, list_rules
from kiosk.statements.statement_rows import Row, StatementRows
from kiosk.words.awards import format_block, format_lack, list_conditions
from kiosk.words.language import find_language
from projections.evaluation.awards.results import AwardResult
from projections.evaluation.awards.rules import AwardRule
from projections.read_models.awards import AwardFilter

if TYPE_CHECKING:
    from kiosk.standing_home import HomeToRead


def list_award_rows(home: "HomeToRead", statements: StatementRows, at: date, wanted: AwardFilter) -> list[Row]:
    """Awards on a day, each with what lacks and what must be attested, in words of the language in force."""
    found = list_candidates(home, statements.source, statements.rules_in_force, at, wanted)
    return [build_award_row(result, statements) for result in found]


def list_catalogue_rows(home: "HomeToRead", statements: StatementRows, at: date) -> list[Row]:
    """The rows of the catalogue that decide the year of a day."""
    return [
        {
            "award": rule.id,
            "award_name": find_award_name(rule),
            "organiser": rule.organiser,
            "subject": rule.subject,
            "effective_from": rule.effective_from,
            "conditions": rule.list_conditions(),
            "source": rule.source,
        }
        for rule in list_rules(home, statements.rules_in_force, at)
    ]


def find_award_name(rule: AwardRule) -> str:
    """The name of an award in the language in force."""
    return rule.name_en if find_language() == "en" else rule.name


def build_award_row(result: AwardResult, statements: StatementRows) -> Row:
    """A row with the names and the order of the contract."""
    return {
        "award": result.rule.id,
        "award_name": find_award_name(result.rule),
        "volunteer": result.volunteer and statements.find_number(result.volunteer),
        "family": result.group,
        "status": result.status,
        "short_by": [format_lack(lack, find_member(lack.volunteer, statements)) for lack in result.lacks],
        "lacks": [lack.kind for lack in result.lacks],
        "short_minutes": sum(lack.minutes or 0 for lack in result.lacks),
        "attest": list_conditions(result),
        "conditions": [*result.attest],
        "met_on": _format_day(result.met_on),
        "minutes": result.minutes,
        "duties": result.duties,
        "score": result.score,
        "counted_from": _format_day(result.counted_from),
        "counted_until": _format_day(result.counted_until),
        "seniority_from": _format_day(result.seniority_from),
        "apply_by": _format_day(result.apply_by),
        "blocked": format_block(result),
    }


def find_member(volunteer: UUID | None, statements: StatementRows) -> str | None:
    """The number of a family member."""
    return statements.find_number(volunteer) if volunteer else None


def _format_day(day: date | None) -> str | None:
    return day and day.isoformat()
