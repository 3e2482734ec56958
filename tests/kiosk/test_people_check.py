"""The people store is compared with the log while others change it: what is wrong is what stays wrong meanwhile."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from kiosk.accounts.accounts import Accounts
from kiosk.accounts.coordinators import Coordinators
from kiosk.accounts.passwords import Password
from kiosk.accounts.pins import Pin
from kiosk.erasure.erasure import PendingErasure
from kiosk.home import Home
from kiosk.people_check import PeopleVerdict, check_people
from tests.kiosk.conftest import Apply
from tests.kiosk.erasure.conftest import ENDED, ERASED_AT, NUMBER, OF_ANN, SERVED
from tests.support.kiosk_program import line, run_kiosk, run_kiosk_process, write_batch
from tests.support.postgresql_server import PostgreSQLServer

Change = Callable[[Home], object]
SHORT = 20.0
"""Seconds within which a thread gets its turn, on any machine."""


def change_name(home: Home) -> None:
    ended = line("change_person", "2026-12-02T09:00", **OF_ANN, by="lin", name="王曉明")
    batch = write_batch(home.path.parent / "change.jsonl", ended)
    assert run_kiosk_process("apply", batch, "--home", home.path).status == 0


def set_pin(home: Home) -> None:
    Coordinators(home).set_pin("lin", Pin("314159"), home.people.ensure_actor("system"))


def remove_pin(home: Home) -> None:
    Coordinators(home).remove_pin("lin", home.people.ensure_actor("system"))


def change_password(home: Home) -> None:
    Accounts(home).change_password("lin", Password("another long password"), home.people.ensure_actor("system"))


def remove_account(home: Home) -> None:
    Accounts(home).remove("lin", home.people.ensure_actor("system"))


def erase_ann(home: Home) -> None:
    home.set_clock(ERASED_AT)
    PendingErasure(home, NUMBER, "request").carry_out("lin")


CHANGES: dict[str, Change] = {
    "a name is changed": change_name,
    "a PIN is set again": set_pin,
    "a PIN is removed": remove_pin,
    "a password is changed": change_password,
    "an account is removed": remove_account,
    "a person is erased": erase_ann,
}
HALFWAY: dict[str, tuple[Change, str, str]] = {
    "a PIN is set again": (set_pin, "people", "keep_pin_hash"),
    "a password is changed": (change_password, "people", "keep_password_hash"),
    "a person is erased": (erase_ann, "desk", "erase_person"),
}
"""A change, and the step behind which one of the two stores has it and the other has not."""


@pytest.fixture
def office(simulation: Path, apply: Apply) -> Path:
    """A home with a person who left, and Lin, who has a PIN and an account."""
    assert apply(simulation, *SERVED, ENDED).err == ""
    with Home.open(simulation) as home:
        system = home.people.ensure_actor("system")
        Coordinators(home).set_pin("lin", Pin("271828"), system)
        Accounts(home).add("lin", "coordinator", Password("a very long password"), system)
    return simulation


@pytest.fixture
def homes(office: Path) -> Iterator[tuple[Home, Home]]:
    """The home twice, as two programs have it open: one compares, the other changes."""
    with Home.open(office) as comparing, Home.open(office) as changing:
        yield comparing, changing


def compare(home: Home) -> PeopleVerdict:
    return check_people(home.log, home.people, home.compute_hmac)


def run_behind_the_last_event(monkeypatch: pytest.MonkeyPatch, home: Home, change: Callable[[], object]) -> None:
    """Let something happen once, when a reader of the log of a home has come to its end."""
    read_rows, done = home.log.read_rows, list[object]()

    def read_then_change(*args: Any) -> Any:
        rows = read_rows(*args)
        if not rows and not done:
            done.append(True)
            change()
        return rows

    monkeypatch.setattr(home.log, "read_rows", read_then_change)


def compare_amid(
    monkeypatch: pytest.MonkeyPatch, homes: tuple[Home, Home], part: str, step: str
) -> "Future[PeopleVerdict]":
    """What a comparison finds that begins when another program is behind a step of a change.

    The change goes on when the comparison has ended, or waits for it.
    """
    comparing, changing = homes
    changed = getattr(changing, part)
    take_step, hold, compared, found = getattr(changed, step), comparing.log.writing, Event(), Future[Any]()

    def hold_behind_the_change() -> Any:
        compared.set()
        return hold()

    def run() -> None:
        found.set_result(compare(comparing))
        compared.set()

    def compare_behind_it(*args: Any) -> Any:
        taken = take_step(*args)
        threads.submit(run)
        assert compared.wait(SHORT)
        return taken

    threads = ThreadPoolExecutor(1)
    monkeypatch.setattr(comparing.log, "writing", hold_behind_the_change)
    monkeypatch.setattr(changed, step, compare_behind_it)
    return found


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_behind_the_events_that_were_read_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, homes: tuple[Home, Home], change: Change
) -> None:
    comparing, changing = homes
    proved = compare(comparing).proved
    run_behind_the_last_event(monkeypatch, comparing, lambda: change(changing))
    verdict = compare(comparing)
    assert (verdict.faults, verdict.unproved) == ([], 0)
    assert proved - verdict.proved <= 1, "only what is gone is not compared any more"


@pytest.mark.parametrize(("change", "part", "step"), HALFWAY.values(), ids=HALFWAY)
def test_a_change_that_is_in_one_of_the_two_stores_so_far_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, homes: tuple[Home, Home], change: Change, part: str, step: str
) -> None:
    found = compare_amid(monkeypatch, homes, part, step)
    change(homes[1])
    assert found.result(SHORT).faults == []


def test_a_fault_is_said_while_another_row_is_changed(
    monkeypatch: pytest.MonkeyPatch, homes: tuple[Home, Home]
) -> None:
    comparing, changing = homes
    altered = changing.people.find_id("VOLUNTEER-32")
    assert altered
    changing.people._write("UPDATE volunteers SET name = '李大華' WHERE id = ?", (str(altered),))
    run_behind_the_last_event(monkeypatch, comparing, lambda: change_name(changing))
    assert [(fault.kind, fault.position) for fault in compare(comparing).faults] == [("person", 4)]


def test_a_change_beside_the_comparison_is_no_fault_in_a_database_and_an_altered_row_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, apply: Apply, postgresql: PostgreSQLServer
) -> None:
    home = tmp_path / "office"
    assert run_kiosk("init", "--simulation", "--home", home, "--store", postgresql.address).status == 0
    assert apply(home, *SERVED).err == ""
    with Home.open(home) as comparing, Home.open(home) as changing:
        run_behind_the_last_event(monkeypatch, comparing, lambda: change_name(changing))
        assert compare(comparing).faults == []
        changing.people._write("UPDATE volunteers SET name = '李大華' WHERE number = ?", (NUMBER,))
        assert [fault.kind for fault in compare(comparing).faults] == ["person"]
    with Home.open_to_read(home) as reading:
        assert [fault.kind for fault in compare(reading).faults] == ["person"]


def test_a_row_that_is_altered_and_then_changed_by_the_program_is_as_the_log_says(homes: tuple[Home, Home]) -> None:
    comparing, changing = homes
    ann = str(changing.people.find_id(NUMBER))
    changing.people._write("UPDATE volunteers SET name = '李大華' WHERE id = ?", (ann,))
    assert [fault.kind for fault in compare(comparing).faults] == ["person"]
    change_name(changing)
    assert compare(comparing).faults == []


def test_the_store_of_a_backup_is_compared_and_none_of_its_files_is_changed(office: Path, tmp_path: Path) -> None:
    """Nobody can hold its log: nobody changes it either."""
    run_kiosk("backup", tmp_path / "backups", "--home", office)
    (backup,) = (one for one in (tmp_path / "backups").iterdir() if one.is_dir())
    with Home.open_to_read(backup) as home:
        assert compare(home).faults == []
    before = {file.name: file.stat().st_mtime_ns for file in backup.iterdir()}
    with Home.open(office) as home:  # the backup with a row that is not as it was enrolled
        home.people._write("UPDATE volunteers SET name = '李大華' WHERE number = ?", (NUMBER,))
        (backup / "people.db").unlink()
        home.people.copy_to(backup / "people.db")
    with Home.open_to_read(backup) as home:
        assert [fault.kind for fault in compare(home).faults] == ["person"]
    assert before.keys() == {file.name for file in backup.iterdir()}
