"""What goes wrong beside the settlement: the night does all the rest, says so, and leaves no half file behind."""

import json
import os
import shutil
from pathlib import Path

import pytest

from kiosk.errors import EXIT_NO, EXIT_USAGE, UserError
from tests.kiosk.nightly.conftest import build_week
from tests.support.kiosk_program import run_kiosk, run_kiosk_into, run_kiosk_process
from tests.support.small_disk import fill_disk, needs_a_small_disk, small_disk
from tests.support.tampering import open_unguarded


@pytest.mark.parametrize(
    ("failing", "why"),
    [
        ("replace_altered_views", "no room for the read models"),
        ("write_reports", "no room for the report"),
        ("sign_head", "no room for the head"),
    ],
)
def test_whatever_fails_beside_it_a_night_does_all_the_rest_and_says_so(
    office: Path, monkeypatch: pytest.MonkeyPatch, failing: str, why: str
) -> None:
    """A day is settled once: no later run prints its row."""

    def fail(*_args: object, **_kwargs: object) -> None:
        raise UserError(why, EXIT_NO)

    monkeypatch.setattr(f"kiosk.cli.reconcile.{failing}", fail)
    done = run_kiosk("reconcile", "--format", "json", "--home", office)
    assert (done.status, done.err) == (1, f"kiosk: {why}\n")
    assert [row["date"] for row in json.loads(done.out)] == ["2026-11-19"]
    assert (office / "reports" / "2026-11-19.json").exists() is (failing != "write_reports")
    assert (office / "heads").exists() is (failing != "sign_head")


def test_of_several_things_that_fail_each_is_said(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The status is the one that says most."""

    def fail(*_args: object, **_kwargs: object) -> None:
        raise UserError("no report", EXIT_NO)

    def fail_too(*_args: object, **_kwargs: object) -> None:
        raise UserError("no list", EXIT_USAGE)

    monkeypatch.setattr("kiosk.cli.reconcile.write_reports", fail)
    monkeypatch.setattr("kiosk.cli.reconcile.print_list", fail_too)
    done = run_kiosk("reconcile", "--home", office)
    assert (done.status, done.err) == (2, "kiosk: no list\nkiosk: no report\n")


def test_rows_that_cannot_be_printed_keep_nothing_else_from_being_done(office: Path) -> None:
    status, said = run_kiosk_into(Path("/dev/full"), "reconcile", "--home", office)
    assert (status, "could not be written: No space left" in said) == (2, True)
    assert (office / "reports" / "2026-11-19.json").exists()
    assert (office / "heads").exists()


@pytest.mark.parametrize("step", ["write_reports", "copy_heads"])
def test_a_night_that_is_interrupted_has_printed_what_it_settled(
    office: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """As by Ctrl-C while a network folder hangs."""

    def interrupt(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"kiosk.cli.reconcile.{step}", interrupt)
    done = run_kiosk("reconcile", "--format", "json", "--home", office)
    assert done.status == 130
    assert [row["date"] for row in json.loads(done.out)] == ["2026-11-19"]


@pytest.mark.parametrize("table", ["duties", "visits"])
def test_read_models_that_a_disk_has_damaged_come_back_in_the_night(office: Path, table: str) -> None:
    assert run_kiosk("visits", "--home", office).status == 0
    views = office / "views.db"
    views.with_name("views.db-seal").unlink()
    with open_unguarded(views) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with views.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    done = run_kiosk("reconcile", "--format", "json", "--home", office)
    assert (done.status, "nothing is lost" in done.err, "delete it" in done.err) == (0, True, False)
    assert [row["date"] for row in json.loads(done.out)] == ["2026-11-19"]


@needs_a_small_disk
@pytest.mark.parametrize("room", [300, 400, 500])
def test_on_a_full_disk_a_night_prints_what_it_settles_and_leaves_no_half_copy(tmp_path: Path, room: int) -> None:
    """`room` in KiB. The days that it cannot settle wait for the next night; taps need the room of a half copy."""
    week = build_week(tmp_path)
    assert run_kiosk("hours", "--home", week).status == 0
    with small_disk(tmp_path / "disk") as disk:
        home = Path(shutil.copytree(week, disk / "home"))
        filling = fill_disk(disk)
        os.truncate(filling, filling.stat().st_size - room * 1024)
        ended = [run_kiosk_process("reconcile", "--format", "json", "--home", home)]
        left = [file.name for file in home.iterdir() if file.suffix in (".copy", ".by-day", ".new")]
        filling.unlink()
        ended.append(run_kiosk_process("reconcile", "--format", "json", "--home", home))
    days = [row["date"] for one in ended if one.out for row in json.loads(one.out)]
    assert (ended[1].status, left) == (0, [])
    assert days == [f"2026-11-{day}" for day in range(19, 27)]
