"""A trigger that swallows taps is put into the log of an open entrance: no tap is answered "checked in" for nothing."""

import os
from contextlib import closing
from pathlib import Path

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.faults.tap_process import STORAGE_TROUBLE, TapProcess
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import run_kiosk, write_batch
from tests.support.tampering import open_unguarded

ROUNDS = 100 if LONG else 3
TRIGGERS = (
    "BEFORE INSERT ON stored_events BEGIN SELECT RAISE(IGNORE); END",
    "BEFORE INSERT ON stored_events WHEN NEW.topic LIKE 'attendance%' BEGIN SELECT RAISE(IGNORE); END",
    "AFTER INSERT ON stored_events BEGIN SELECT RAISE(IGNORE); END",
)


def alter(home: Path, statement: str) -> None:
    with open_unguarded(home / "log.db", without_triggers=False) as tool:
        tool.execute(statement)


def test_no_tap_is_acknowledged_through_a_trigger_and_taps_go_on_without_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "office", *OFFICE_LINES), "--home", home).status == 0
    refused, acknowledged = 0, []
    with TapProcess(home, dict(os.environ)) as door:
        for number in range(ROUNDS):
            acknowledged.append(door.tap(ANNS_CARD_NUMBER, 2 * number).position)
            alter(home, f"CREATE TRIGGER quiet {TRIGGERS[number % len(TRIGGERS)]}")
            assert not door.is_ready()
            refused += door.tap(LANS_CARD_NUMBER, 2 * number + 1).state == STORAGE_TROUBLE
            alter(home, "DROP TRIGGER quiet")
            assert door.is_ready()
    with closing(open_sqlite_log(home / "log.db", REGISTERED_NAMES)) as log:
        assert log.verify().whole
        stored = {entry.position for entry in log.read_entries(limit=10_000)}
    lost = len(set(acknowledged) - stored)
    what = "a trigger that swallows taps is put into the log of an open entrance"
    ATTACK_RESULTS.append(
        AttackResult(what, ROUNDS, refused, lost, "the screen says to sign on paper; taps go on after")
    )
    assert (refused, lost) == (ROUNDS, 0)
