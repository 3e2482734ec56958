"""A head that a night should have signed, or that was signed and is gone from the home, is missed by `kiosk status`."""

import shutil
from pathlib import Path

import pytest

from kiosk.backups.folder import list_backups
from kiosk.home import Home
from kiosk.status.checked_home import Check
from tests.kiosk.backups.heads.conftest import CARD, Site
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch


def check(home: Path) -> Check:
    return run_check(home, "signed_heads")


@pytest.fixture
def unsigned(tmp_path: Path) -> Path:
    """A home whose settings name a key that is not there, with a day that is over."""
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    with (home / "kiosk.toml").open("a") as settings:
        settings.write(f'[heads]\nkey = "{tmp_path / "nowhere.key"}"\n')
    lines = [*ANNS_UNIT_LINES, *(line("tap", f"2026-11-{day}T08:58", card=CARD) for day in (19, 20))]
    assert run_kiosk("apply", write_batch(tmp_path / "batch.jsonl", *lines), "--home", home).status == 0
    return home


def test_where_no_night_could_ever_sign_it_is_said_from_the_first_settled_day_on(unsigned: Path) -> None:
    assert check(unsigned).detail == "none yet: each night signs one"
    night = run_kiosk("reconcile", "--home", unsigned)
    assert (night.status, "nowhere.key" in night.err) == (1, True)
    assert check(unsigned).detail.startswith("no head of this log is signed, and a day was settled at ")


def test_behind_a_restore_a_log_has_another_name_and_its_first_night_is_to_come(site: Site, tmp_path: Path) -> None:
    assert site.run("backup", tmp_path / "backups").status == 0
    (backup,) = list_backups(tmp_path / "backups")
    restored = tmp_path / "restored"
    assert run_kiosk("restore", backup, "--to", restored).status == 0
    shutil.rmtree(site.usb)
    assert check(restored).detail == "none yet: each night signs one"
    with (restored / "kiosk.toml").open("a") as settings:
        settings.write(f'key = "{tmp_path / "nowhere.key"}"\n')
    assert run_kiosk("tap", CARD, "--at", "2026-11-23T12:00", "--home", restored).status == 0
    assert run_kiosk("reconcile", "--home", restored).status == 1
    assert check(restored).detail.startswith("no head of this log is signed, and a day was settled at ")


@pytest.mark.parametrize("removed", ["all", "all but the keys", "the last"])
def test_heads_that_are_gone_from_the_home_and_stand_elsewhere_are_missed(site: Site, removed: str) -> None:
    heads = site.home / "heads"
    assert check(site.home).detail.startswith("signed up to position ")
    for file in site.list_heads(heads)[-1 if removed == "the last" else 0 :]:
        file.unlink()
    if removed == "all":
        shutil.rmtree(heads)
    position = int(site.list_heads(site.usb)[-1].stem.partition("-")[2])
    assert check(site.home).detail.startswith(
        f"{site.usb} has a signed head at position {position}, and {heads} has none as late"
    )
    site.run("tap", CARD, "--at", "2026-11-23T12:00")
    assert site.run("reconcile").status == 0
    assert check(site.home).detail.startswith("signed up to position ")
