"""The hub states how wrong a kiosk's clock was; the kiosk has not heard of it, and goes on tapping by that clock."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.act import Act
from domain.calendar import TAIPEI
from domain.errors import VisitsOverlap
from domain.log.chain import GENESIS
from domain.log.signing import SigningKey
from domain.log.source_messages import build_batch
from domain.log.source_rows import SourceRow
from domain.model.kiosk_clock import BootsPutRight
from domain.spans import Second, second
from domain.use_cases.clock_correction import correct_clock
from domain.use_cases.source_intake import SourceIntake
from kiosk.home import Home
from projections.read_models.explanation import explain
from tests.support.fake_machine import FakeMachine
from tests.support.fixed_clock import FixedClock
from tests.support.joined_kiosk import ANN, join, send, tap
from tests.support.people import COORDINATOR, NOTE, local_time

BEHIND = timedelta(days=3)
NINE, TEN, NOON = (local_time(f"2026-11-20 {hour}:00") for hour in ("09", "10", "12"))


def act_of(unit: Home, at: datetime) -> Act:
    unit.set_clock(at)
    return Act(at, COORDINATOR, at)


def list_visits(unit: Home, who: UUID) -> list[tuple[Second, Second | None]]:
    """Those of the second day, as they are evaluated."""
    unit.views.catch_up(second(local_time("2026-11-20 20:00")))
    key = unit.views.find_key(who)
    assert key is not None
    found = explain(unit.views, key, date(2026, 11, 20)).visits
    return [(one.visit.check_in, one.visit.check_out) for one in found]


class Intake:
    """What the hub of a unit takes of a kiosk, in signed batches."""

    def __init__(self, unit: Home, side: Home) -> None:
        self.unit, self.own = unit, side.log.own
        self.key = SigningKey(Ed25519PrivateKey.generate())
        self.intake = SourceIntake(unit.log, FixedClock(NINE))
        self.intake.join("side", self.own.log_id, self.key.public, (), act_of(unit, local_time("2026-11-18 12:00")))

    def take(self) -> None:
        held = self.intake.find_held(self.own.log_id)
        rows = [SourceRow(UUID(hex=row[1]), *row[2:]) for row in self.own.read_rows(held)]
        chain = self.own.chain_at(held) if held else GENESIS
        self.intake.take(build_batch(self.key, self.own.log_id, held, chain, rows))


@pytest.fixture
def ann(unit: Home, tmp_path: Path) -> Iterator[UUID]:
    """Ann taps at the side door, before the statement and, on the next day, after it."""
    path = join(tmp_path / "side", unit)
    send(path, unit)
    with Home.open(path) as side:
        machine, hub = FakeMachine("2026-11-19 09:00", BEHIND), Intake(unit, side)
        side.use_clock(machine)
        for at in ("2026-11-19 09:00", "2026-11-19 11:00", "2026-11-20 09:00"):
            machine.advance_to(at)
            side.door.record_tap(side.derive_token(ANN), "front")
            if at.endswith("11:00"):
                hub.take()
                stated = act_of(unit, local_time("2026-11-19 12:00"))
                correct_clock(unit.log, "side", machine.boot, round(BEHIND.total_seconds()), NOTE, stated)
        hub.take()
        yield unit.people.find_id("V001")


def test_the_desk_closes_the_visit_that_it_is_shown(unit: Home, ann: UUID) -> None:
    """Decision 3."""
    assert list_visits(unit, ann) == [(second(NINE), None)]
    unit.desk.close_visit(ann, (NINE, NOON), NOTE, act_of(unit, local_time("2026-11-20 18:00")))
    assert list_visits(unit, ann) == [(second(NINE), second(NOON))]


def test_no_visit_is_added_over_it(unit: Home, ann: UUID) -> None:
    unit.desk.close_visit(ann, (NINE, NOON), NOTE, act_of(unit, local_time("2026-11-20 18:00")))
    with pytest.raises(VisitsOverlap):
        unit.desk.add_visit(ann, (TEN, NOON), NOTE, act_of(unit, local_time("2026-11-20 18:10")))


def test_the_door_of_the_hub_knows_who_came(unit: Home, ann: UUID) -> None:
    assert tap(unit, ANN, "2026-11-20 12:00").outcome == "checked_out"
    assert list_visits(unit, ann) == [(second(NINE), second(NOON))]


def test_each_day_of_such_taps_is_named_once_and_of_others_none(unit: Home, ann: UUID) -> None:
    """The taps of the 19th were named by the statement itself; that of the 20th by the hub, when it took it."""
    named = [entry.event for entry in unit.log.read_entries() if isinstance(entry.event, BootsPutRight.BootNamed)]
    assert [str(event.at.astimezone(TAIPEI).date()) for event in named] == ["2026-11-19", "2026-11-20"]
    assert ann
