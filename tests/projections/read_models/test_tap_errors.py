"""Taps that a kiosk which was away decided otherwise than one that knows everything (R-008)."""

import os
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from domain.clock import Reading, SimulatedClock
from domain.errors import DomainError
from domain.use_cases.check_in import Door, TapAnswer
from domain.use_cases.kiosk_place import KioskPlace
from domain.use_cases.source_intake import SourceIntake
from domain.use_cases.unit_rules import UnitRules
from projections.read_models.pending_work import PendingRow, list_pending
from projections.read_models.tap_errors import list_tap_errors
from tests.support.desk_commands import card_token_of
from tests.support.office import Office
from tests.support.office_kiosks import OfficeKiosk
from tests.support.people import ANN, BEN, CAT, local_time

NAMES = ("north", "south", "west")
PEOPLE = (ANN, BEN, CAT)
MORNING = local_time("2026-11-19 08:00")
STEPS = 40
SEEDS = (0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 13, 14)
"""Of others no tap is decided otherwise."""
LONG = os.environ.get("KIOSK_FAULTS") == "long"


class Offices:
    """One that hears of its kiosks now and then, and one whose doors know everything at once."""

    def __init__(self, folder: Path) -> None:
        (folder / "knowing").mkdir()
        self.merged, self.knowing = Office(folder, *PEOPLE), Office(folder / "knowing", *PEOPLE)
        for office in (self.merged, self.knowing):
            office.at("2026-11-01 08:00")
        self.intake = SourceIntake(self.merged.log, self.merged.clock)
        self.kiosks = {name: OfficeKiosk(name, [one for one in NAMES if one != name], folder) for name in NAMES}
        self.doors = {
            name: Door(self.knowing.log, KioskPlace(name, [one for one in NAMES if one != name]), SimulatedClock())
            for name in NAMES
        }
        for kiosk in self.kiosks.values():
            kiosk.join(self.intake, self.merged.act)
            kiosk.pull(self.merged.log)

    def close(self) -> None:
        for office in (self.merged, self.knowing):
            office.close_down()
        for kiosk in self.kiosks.values():
            kiosk.close()

    def tap(self, name: str, token: str, minute: int) -> tuple[TapAnswer, TapAnswer]:
        """The answer of the kiosk, and that of a door that knows everything."""
        at = MORNING + timedelta(minutes=minute)
        reading = SimulatedClock(at).read()
        knowing = self.doors[name].record_tap(token, "front", None, reading, at)
        return self.kiosks[name].tap(token, at), knowing

    def act(self, minute: int, what: str, *values: object) -> None:
        """The desk does something; a refusal is one in both."""
        refused: list[object] = []
        for office in (self.merged, self.knowing):
            office.at((MORNING + timedelta(minutes=minute)).isoformat())
            try:
                getattr(office, what)(*values)
            except DomainError as refusal:
                refused.append(type(refusal))
        assert len(refused) in (0, 2)

    def sync(self, names: Sequence[str] = NAMES) -> None:
        for name in names:
            self.kiosks[name].push(self.intake)
        for name in names:
            self.kiosks[name].pull(self.merged.log)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with ExitStack() as closing:
        offices = Offices(tmp_path)
        closing.callback(offices.close)
        yield offices


def find_decision(answer: TapAnswer) -> UUID | None:
    return None if answer.outcome == "refused" else answer.volunteer_id


@pytest.mark.parametrize("seed", SEEDS if LONG else SEEDS[:2])
def test_the_taps_that_are_listed_are_those_that_a_door_which_knows_everything_decides_otherwise(
    offices: Offices, seed: int
) -> None:
    """Cards are revoked and given to others while kiosks are away."""
    away, expected, minute = {"north", "west"}, set[tuple[str, datetime, bool]](), 0
    chance = random.Random(seed)  # noqa: S311 - replayable
    for _ in range(STEPS):
        minute += chance.randint(2, 30)
        match chance.choice(["tap", "tap", "tap", "tap", "revoke", "revoke", "issue", "issue", "issue", "leave"]):
            case "tap":
                name = chance.choice(NAMES)
                mine, knowing = offices.tap(name, card_token_of(chance.choice(PEOPLE)), minute)
                if find_decision(mine) != find_decision(knowing):
                    expected.add((name, mine.at, mine.outcome != "refused"))
            case "revoke":
                offices.act(minute, "revoke", chance.choice(PEOPLE))
            case "issue":
                offices.act(minute, "issue", chance.choice(PEOPLE), card_token_of(chance.choice(PEOPLE)))
            case _:
                away ^= {chance.choice(NAMES)}
        offices.sync([name for name in NAMES if name not in away])
    offices.sync()
    offices.merged.at("2026-11-25 08:00")
    found = list_tap_errors(offices.merged.current_views(), offices.merged.log)
    assert expected, "else the story says nothing"
    assert {(one.kiosk, one.at, one.accepted) for one in found} == {
        (name, int(at.timestamp()), accepted) for name, at, accepted in expected
    }


# --- Each way, and how it is settled ---------------------------------------------------------


def list_pending_of(offices: Offices) -> list[PendingRow]:
    offices.sync()
    offices.merged.at("2026-11-25 08:00")
    office = offices.merged
    rows = list_pending(office.current_views(), office.log, UnitRules(office.log).load().policies)
    return [row for row in rows if row.kind in ("accepted_in_error", "refused_in_error", "refused", "unknown_card")]


def describe(rows: Sequence[PendingRow]) -> list[tuple[str, UUID | None, str | None, str | None]]:
    return [(row.kind, row.volunteer, row.kiosk, row.reason) for row in rows]


@pytest.mark.parametrize(("minute", "listed"), [(59, False), (60, True)])
def test_a_card_that_was_revoked_while_a_kiosk_was_away_is_listed_until_the_visit_is_voided(
    offices: Offices, minute: int, *, listed: bool
) -> None:
    """From the second on in which it was revoked."""
    offices.act(60, "revoke", ANN)
    offices.tap("north", card_token_of(ANN), minute)
    rows = list_pending_of(offices)
    assert describe(rows) == ([("accepted_in_error", ANN, "north", "revoked_card")] if listed else [])
    if listed:
        offices.merged.void_visit(ANN, "2026-11-19 09:00")
        assert list_pending_of(offices) == []


@pytest.mark.parametrize(("since", "listed"), [("2026-11-20", False), ("2026-11-19", True)])
def test_who_was_suspended_while_a_kiosk_was_away_is_listed_until_it_is_acknowledged(
    offices: Offices, since: str, *, listed: bool
) -> None:
    offices.act(30, "suspend", ANN, since)
    offices.tap("north", card_token_of(ANN), 60)
    rows = list_pending_of(offices)
    assert describe(rows) == ([("accepted_in_error", ANN, "north", "suspended")] if listed else [])
    for row in rows:
        offices.merged.acknowledge(row)
    assert list_pending_of(offices) == []


def test_who_left_while_suspended_is_not_listed_for_having_left(offices: Offices) -> None:
    """A departure is taken in any standing."""
    offices.tap("north", card_token_of(ANN), 10)
    offices.act(30, "suspend", ANN, "2026-11-19")
    offices.tap("north", card_token_of(ANN), 60)
    assert list_pending_of(offices) == []


@pytest.mark.parametrize(("minute", "listed"), [(59, False), (60, True)])
def test_a_card_that_was_issued_while_a_kiosk_was_away_is_listed_until_the_visit_is_added(
    offices: Offices, minute: int, *, listed: bool
) -> None:
    """What the kiosk refused before that it refused rightly."""
    offices.act(60, "issue", ANN, "f" * 32)
    offices.tap("north", "f" * 32, minute)
    rows = list_pending_of(offices)
    kind = "refused_in_error" if listed else "refused"
    assert describe(rows) == [(kind, ANN, "north", "unknown_card")]
    if listed:
        offices.merged.add_visit(ANN, "2026-11-19 08:30", "10:00")
        assert list_pending_of(offices) == []


def test_who_was_let_in_again_while_a_kiosk_was_away_is_listed_once(offices: Offices) -> None:
    """Not among the refused taps besides."""
    offices.act(1, "suspend", ANN, "2026-11-10")
    offices.sync()
    offices.act(30, "resume", ANN, "2026-11-19")
    offices.tap("north", card_token_of(ANN), 60)
    assert describe(list_pending_of(offices)) == [("refused_in_error", ANN, "north", "suspended")]


def test_a_card_that_another_volunteer_holds_by_now_counts_for_neither(offices: Offices) -> None:
    offices.act(10, "revoke", ANN)
    offices.act(20, "issue", BEN, card_token_of(ANN))
    offices.tap("north", card_token_of(ANN), 60)
    assert describe(list_pending_of(offices)) == [("accepted_in_error", ANN, "north", "revoked_card")]


def test_what_the_hub_knew_later_than_the_tap_is_no_error(offices: Offices) -> None:
    offices.tap("north", card_token_of(ANN), 60)
    offices.act(61, "revoke", ANN)
    offices.tap("south", card_token_of(BEN), 70)
    assert list_pending_of(offices) == []


def test_a_tap_on_a_clock_that_waits_to_be_put_right_is_not_judged(offices: Offices) -> None:
    offices.act(10, "revoke", ANN)
    kiosk, at = offices.kiosks["north"], MORNING + timedelta(days=1)
    kiosk.tap(card_token_of(ANN), at, Reading(at, "unsynchronised", "boot", 10**12))
    assert list_pending_of(offices) == []
