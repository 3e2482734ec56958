"""kill -9 at any moment, of each program that works on a home, while the others go on: nothing acknowledged is lost."""

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.faults.roles import (
    PEOPLE,
    Acknowledgement,
    follow_log,
    is_stored,
    work_at_desk,
    work_at_entrance,
    work_at_night,
)
from tests.faults.workers import Worker
from tests.support.history_generator import create_unit

KILLS = 2_000 if LONG else 10
SEED = 20261102
"""Decides who dies next, and after how many words."""
WHOLE_WALK = 100
"""Kills between two walks of the whole chain; after the others its new end is walked."""
AT_WORK = (work_at_entrance, work_at_entrance, work_at_desk, work_at_night, follow_log)


def test_a_process_that_is_killed_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    home, chance, names = founded(tmp_path / "home"), Random(SEED), map(str, count())  # noqa: S311 - replayable
    at_work = [Worker(role, home, next(names)) for role in AT_WORK]
    done: list[Acknowledgement] = []
    for kill in range(KILLS):
        victim = at_work.pop(chance.randrange(len(at_work)))
        heard = [*victim.receive(chance.randrange(12)), *victim.kill()]
        heard += [word for worker in at_work for word in worker.receive_pending()]
        at_work.append(Worker(victim.work, home, next(names)))
        assert missing(home, heard, whole=kill % WHOLE_WALK == 0) == []
        done += heard
    done += [word for worker in at_work for word in worker.kill()]
    lost = missing(home, done, whole=True)
    taps = sum(word.what == "tapped" for word in done)
    FAULT_RESULTS.append(FaultResult("kill -9, five at work on one home", KILLS + len(AT_WORK), taps, len(lost)))
    assert lost == []
    assert {word.what for word in done} >= {"tapped", "rostered", "settled", "read"}


def founded(path: Path) -> Path:
    """A home in which some people serve."""
    with Home.make(path, simulation=True) as home:
        create_unit(home.log, PEOPLE, date(2026, 1, 5))
    return path


def missing(home: Path, done: Iterable[Acknowledgement], *, whole: bool) -> list[Acknowledgement]:
    """What was acknowledged and is not there. The log opens, so its head is not behind the file beside it."""
    with closing(open_sqlite_log(home / LOG_FILE, REGISTERED_NAMES)) as log:
        verdict = log.verify() if whole else log.verify_tail()
        assert verdict.whole, verdict
        return [each for each in done if not is_stored(log, each)]
