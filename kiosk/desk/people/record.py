"""One volunteer as the home knows them: read models put together, the name masked."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.model.card import Card
from domain.months import format_month
from domain.spans import Second
from kiosk.desk.people.view_model import (
    CaseLine,
    DutyLine,
    HeldCard,
    HoursLine,
    PaperEntry,
    Papers,
    Person,
    TrainingLine,
    find_date,
)
from kiosk.home import Home
from kiosk.text.masking import mask
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.projectors.unit_rules import read_unit
from projections.read_models.badges import find_badge_state, list_badge_lines
from projections.read_models.book_entries import list_book_entries
from projections.read_models.day_filter import DayFilter
from projections.read_models.duties import list_duties
from projections.read_models.exits import list_exits
from projections.read_models.hours import list_hours
from projections.read_models.insurance import list_cover_lines, load_covers
from projections.read_models.person_record import TrainingRow, list_held_cards, list_trainings, list_turns
from projections.read_models.record_books import BookLine, list_book_lines
from projections.read_models.trainings import list_training_progress, list_training_sessions
from projections.read_models.volunteers import VolunteerState, list_states

MOST_DUTIES = 100
MOST_HOURS = 60
"""Rows on a page; what is older is in the lists of the command line."""


def load_person(home: Home, views: Views, volunteer: UUID) -> Person | None:
    """A volunteer who was ever enrolled."""
    unit = read_unit(home.log, None)
    day = unit.days.ordinal(views.evaluated_at)
    state = next((one for one in list_states(views, unit, day) if one.volunteer == volunteer), None)
    if (key := views.find_key(volunteer)) is None or state is None:
        return None
    return _build_person(home, views, unit, state, key)


def _build_person(home: Home, views: Views, unit: UnitInForce, state: VolunteerState, key: int) -> Person:
    volunteer, day = state.volunteer, unit.days.ordinal(views.evaluated_at)
    details, only = home.people.load_details(volunteer), DayFilter(volunteer=key)
    duties = _list_duties(views, only, home.zone)
    return Person(
        number=home.people.find_number(volunteer) or str(volunteer),
        name=mask(details.name, home.settings.masking) if details.name else "",
        group=details.group or "",
        mode=state.mode,
        standing=state.standing,
        agreement_from=find_date(state.agreement_from),
        agreement_to=find_date(state.agreement_to),
        is_erased=not home.people.is_known(volunteer),
        category=unit.category,
        missing=state.trainings_missing,
        trainings=[(row.kind, row.category, _find_day(row, home.zone)) for row in list_trainings(views, key)],
        begun=list_begun_trainings(home, views, key),
        turns=[(turn.kind, date.fromordinal(turn.day)) for turn in list_turns(views, key)],
        cards=list_cards(home, views, key),
        hours=_list_hours(views, only),
        duties=duties[:MOST_DUTIES],
        duties_omitted=max(0, len(duties) - MOST_DUTIES),
        cases=[CaseLine(row.rule, row.raised_on, row.status, row.decision) for row in list_exits(views, only)],
        today=date.fromordinal(day),
        papers=_load_papers(views, key, state, day),
    )


def _load_papers(views: Views, key: int, state: VolunteerState, day: int) -> Papers:
    badge = find_badge_state(views, key, day)
    covers = [cover for cover in load_covers(views).get(key, []) if cover.until is None or cover.until >= day]
    return Papers(
        state.book,
        badge.status,
        find_date(badge.expires),
        [(date.fromordinal(cover.since), find_date(cover.until)) for cover in covers],
        state.is_insured,
        sorted(_list_entries(views, key, state.volunteer), reverse=True),
    )


def _list_entries(views: Views, key: int, volunteer: UUID) -> Iterator[PaperEntry]:
    """What can be taken back."""
    for line in list_book_lines(views, key):
        yield PaperEntry(line.position, _name_book_line(line), line.day)
    for badge in list_badge_lines(views, key):
        yield PaperEntry(badge.position, f"badge_{badge.kind}", badge.day, badge.expires)
    for cover in list_cover_lines(views, key):
        yield PaperEntry(cover.position, f"cover_{cover.kind}", cover.since, cover.until)
    for one in list_training_sessions(views, DayFilter(volunteer=key)):
        yield PaperEntry(one.position, f"training_{one.kind}", one.date, None, one.category or "")
    for position, month in {(one.position, one.month) for one in list_book_entries(views, volunteer)}:
        yield PaperEntry(position, "book_entered", None, None, format_month(month))


def _name_book_line(line: BookLine) -> str:
    return "book_elsewhere" if line.kind == "custody" and not line.holds else f"book_{line.kind}"


def list_begun_trainings(home: Home, views: Views, key: int) -> list[TrainingLine]:
    """The trainings of which a volunteer attended a part, with what is needed."""
    lines: list[TrainingLine] = []
    for one in list_training_progress(views, key):
        row = home.training_requirements.find_row(one.kind, one.category)
        if one.is_complete or row is None:
            continue
        hours = "" if one.minutes is None else f"{one.minutes / 60:g}"
        needed = "" if row.hours is None else f"{row.hours:g}"
        left = [course.title for course in row.courses if course.module and course.module not in one.modules]
        lines.append(TrainingLine(one.kind, one.category, hours, needed, left))
    return lines


def _find_day(row: TrainingRow, zone: ZoneInfo) -> date:
    return date.fromordinal(row.day) if row.day is not None else _localise(row.instant or 0, zone).date()


def _localise(at: Second, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at, zone)


def list_cards(home: Home, views: Views, key: int) -> list[HeldCard]:
    """The cards that a volunteer holds, by when they were issued."""
    held = (_find_issue(home, stream) for stream in list_held_cards(views, key))
    return sorted(card for card in held if card is not None)


def _find_issue(home: Home, stream: UUID) -> HeldCard | None:
    """When a card was issued last; None where that cannot be read."""
    found, tech = None, ""
    for position, event in home.log.read_stream_lenient(stream):
        if isinstance(event, Card.Created):
            tech = event.tech
        if isinstance(event, Card.Created | Card.Reissued):
            found = HeldCard(position, event.timestamp.astimezone(home.zone).date(), tech)
    return found


def _list_hours(views: Views, only: DayFilter) -> list[HoursLine]:
    found = list_hours(views, only, by_month=True, by_category=True)
    lines = [HoursLine(row.month or "", row.category, row.minutes, row.duties) for row in found]
    return sorted(lines, key=lambda line: (line.month, line.category or ""), reverse=True)[:MOST_HOURS]


def _list_duties(views: Views, only: DayFilter, zone: ZoneInfo) -> list[DutyLine]:
    """The newest first."""
    lines = [
        DutyLine(
            row.date,
            _localise(row.start, zone),
            _localise(row.end, zone),
            row.shift,
            row.outcome,
            row.credited_minutes,
        )
        for row in list_duties(views, only)
    ]
    return lines[::-1]
