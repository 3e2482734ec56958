"""The results of a half-year and of a year, for the authority: figures, shares, who serves, service, trainings.

R-105 to R-108, R-113: the layout of the authorities' own forms was not found; these are the figures that they ask for.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from kiosk.documents.definition import Chart, Document, Table, TableRow
from kiosk.documents.document_type import Argument, Arguments, DocumentType
from kiosk.documents.results_tables import build_growth, build_leaving, build_served, build_table, build_turnout
from kiosk.documents.source import DocumentSource
from kiosk.people.people import People
from kiosk.words.documents.results import RESULTS as WORDS
from kiosk.words.documents.results import find_results_words
from projections.read_models.coverage import load_training_days
from projections.read_models.day_filter import DayFilter
from projections.read_models.demographics import (
    AGE_BANDS,
    SENIORITY_BANDS,
    UNKNOWN_PERSON,
    Group,
    PersonFacts,
    list_bands,
)
from projections.read_models.event_turnout import list_event_turnout
from projections.read_models.headcount import list_yearly_growth
from projections.read_models.hours import list_hours
from projections.read_models.resignations import count_resignations
from projections.read_models.results import Results, load_results

RATE_COLUMNS = ("rate", "part", "whole", "share", "target", "met")
HALVES = ("first", "second")
WITHHELD = "withheld"
"""In place of the number of a group that is too small to be shown."""
DEMOGRAPHICS = ("gender", "age", "education", "occupation", "seniority")


def build_half_year(source: DocumentSource, arguments: Arguments) -> Document:
    """The results of January to June, or of July to December."""
    year, half = arguments["year"], arguments["half"]
    assert isinstance(year, int)  # noqa: S101 - the argument is a year
    months = ((1, 1), (6, 30)) if half == "first" else ((7, 1), (12, 31))
    first, last = (date(year, *day) for day in months)
    return _build(source, find_results_words().half_year, (first, last))


def build_annual(source: DocumentSource, arguments: Arguments) -> Document:
    """The results of a year, with the growth of every year up to it (R-103) and why volunteers left (R-077)."""
    year = arguments["year"]
    assert isinstance(year, int)  # noqa: S101 - the argument is a year
    document = _build(source, find_results_words().annual, (date(year, 1, 1), date(year, 12, 31)))
    growth = list_yearly_growth(source.views, min(year, source.today.year))
    leaving = count_resignations(source.views, year)
    return replace(document, tables=[*document.tables, build_growth(growth), build_leaving(leaving)])


def _build(source: DocumentSource, title: str, period: tuple[date, date]) -> Document:
    words, policy = find_results_words(), source.unit.policies.on(period[1].toordinal())
    results = load_results(source.views, source.unit, period, load_person_facts(source, period[1]))
    average = "" if results.average_hours is None else f"{results.average_hours:.2f}"
    return Document(
        "",
        title,
        source.unit_name,
        period,
        source.log,
        [*_build_tables(results), build_turnout(list_event_turnout(source.views, DayFilter(*period)))],
        facts=[*([(words.head_count, average)] if average else []), (words.rounding, words.roundings[policy.rounding])],
        remarks=[
            words.small_groups.format(smallest=policy.min_group_size_in_reports),
            words.served_unknown,
            words.sums,
            words.layout,
        ],
        signatures=words.signatures,
        charts=[_build_chart(source, period)],
    )


def load_person_facts(source: DocumentSource, day: date) -> dict[UUID, PersonFacts]:
    """What the figures about people follow from; those who were erased are not known."""
    trained = load_training_days(source.views, source.unit, day.toordinal())
    people: People = source.people
    facts = {
        who: PersonFacts(one.gender, one.birth_date, one.education, one.occupation)
        for who, one in people.load_all_details().items()
    }
    for who, since in trained.items():
        facts[who] = facts.get(who, UNKNOWN_PERSON)._replace(serves_since=date.fromordinal(since))
    return facts


# --- The tables ---


def _build_tables(results: Results) -> Iterator[Table]:
    words = find_results_words()
    yield build_table("figures", ("figure", "people"), _list_figures(results), {"figure": words.figures})
    yield from _build_rates(results)
    yield build_table(
        "demographics",
        ("group", "label", "people"),
        list(_list_groups(results)),
        {"group": words.groups, "label": _list_labels(), "people": {WITHHELD: words.withheld}},
        is_of_people=True,
    )
    service = [
        {"category": one.category or "", "duties": one.duties, "minutes": one.minutes} for one in results.service
    ]
    yield build_table(
        "service",
        ("category", "duties", "minutes"),
        service,
        {"category": {"": words.no_category}},
        summed=("duties", "minutes"),
    )
    yield build_served(results.served)
    trainings = [
        {"training": one.kind, "persons": one.persons, "person_times": one.person_times} for one in results.trainings
    ]
    yield build_table("trainings", ("training", "persons", "person_times"), trainings, {"training": words.trainings})


def _build_rates(results: Results) -> Iterator[Table]:
    """Those that follow from what is recorded, then the one that follows from birth dates."""
    words, rates = find_results_words(), list(_list_rates(results))
    codes = {"rate": words.rates, "share": words.no_share, "target": {"": words.no_target}}
    recorded = [row for row in rates if row["rate"] != "seniors"]
    yield build_table("rates", RATE_COLUMNS, recorded, codes)
    seniors = [row for row in rates if row["rate"] == "seniors"]
    yield build_table("senior_rate", RATE_COLUMNS, seniors, codes, is_of_people=True)


def _list_figures(results: Results) -> list[TableRow]:
    growth, rates = results.growth, results.rates
    figures: dict[str, int | None] = {
        "volunteers": growth.end,
        "joined": growth.joined,
        "left": growth.left,
        "books": rates["books"].share.part,
        "honor_cards": results.honor_cards,
        "insured": rates["insurance"].share.part,
    }
    return [{"figure": figure, "people": people} for figure, people in figures.items()]


def _list_rates(results: Results) -> Iterator[TableRow]:
    for name, rate in results.rates.items():
        share = rate.share
        yield {
            "rate": name,
            "part": share.part,
            "whole": share.whole,
            "share": share.value if share.whole else "no_base" if name == "growth" else "nobody",
            "target": "" if rate.target is None else rate.target,
            "met": "" if rate.is_met is None else rate.is_met,
        }


def _list_groups(results: Results) -> Iterator[TableRow]:
    for name in DEMOGRAPHICS:
        groups: list[Group] = getattr(results.people, name)
        for group in groups:
            people = WITHHELD if group.people is None else group.people
            yield {"group": name, "label": group.label or "", "people": people}


def _list_labels() -> dict[str, str]:
    """What groups are called; none of the bands is one of age and one of seniority."""
    words = find_results_words()
    bands = {"age": AGE_BANDS, "seniority": SENIORITY_BANDS}
    named = {band: _format_band(band, words.units[table]) for table in bands for band in list_bands(bands[table])}
    return {"": words.not_known, **words.labels, **named}


def _format_band(band: str, unit: str) -> str:
    words, (first, _, last) = find_results_words(), band.partition("-")
    if not first:
        return words.under.format(next=int(last) + 1, unit=unit)
    years = words.years if last else words.from_years
    return years.format(first=first, last=last, unit=unit)


def _build_chart(source: DocumentSource, period: tuple[date, date]) -> Chart:
    minutes: dict[str, int] = {}
    for row in list_hours(source.views, DayFilter(*period), by_month=True):
        minutes[row.month or ""] = minutes.get(row.month or "", 0) + row.minutes
    words, months = find_results_words(), range(period[0].month, period[1].month + 1)
    values = [minutes.get(f"{period[0].year}-{month:02}", 0) for month in months]
    labels = [words.month_label.format(month=month) for month in months]
    return Chart("by-month", words.chart, labels, values, "minutes")


# --- The kinds of documents ---

_YEAR = Argument("year", "year", {language: words.year for language, words in WORDS.items()})
HALF_YEAR_RESULTS = DocumentType(
    "half_year_results",
    {language: words.half_year for language, words in WORDS.items()},
    "half_year",
    build_half_year,
    [
        _YEAR,
        Argument(
            "half",
            "choice",
            {language: words.half for language, words in WORDS.items()},
            choices={half: {language: words.halves[half] for language, words in WORDS.items()} for half in HALVES},
        ),
    ],
)
ANNUAL_RESULTS = DocumentType(
    "annual_results",
    {language: words.annual for language, words in WORDS.items()},
    "year",
    build_annual,
    [_YEAR],
)
