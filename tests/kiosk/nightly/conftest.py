"""Homes for which a night is due."""

import sqlite3
from pathlib import Path

import pytest

from projections.engine.day_digests import TABLES, compute_day_digest
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch
from tests.support.tampering import open_unguarded

FORGOT = line("tap", "2026-11-19T08:58", card="04000000000001")
NEXT_MORNING = line("tap", "2026-11-20T09:00", card="04000000000001")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A simulated home in which Ann forgot to check out on the 19th, and it is the 20th."""
    home = tmp_path / "office"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    assert (
        run_kiosk("apply", write_batch(tmp_path / "b", *ANNS_UNIT_LINES, FORGOT, NEXT_MORNING), "--home", home).status
        == 0
    )
    return home


def build_week(folder: Path) -> Path:
    """A simulated home with a week in which Ann is absent three times, nothing of it settled yet."""
    home = folder / "home"
    shifts = [
        line(
            "schedule_shift",
            "2026-11-01T08:00",
            shift=f"D{day}",
            start=f"2026-11-{day}T09:00",
            end=f"2026-11-{day}T12:00",
            volunteers=["V001"],
        )
        for day in (23, 24, 25, 26)
    ]
    tapped = line("tap", "2026-11-25T09:00", card="04000000000001")
    later = line("tap", "2026-11-27T09:00", card="04000000000001")
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    batch = write_batch(folder / "week", *ANNS_UNIT_LINES, *shifts, tapped, later)
    assert run_kiosk("apply", batch, "--home", home).status == 0
    return home


def forge_digests(connection: sqlite3.Connection) -> None:
    """Let every digest fit the rows, as a person does who has read how they are made."""
    ids = dict(connection.execute("SELECT key, volunteer FROM people"))
    for key, day in connection.execute("SELECT volunteer, day FROM digests").fetchall():
        visits, duties, earned = (
            connection.execute(f"SELECT * FROM {table} WHERE volunteer = ? AND day = ?", (key, day)).fetchall()
            for table in TABLES
        )
        digest = compute_day_digest(ids[key], (visits, duties, earned))
        connection.execute("UPDATE digests SET digest = ? WHERE volunteer = ? AND day = ?", (digest, key, day))


def forge_views(office: Path, outcome: str = "attended") -> None:
    """Of the day that is not settled yet; no reader can notice."""
    assert run_kiosk("visits", "--home", office).status == 0
    (office / "views.db-seal").unlink(missing_ok=True)
    with open_unguarded(office / "views.db") as connection:
        connection.execute("UPDATE duties SET outcome = ?", (outcome,))
        forge_digests(connection)
