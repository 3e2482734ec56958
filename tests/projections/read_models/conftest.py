"""The live roster of an office at a time of one day."""

from uuid import UUID

import pytest

from domain.use_cases.unit_rules import UnitRules
from projections.read_models.live_roster import LiveRoster, RosterEntry, build_live_roster
from tests.support.office import Office
from tests.support.people import ANN, local_second

DAY = "2026-11-19"


def roster_at(office: Office, at: str) -> LiveRoster:
    """The roster of the office at a local time of the day, or at a whole instant."""
    now = at if "-" in at else f"{DAY} {at}"
    rules = UnitRules(office.log).load()
    return build_live_roster(office.at(now).current_views(), office.log, rules.days, rules.policies, local_second(now))


def entry(office: Office, at: str, shift: str | None = "AM", who: UUID | None = ANN) -> RosterEntry | None:
    """A volunteer's line in a shift, or outside any."""
    lines = [e for e in roster_at(office, at).entries if (e.slot and e.slot.shift, e.volunteer) == (shift, who)]
    assert len(lines) < 2
    return lines[0] if lines else None


def state(office: Office, at: str, shift: str | None = "AM", who: UUID | None = ANN) -> str | None:
    found = entry(office, at, shift, who)
    return found and found.state


def uncovered(office: Office, at: str) -> list[str]:
    return [slot.shift for slot in roster_at(office, at).uncovered]


@pytest.fixture
def half_days(office: Office) -> Office:
    """Ann serves in the morning and in the afternoon; grace 10 minutes, early window 30."""
    office.at("2026-11-01 09:00")
    office.schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    office.schedule_shift("PM", f"{DAY} 14:00", "17:00", ANN)
    return office


@pytest.fixture
def morning(office: Office) -> Office:
    """Ann serves in the morning."""
    office.at("2026-11-01 09:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    return office
