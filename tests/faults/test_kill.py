"""kill -9 in the middle of writing, again and again, while another process writes too: nothing acknowledged is lost."""

import os
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

import pytest

from domain.log.event_log import EventLog
from tests.faults.writers import Writer
from tests.support.toy import NAMES

KILLS = 300 if os.environ.get("KIOSK_FAULTS") == "long" else 60
SEED = 20261102
"""Decides after how many appends each writer dies."""


def test_a_writer_killed_at_any_instant_loses_nothing_that_it_acknowledged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, chance, names = tmp_path / "log.db", Random(SEED), map(str, count())  # noqa: S311 - a replayable choice
    EventLog.create(path, NAMES).close()
    acknowledged: dict[int, int] = {}
    victim, survivor = Writer(path, next(names)), Writer(path, next(names))
    for _ in range(KILLS):
        acknowledged.update(victim.after(chance.randrange(1, 150)))
        acknowledged.update(victim.kill())
        acknowledged.update(survivor.so_far())
        assert missing_from(path, acknowledged) == []
        victim, survivor = survivor, Writer(path, next(names))
    for last in (victim, survivor):
        acknowledged.update(last.kill())
    lost = missing_from(path, acknowledged)
    with capsys.disabled():
        print(f"\nkill -9: {KILLS + 2} kills, {len(acknowledged)} acknowledged, {len(lost)} lost")  # noqa: T201 - asked
    assert lost == []


def missing_from(path: Path, acknowledged: dict[int, int]) -> list[int]:
    """The positions that were acknowledged and are not there; and the log is one chain without a gap."""
    with closing(EventLog.open(path, NAMES)) as log:
        verdict = log.verify()
        assert verdict.whole, verdict.why
        stored = {at: event.by for at, event in log.entries(limit=verdict.events, upto=verdict.events)}
    assert list(stored) == list(range(1, verdict.events + 1))
    return [at for at, number in acknowledged.items() if stored.get(at) != number]
