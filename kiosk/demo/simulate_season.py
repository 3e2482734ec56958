"""Simulating a season in a home: each day's coordinator and taps, the night after it, the corrections of the morning.

Rule: the coordinator corrects by what the read models show, as a person would.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from domain.act import Act
from kiosk.batch.run import run_batch
from kiosk.batch.source import RawLine
from kiosk.demo.office import BatchLine, build_line, list_founding_lines
from kiosk.demo.season import Season, local_time
from kiosk.demo.season_day import ROSTER_LEAD, list_desk_lines, list_rosters, list_taps
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.nightly.reconcile import reconcile_day_by_day
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from kiosk.words.reports import DemoText
from projections.read_models.day_filter import DayFilter

MID_MORNING = (10, 20)
"""When the last day stops: one volunteer is late, others are present, the afternoon is to come."""
LOOK_BACK = timedelta(days=7)
"""How far back the coordinator corrects visits without check-out."""
REVIEW_PERIOD = timedelta(days=10)
"""Time from the raising of a case to its decision."""
STAY_WITHOUT_DUTY = timedelta(hours=2)
"""Assumed length of a visit without duty and check-out."""
FORGOT_REASON, KEEP_REASON = "當日在場，忘了刷退", "面談後續留"


def simulate_season(home: Home, season: Season) -> list[Row]:
    """Apply everything before the last day; the rows of all nights."""
    first = season.working[0]
    apply_lines(home, list_founding_lines(season.working))
    apply_lines(home, list_rosters(season, date.min, first + ROSTER_LEAD, local_time(season.days[0] - ROSTER_LEAD, 9)))
    nights: list[Row] = []
    for day in season.days[:-1]:
        apply_lines(home, _sort_by_time([*_list_morning_lines(home, season, day), *_list_planned_lines(season, day)]))
        nights += run_night(home, day)
    return nights


def list_last_day_taps(season: Season) -> list[BatchLine]:
    """The taps of the day that is played, in order of time."""
    return _sort_by_time(list_taps(season, season.last))


def play_last_morning(home: Home, season: Season) -> list[BatchLine]:
    """Apply the taps up to the middle of the last morning; those that remain."""
    taps, now = list_last_day_taps(season), local_time(season.last, *MID_MORNING).isoformat()
    apply_lines(home, (tap for tap in taps if tap["at"] <= now))
    return [tap for tap in taps if tap["at"] > now]


def apply_lines(home: Home, lines: Iterable[BatchLine]) -> None:
    """Apply lines as `kiosk apply` would. Raises: UserError, when one is refused."""
    raw = (RawLine(number, msgspec.json.encode(line)) for number, line in enumerate(lines, 1))
    for report in run_batch(home, raw, Path()):
        if report.status:
            raise UserError(DemoText.LINE_REFUSED.fill(line=report.line, sentence=report.sentence))


# --- The day ---


def _list_planned_lines(season: Season, day: date) -> Iterator[BatchLine]:
    if day not in season.closed:
        yield from list_desk_lines(season, day)
    yield from list_taps(season, day)


def _sort_by_time(lines: Iterable[BatchLine]) -> list[BatchLine]:
    return sorted(lines, key=lambda line: line["at"])


def run_night(home: Home, day: date) -> Iterator[Row]:
    """The nightly job after a day, at half past four in the morning."""
    night = local_time(day + timedelta(days=1), 4, 30).replace(tzinfo=home.zone).astimezone(UTC)
    home.set_clock(night)
    return reconcile_day_by_day(home, day, Act(night, home.people.ensure_actor(SYSTEM_ACTOR), night))


# --- The morning after ---


def _list_morning_lines(home: Home, season: Season, day: date) -> Iterator[BatchLine]:
    """The coordinator closes the visits that the nights left open, and decides cases that are due."""
    if day == season.days[0] or day in season.closed:
        return
    statements, recent = Statements.now(home), DayFilter(day - LOOK_BACK, day - timedelta(days=1))
    ends = {(row["volunteer"], row["date"]): row["end"] for row in statements.list_duties(recent)}
    for visit in statements.list_visits(recent):
        if visit["status"] == "no_check_out":
            stayed = (datetime.fromisoformat(visit["check_in"]) + STAY_WITHOUT_DUTY).isoformat()
            left = max(ends.get((visit["volunteer"], visit["date"]), stayed), visit["check_in"])
            facts = {name: visit[name] for name in ("volunteer", "check_in")}
            yield build_line("close_visit", local_time(day, 9, 10), check_out=left, reason=FORGOT_REASON, **facts)
    for case in statements.list_exits(DayFilter()):
        if case["status"] == "raised" and date.fromisoformat(case["raised_on"]) + REVIEW_PERIOD <= day:
            facts = {name: case[name] for name in ("volunteer", "rule")}
            yield build_line("decide_exit", local_time(day, 9, 30), decision="keep", reason=KEEP_REASON, **facts)
