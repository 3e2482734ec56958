"""`kiosk restore` refuses while an entrance is open on the home that it takes the place of."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.backups.backup import back_up
from kiosk.entrance.launch import lock_entrance
from kiosk.home import Home
from tests.support.kiosk_program import ProgramResult, run_kiosk

NIGHT = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)


@pytest.fixture
def backup(simulation: Path, tmp_path: Path) -> Path:
    with Home.open(simulation) as home:
        return back_up(home, tmp_path / "usb", 14, NIGHT)[0]


def assert_refused(ended: ProgramResult, open_home: Path) -> None:
    assert (ended.status, ended.out) == (1, "")
    assert f"an entrance is open on {open_home}: end it first" in ended.err


def test_while_an_entrance_is_open_on_the_home_that_was_moved_aside_nothing_is_restored(
    simulation: Path, backup: Path
) -> None:
    with lock_entrance(simulation):
        lost = simulation.rename(simulation.with_name("home.lost"))
        assert_refused(run_kiosk("restore", backup, "--to", simulation), lost)
    assert not simulation.exists()
    assert run_kiosk("restore", backup, "--to", simulation).status == 0


def test_while_an_entrance_is_open_on_the_folder_itself_nothing_is_restored(simulation: Path, backup: Path) -> None:
    with lock_entrance(simulation):
        assert_refused(run_kiosk("restore", backup, "--to", simulation), simulation)


def test_an_entrance_of_another_home_beside_it_is_none_of_its_business(
    simulation: Path, backup: Path, tmp_path: Path
) -> None:
    Home.make(tmp_path / "other", simulation=True).close()
    with lock_entrance(tmp_path / "other"):
        assert run_kiosk("restore", backup, "--to", tmp_path / "new").status == 0


@pytest.mark.parametrize("name", ["lost", "elsewhere/lost"])
def test_while_an_entrance_is_open_on_the_lost_home_that_is_named_nothing_is_restored(
    simulation: Path, backup: Path, tmp_path: Path, name: str
) -> None:
    lost = tmp_path / name
    lost.parent.mkdir(exist_ok=True)
    with lock_entrance(simulation):
        simulation.rename(lost)
        assert_refused(run_kiosk("restore", backup, "--to", tmp_path / "new", "--from-home", lost), lost)
