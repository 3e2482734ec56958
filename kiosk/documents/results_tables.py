"""The tables of the results that are counted by month, event, year or reason, and how each of their tables is built."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kiosk.documents.definition import Column, ColumnKind, Table, TableRow
from kiosk.words.documents.results import find_results_words
from kiosk.words.language import find_language
from kiosk.words.papers import PAPERS
from projections.read_models.event_turnout import EventTurnout
from projections.read_models.headcount import YearGrowth

KINDS: Mapping[str, ColumnKind] = {
    "people": "count",
    "part": "count",
    "whole": "count",
    "share": "share",
    "target": "share",
    "duties": "count",
    "minutes": "minutes",
    "persons": "count",
    "person_times": "count",
    "served": "count",
    "month": "month",
    "last_day": "date",
    "joined": "count",
    "left": "count",
    "growth": "share",
    "cumulative": "share",
    "date": "date",
    "invited": "count",
    "came": "count",
    "turnout": "share",
}
"""Of columns that are no text."""


def build_table(
    name: str,
    columns: tuple[str, ...],
    rows: Sequence[TableRow],
    codes: Mapping[str, Mapping[str, str]],
    *,
    summed: tuple[str, ...] = (),
    remarks: Sequence[str] = (),
    is_of_people: bool = False,
) -> Table:
    """A table of some columns; `codes` are the words of the codes in one, by its name."""
    words = find_results_words()
    built = [
        Column(
            column,
            words.headings[column],
            KINDS.get(column, "text"),
            is_summed=column in summed,
            words=codes.get(column, {}),
        )
        for column in columns
    ]
    return Table(name, words.tables[name], built, rows, remarks, is_of_people=is_of_people)


def build_served(served: Mapping[tuple[str, str | None], int]) -> Table:
    """By month and service type (R-104)."""
    words = find_results_words()
    rows: list[TableRow] = [
        {"month": date.fromisoformat(f"{month}-01"), "service_type": service_type or "", "served": people}
        for (month, service_type), people in sorted(served.items(), key=lambda one: (one[0][0], one[0][1] or ""))
    ]
    codes = {"service_type": {"": words.no_category}}
    remarks = () if rows else (words.not_recorded,)
    return build_table("served", ("month", "service_type", "served"), rows, codes, summed=("served",), remarks=remarks)


def build_turnout(events: Iterable[EventTurnout]) -> Table:
    """How many of those who were called to an event came (R-123)."""
    words = find_results_words()
    rows: list[TableRow] = [
        {
            "event": one.event,
            "date": one.date,
            "invited": one.invited,
            "came": one.came,
            "turnout": "nobody" if one.rate is None else one.rate,
        }
        for one in events
    ]
    columns = ("event", "date", "invited", "came", "turnout")
    return build_table("events", columns, rows, {"turnout": words.no_share}, remarks=(words.not_absent,))


def build_growth(years: Sequence[YearGrowth]) -> Table:
    """Year by year and since the first one (R-103)."""
    words = find_results_words()
    rows: list[TableRow] = [
        {
            "last_day": year.last_day,
            "people": year.growth.end,
            "joined": year.growth.joined,
            "left": year.growth.left,
            "growth": year.growth.rate if year.growth.base else "no_base",
            "cumulative": year.cumulative.value if year.cumulative else "first",
        }
        for year in years
    ]
    codes = {"growth": words.no_share, "cumulative": {"first": words.first_year}}
    columns = ("last_day", "people", "joined", "left", "growth", "cumulative")
    return build_table("yearly_growth", columns, rows, codes, remarks=(words.growth_since,))


def build_leaving(reasons: Mapping[str | None, int]) -> Table:
    """Why volunteers left in a year (R-077)."""
    words = find_results_words()
    rows: list[TableRow] = [{"reason": reason or "", "people": people} for reason, people in reasons.items()]
    codes = {"reason": {**PAPERS[find_language()].codes, "": words.not_known}}
    return build_table("leaving", ("reason", "people"), rows, codes, summed=("people",))
