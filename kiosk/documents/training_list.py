"""Who lacks basic training, who is open for growth and leadership training, what was attended (R-074, R-075, R-106).

R-124: the unit asks volunteers without basic training to attend it; hours before it are not counted (R-002).
Rule: service at other units is attested on paper and not known here; who recommends whom is for a person.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow
from kiosk.documents.document_type import Argument, Arguments, DocumentType
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.results import find_results_words
from kiosk.words.documents.training_list import TRAINING_LIST as WORDS
from kiosk.words.documents.training_list import TrainingListWords, find_training_list_words
from projections.read_models.day_filter import DayFilter
from projections.read_models.leader_terms import list_leader_terms
from projections.read_models.trainings import (
    Course,
    count_trainings,
    list_course_candidates,
    list_training_sessions,
    list_untrained,
)


def build_training_list(source: DocumentSource, arguments: Arguments) -> Document:
    """The lists as of a day, and what was attended from January of its year on."""
    words, day = find_training_list_words(), arguments["day"]
    assert isinstance(day, date)  # noqa: S101 - the argument is a date
    return Document(
        TRAINING_LIST.name,
        words.title,
        source.unit_name,
        (date(day.year, 1, 1), day),
        source.log,
        [
            _build_untrained(source, day, words),
            _build_candidates(source, day, "growth", words),
            _build_candidates(source, day, "leadership", words),
            _build_counts(source, day, words),
        ],
        signatures=[words.coordinator],
    )


def _build_untrained(source: DocumentSource, day: date, words: TrainingListWords) -> Table:
    columns = [
        *_list_person_columns(words),
        Column("enrolled_on", words.enrolled_on, "date"),
        Column("days", words.days, "count"),
        Column("lost_minutes", words.lost_minutes, "minutes", is_summed=True),
    ]
    rows: list[TableRow] = [
        {VOLUNTEER: one.volunteer, "enrolled_on": one.enrolled_on, "days": one.days, "lost_minutes": one.lost_minutes}
        for one in list_untrained(source.views, source.unit, day.toordinal())
    ]
    return Table("untrained", words.untrained, columns, rows, [words.untrained_remark])


def _build_candidates(source: DocumentSource, day: date, course: Course, words: TrainingListWords) -> Table:
    """Officers first: leadership training is for them in the first place (R-075)."""
    columns = [
        *_list_person_columns(words),
        Column("role", words.role, words=words.roles),
        Column("trained_on", words.trained_on, "date"),
        Column("eligible_from", words.eligible_from, "date"),
        Column("minutes", words.attended, "minutes"),
    ]
    roles, attended = _find_roles(source, day), _sum_attended(source, day, course)
    rows: list[TableRow] = [
        {
            VOLUNTEER: one.volunteer,
            "role": roles.get(one.volunteer, ""),
            "trained_on": one.trained_on,
            "eligible_from": one.eligible_from,
            "minutes": attended.get(one.volunteer, 0),
        }
        for one in list_course_candidates(source.views, source.unit, day.toordinal(), course)
    ]
    rows.sort(key=lambda row: not row["role"])
    return Table(course, words.courses[course], columns, rows, [words.course_remarks[course]])


def _find_roles(source: DocumentSource, day: date) -> Mapping[UUID, str]:
    """Who leads the team on a day, or is the deputy."""
    terms = list_leader_terms(source.views, source.unit.policies)
    return {term.volunteer: term.role for term in terms if term.since <= day <= term.until}


def _sum_attended(source: DocumentSource, day: date, course: Course) -> Mapping[UUID, int | None]:
    """The minutes of a course that each volunteer attended up to a day; None where hours are not on record."""
    hours: dict[UUID, list[float | None]] = defaultdict(list)
    for one in list_training_sessions(source.views, DayFilter(until=day)):
        if one.kind == course:
            hours[one.volunteer].append(one.hours)
    return {
        volunteer: None if None in of_one else sum(round((one or 0) * 60) for one in of_one)
        for volunteer, of_one in hours.items()
    }


def _build_counts(source: DocumentSource, day: date, words: TrainingListWords) -> Table:
    columns = [
        Column("training", words.training, words=find_results_words().trainings),
        Column("persons", words.persons, "count"),
        Column("person_times", words.person_times, "count", is_summed=True),
        Column("minutes", words.attended, "minutes", is_summed=True),
        Column("without_hours", words.without_hours, "count"),
    ]
    year = DayFilter(date(day.year, 1, 1), day)
    rows: list[TableRow] = [
        {
            "training": one.kind,
            "persons": one.persons,
            "person_times": one.person_times,
            "minutes": None if one.without_hours == one.person_times else one.minutes,
            "without_hours": one.without_hours,
        }
        for one in count_trainings(list_training_sessions(source.views, year))
    ]
    return Table("counts", words.counts, columns, rows)


def _list_person_columns(words: TrainingListWords) -> list[Column]:
    return [Column("number", words.number, "person", "number"), Column("name", words.name, "person", "name")]


TRAINING_LIST = DocumentType(
    "training_list",
    {language: words.title for language, words in WORDS.items()},
    "occasion",
    build_training_list,
    [Argument("day", "date", {language: words.day for language, words in WORDS.items()})],
)
