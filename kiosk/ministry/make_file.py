"""The ministry's import file of a month, made from a home: what cannot be written is said before anything is (R-030).

Rule: to whom, whose and why is recorded before identified data is read into the file (R-120).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain.act import Act
from domain.calendar import to_roc
from domain.months import find_last_day, format_month
from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home
from kiosk.ministry.data_files import CodeTable, Field, Template, UnitCodes, load_codes, load_template
from kiosk.ministry.rows import Hole, MinistryRow, MinistryRows, MonthFacts, build_ministry_rows
from kiosk.name_access import AccessReason, record_names_listed
from kiosk.sheets.cells import Cell, Sheet
from kiosk.sheets.export import build_sheet, build_sheets
from kiosk.words.ministry import MinistryText
from projections.read_models.allowances import AllowanceRow, list_allowances
from projections.read_models.day_filter import DayFilter
from projections.read_models.month_credit import MonthCredit, list_month_credit, load_posts
from projections.read_models.month_statements import list_month_statements
from projections.read_models.served import list_served_of_month

LISTED = "ministry"
"""What a list of names is called that went into the file."""


class MinistryFile(NamedTuple):
    """What is to be written."""

    month: date
    found: MinistryRows
    codes: UnitCodes
    template: Template
    is_closed: bool
    """Whether the month was stated."""

    def build(self, *, wide: bool) -> bytes:
        """The workbook, with 17 columns where it is wide."""
        table = self.codes.table
        return build_ministry_workbook(self.found.rows, self.month, table, self.template, wide=wide)


def is_month_over(home: Home, month: date) -> bool:
    """Whether the last service day of a month has ended."""
    days = UnitRules(home.log).load().days
    return days.ordinal(home.views.evaluated_at) > find_last_day(month).toordinal()


def prepare_ministry_file(home: Home, month: date) -> MinistryFile:
    """The rows of a month, from views that are up to date. Raises: UserError where a data file is not understood."""
    codes, template, views = load_codes(home.path), load_template(home.path), home.views
    credits_of_month = list(list_month_credit(views, month))
    facts = MonthFacts(
        credits_of_month,
        load_posts(views, month),
        _list_allowances(home, credits_of_month),
        list(list_served_of_month(views, month)),
    )
    known = {one: details for one, details in home.people.load_all_details().items() if home.people.is_known(one)}
    found = build_ministry_rows(facts, codes, known, template.min_minutes)
    found.rows.sort(key=lambda row: (home.people.find_number(row.volunteer) or "", row.item, row.content))
    return MinistryFile(month, found, codes, template, bool(list_month_statements(views, month)))


def _list_allowances(home: Home, credits_of_month: Sequence[MonthCredit]) -> Sequence[AllowanceRow]:
    """The allowances of the service days of these duties, and others of the same days."""
    days = [credit.service_day for credit in credits_of_month if credit.begins]
    if not days:
        return ()
    policies = UnitRules(home.log).load().policies
    return list(list_allowances(home.views, policies, DayFilter(min(days), max(days))))


def record_access(home: Home, file: MinistryFile, act: Act) -> None:
    """Record whose identified data goes into the file. Raises: LogError, UserError: then it may not be written."""
    if whose := list(dict.fromkeys(row.volunteer for row in file.found.rows)):
        record_names_listed(home, LISTED, whose, AccessReason("papers"), act)


# --- What cannot be written ---


def list_obstacles(home: Home, file: MinistryFile) -> list[str]:
    """A sentence for each duty without codes and each volunteer who cannot be written."""
    holes = sorted({*file.found.holes}, key=lambda hole: (hole.day, hole.kind, hole.name))
    sentences = [_describe_hole(hole, file.codes.path) for hole in holes]
    for person in file.found.unwritable:
        reason = MinistryText[person.reason.upper()].fill()
        sentences.append(MinistryText.PERSON.fill(volunteer=_find_number(home, person.volunteer), reason=reason))
    return sentences


def list_remarks(home: Home, file: MinistryFile) -> Iterator[str]:
    """What else the coordinator should know of the file."""
    if not file.is_closed:
        yield MinistryText.MONTH_NOT_CLOSED.fill(month=format_month(file.month))
    least = file.template.min_minutes
    for work in file.found.too_short:
        fields = {"item": work.item, "content": work.content, "minutes": work.minutes, "least": least}
        yield MinistryText.TOO_SHORT.fill(volunteer=_find_number(home, work.volunteer), **fields)
    if file.found.served_elsewhere is not None:
        yield MinistryText.SERVED_ELSEWHERE.fill(people=file.found.served_elsewhere)


_HOLES = {
    "no_item": MinistryText.NO_ITEM,
    "no_content": MinistryText.NO_CONTENT,
    "unknown_item": MinistryText.UNKNOWN_ITEM_OF_DUTY,
    "unknown_content": MinistryText.UNKNOWN_CONTENT_OF_DUTY,
    "unknown_post": MinistryText.UNKNOWN_POST,
}


def _describe_hole(hole: Hole, path: Path) -> str:
    duty = MinistryText[hole.kind.upper()].fill(name=hole.name)
    return MinistryText.HOLE.fill(path=path, duty=duty, day=hole.day, reason=_HOLES[hole.reason].fill(text=hole.text))


def _find_number(home: Home, volunteer: UUID) -> str:
    return home.people.find_number(volunteer) or str(volunteer)


# --- The workbook ---


def build_ministry_workbook(
    rows: Sequence[MinistryRow], month: date, codes: CodeTable, template: Template, *, wide: bool
) -> bytes:
    """The XLSX file. Codes and dates are texts, so that no zero before them is lost."""
    columns = template.list_columns(wide=wide)
    cells: list[list[Cell]] = []
    for row in rows:
        values = _list_values(row, month, codes.area, template.action)
        cells.append([values[column.field] for column in columns])
    sheets = [build_sheet(template.sheet, [column.heading for column in columns], cells)]
    sheets.append(_build_code_sheet(template.item_sheet, codes.items, template))
    sheets.append(_build_code_sheet(template.content_sheet, codes.contents, template))
    sheets.append(_build_code_sheet(template.area_sheet, codes.areas, template))
    return build_sheets(sheets, "xlsx")


def _list_values(row: MinistryRow, month: date, area: str, action: str) -> Mapping[Field, Cell]:
    """What each field of the template holds for a row."""
    hours, minutes = divmod(row.minutes, 60)
    return {
        "name": row.name,
        "national_id": row.national_id,
        "first_day": to_roc(month),
        "last_day": to_roc(find_last_day(month)),
        "item": row.item,
        "content": row.content,
        "hours": hours,
        "minutes": minutes,
        "served": row.served,
        "transport": row.transport,
        "meal": row.meal,
        "area": area or None,
        "action": action,
        "empty": None,
    }


def _build_code_sheet(name: str, codes: Mapping[str, str], template: Template) -> Sheet:
    return build_sheet(name, [template.code_heading, template.name_heading], [list(row) for row in codes.items()])
