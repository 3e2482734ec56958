"""What a home keeps beside the events of its kiosks: `kiosk verify` and the night find what was changed of it."""

from pathlib import Path

import pytest

from domain.log.schema import SOURCE_STATEMENTS
from tests.kiosk.test_joined_kiosks import KioskHome
from tests.support.kiosk_program import run_kiosk
from tests.support.tampering import open_unguarded

STRANGER = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def kiosk_home(tmp_path: Path) -> KioskHome:
    """A home with two batches of a kiosk, and a day to settle."""
    made = KioskHome(tmp_path)
    made.do("join", "send")
    made.door.tap(2)
    made.do("send")
    made.move_on("2026-11-20T09:00")
    return made


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ("DELETE FROM taken; DELETE FROM heard", "stands in a stream of the kiosk 後門, and the row that says when"),
        ("DROP TABLE taken; DROP TABLE heard; PRAGMA user_version=1", "stands in a stream of the kiosk 後門"),
        ("DELETE FROM taken WHERE source_position > 3", "stands in a stream of the kiosk 後門"),
        ("DELETE FROM taken WHERE source_position = 3", "does not prove itself at its event 4"),
        (f"UPDATE taken SET source = '{STRANGER}'", f"as if they came from the log {STRANGER}, which never joined"),
        (
            f"UPDATE taken SET source = '{STRANGER}', source_position = source_position - 3 WHERE source_position > 3",
            f"as if they came from the log {STRANGER}",
        ),
        (
            "INSERT INTO taken SELECT 99, source, 6, chain, signature, 0 FROM taken WHERE source_position = 5",
            "does not prove itself at its event 6",
        ),
        (
            f"INSERT INTO taken SELECT max(position), '{STRANGER}', 1, zeroblob(32), NULL, 0 FROM stored_events",
            f"as if they came from the log {STRANGER}",
        ),
    ],
    ids=[
        "all removed",
        "the tables removed",
        "the last batch removed",
        "one removed",
        "all of another log",
        "the last batch of another log",
        "one without an event",
        "one beside an own event",
    ],
)
def test_rows_beside_the_events_of_a_kiosk_that_were_changed_are_found(
    kiosk_home: KioskHome, statements: str, says: str
) -> None:
    assert kiosk_home.run("verify")["ok"]
    with open_unguarded(kiosk_home.path / "log.db") as tool:
        tool.executescript(statements)
    found = kiosk_home.run("verify")
    assert (found["ok"], found["first_bad"], says in found["why"]) == (False, None, True), found
    night = run_kiosk("reconcile", "--home", kiosk_home.path)
    assert (night.status, says in night.err) == (1, True), night


def test_rows_in_a_home_that_no_kiosk_has_joined_are_found(tmp_path: Path) -> None:
    kiosk_home = KioskHome(tmp_path)
    with open_unguarded(kiosk_home.path / "log.db") as tool:
        tool.executescript(";".join(SOURCE_STATEMENTS))
    assert kiosk_home.run("verify")["ok"]
    with open_unguarded(kiosk_home.path / "log.db") as tool:
        tool.execute(f"INSERT INTO taken VALUES (1, '{STRANGER}', 1, zeroblob(32), NULL, 0)")
    assert f"as if they came from the log {STRANGER}" in kiosk_home.run("verify")["why"]
