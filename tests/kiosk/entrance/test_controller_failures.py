"""What fails beside the log takes nothing from a tap; what fails at the log is no tap."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.entrance.service import StorageTrouble
from kiosk.home import Home
from tests.kiosk.conftest import Apply
from tests.support.full_disk import full_disk
from tests.support.home_entrance import LANS_CARD_NUMBER, OFFICE_LINES, HomeEntrance
from tests.support.kiosk_program import run_kiosk


@pytest.fixture
def office(simulation: Path, apply: Apply) -> Path:
    """The folder of a home in which the people of this file serve."""
    assert apply(simulation, *OFFICE_LINES).err == ""
    return simulation


@pytest.fixture
def entrance(office: Path) -> Iterator[HomeEntrance]:
    with Home.open(office) as home:
        yield HomeEntrance(home)


# --- What fails beside the log takes nothing from the tap ---


def overwritten(home: Path, name: str) -> None:
    """Nonsense where pages were, as long as before."""
    with (home / name).open("r+b") as file:
        file.write(b"nonsense" * ((home / name).stat().st_size // 8))


def in_the_way(home: Path, name: str) -> None:
    """Nothing can be written there any more."""
    (home / name).unlink()
    (home / name).mkdir()


@pytest.mark.parametrize("damage", [overwritten, in_the_way])
def test_views_that_fail_cost_the_hours_on_the_screen_and_not_the_tap(
    entrance: HomeEntrance, office: Path, damage: Callable[[Path, str], None]
) -> None:
    entrance.tap("08:55", LANS_CARD_NUMBER)
    damage(office, "views.db")
    arrived = entrance.tap("08:56")
    assert (arrived.state, arrived.name) == ("checked_in", "王〇明")
    assert entrance.stored_names[-2:] == ["attendance.checked-in"] * 2


def test_a_damaged_people_store_costs_the_name_and_not_the_tap(entrance: HomeEntrance, office: Path) -> None:
    for name in ("people.db", "people.db-wal"):
        overwritten(office, name)
    arrived = entrance.tap("08:55")
    assert (arrived.state, arrived.name, arrived.language) == ("checked_in", None, "zh-TW")
    assert arrived.duty == "櫃台"
    assert entrance.tap("12:00").state == "checked_out"


# --- What fails at the log is no tap ---


def test_a_tap_that_cannot_be_written_is_none_and_counts_again_when_the_disk_has_room(entrance: HomeEntrance) -> None:
    before = entrance.home.log.head()
    with full_disk():
        with pytest.raises(StorageTrouble):
            entrance.tap("08:55")
        with pytest.raises(StorageTrouble):
            entrance.controller.record_unreadable("door")
        ready_while_full = entrance.controller.is_storage_ready()
    assert entrance.home.log.head() == before
    assert (ready_while_full, entrance.controller.is_storage_ready()) == (False, True)
    assert entrance.tap("08:56").state == "checked_in"
    assert run_kiosk("verify", "--home", entrance.home.path).status == 0
