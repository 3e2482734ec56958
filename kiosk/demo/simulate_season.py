"""Living the season in a home: each day at the desk and at the door, then the night, then the morning after it.

Rule: whatever the coordinator does about yesterday is read from the read models, as a person would read it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from domain.act import Act
from kiosk.batch.run import carry_out
from kiosk.batch.source import RawLine
from kiosk.demo.life import WRITTEN_AHEAD, at_the_desk, at_the_door, rosters
from kiosk.demo.office import Line, Month, founding, line
from kiosk.demo.season import Season, clock
from kiosk.errors import Mistake
from kiosk.home import Home
from kiosk.nightly.reconcile import settle_days
from kiosk.statements.statements import Row, Statements
from projections.read_models.day_filter import Asked

MID_MORNING = (10, 20)
"""When the last day is looked at: somebody is late, somebody is in, the afternoon is to come."""
LOOKED_BACK = timedelta(days=7)
"""How far back the coordinator looks for visits without check-out."""
CONSIDERED = timedelta(days=10)
"""How long a case lies on the coordinator's desk."""
WITHOUT_DUTY = timedelta(hours=2)
"""How long somebody without a duty is said to have stayed."""


def live(home: Home, season: Season) -> list[Row]:
    """Everything up to the middle of the last morning; the rows of all nights."""
    first = season.working[0]
    carry_all(home, founding(Month(season.working)))
    carry_all(home, rosters(season, date.min, first + WRITTEN_AHEAD, clock(season.days[0] - WRITTEN_AHEAD, 9)))
    nights: list[Row] = []
    for day in season.days[:-1]:
        carry_all(home, _in_order([*_morning(home, season, day), *_planned(season, day)]))
        nights += _night(home, day)
    carry_all(home, (tapped for tapped in _today(season) if tapped["at"] <= _mid_morning(season)))
    return nights


def still_to_come(season: Season) -> list[Line]:
    """What is left of the last day."""
    return [tapped for tapped in _today(season) if tapped["at"] > _mid_morning(season)]


def carry_all(home: Home, lines: Iterable[Line]) -> None:
    """Carry lines of a story out as `kiosk apply` would. Raises: Mistake where one does not fit the rules."""
    raw = (RawLine(number, msgspec.json.encode(said)) for number, said in enumerate(lines, 1))
    for report in carry_out(home, raw, Path()):
        if report.status:
            raise Mistake(f"the story does not fit the rules at line {report.line}: {report.sentence}")


# --- The day ---


def _today(season: Season) -> list[Line]:
    return _in_order(at_the_door(season, season.last))


def _mid_morning(season: Season) -> str:
    return clock(season.last, *MID_MORNING).isoformat()


def _planned(season: Season, day: date) -> Iterator[Line]:
    if day not in season.closed:
        yield from at_the_desk(season, day)
    yield from at_the_door(season, day)


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda said: said["at"])


def _night(home: Home, day: date) -> Iterator[Row]:
    """The nightly job, at half past four in the morning."""
    night = clock(day + timedelta(days=1), 4, 30).replace(tzinfo=home.zone).astimezone(UTC)
    home.set_clock(night)
    return settle_days(home, day, Act(night, home.people.actor("system"), night))


# --- The morning after ---


def _morning(home: Home, season: Season, day: date) -> Iterator[Line]:
    """The coordinator reads what the nights have left, and answers."""
    if day == season.days[0] or day in season.closed:
        return
    said, lately = Statements.now(home), Asked(day - LOOKED_BACK, day - timedelta(days=1))
    ends = {(row["volunteer"], row["date"]): row["end"] for row in said.duties(lately)}
    for visit in said.visits(lately):
        if visit["status"] == "no_check_out":
            stayed = (datetime.fromisoformat(visit["check_in"]) + WITHOUT_DUTY).isoformat()
            left = max(ends.get((visit["volunteer"], visit["date"]), stayed), visit["check_in"])
            facts = {name: visit[name] for name in ("volunteer", "check_in")}
            yield line("close_visit", clock(day, 9, 10), check_out=left, reason="當日在場，忘了刷退", **facts)
    for case in said.exits(Asked()):
        if case["status"] == "raised" and date.fromisoformat(case["raised_on"]) + CONSIDERED <= day:
            facts = {name: case[name] for name in ("volunteer", "rule")}
            yield line("decide_exit", clock(day, 9, 30), decision="keep", reason="面談後續留", **facts)
