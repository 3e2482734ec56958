"""What docs/city.md has run for the homes behind one hub: after it each of them is as after its own timers."""

import os
import subprocess
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.kiosk.status.conftest import run_check
from tests.support.documents import find_blocks
from tests.support.kiosk_program import KIOSK

SCRIPTS = [block for _, block in find_blocks("docs/city.md", "sh") if "for home in /srv/units" in block]
NOTICES = '[notices]\nfrom = "kiosk@example.org"\ndigest_to = ["lin@example.org"]\nfolder = "outbox"\nat = "00:00"\n'


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Two homes, of which one has notices."""
    for name in ("north", "south"):
        Home.make(tmp_path / name, simulation=False).close()
    with (tmp_path / "north" / "kiosk.toml").open("a") as settings:
        settings.write(NOTICES)
    (tmp_path / "north" / "outbox").mkdir(mode=0o700)
    return tmp_path


def run_scripts(units: Path) -> list[tuple[int, str]]:
    """The status of each, and its last line on standard error."""
    environment = os.environ | {"PATH": f"{KIOSK.parent}:{os.environ['PATH']}"}
    ended = [
        subprocess.run(
            ["sh", "-c", script.replace("/srv/units", str(units))],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for script in SCRIPTS
    ]
    return [(one.returncode, one.stderr.splitlines()[-1] if one.returncode else "") for one in ended]


def test_each_unit_is_reconciled_backed_up_drilled_and_sends_its_notices(units: Path) -> None:
    before = {name: run_check(units / name, "restore_drill").ok for name in ("north", "south")}
    assert run_scripts(units) == [(0, ""), (0, "")]
    after = {name: run_check(units / name, "restore_drill").ok for name in ("north", "south")}
    assert (before, after) == ({"north": False, "south": False}, {"north": True, "south": True})
    for name in ("north", "south"):
        assert [check for check in ("proved", "backup", "notices") if not run_check(units / name, check).ok] == []
    assert len(list((units / "north" / "outbox").glob("*.eml"))) == 1


def test_what_fails_in_one_unit_stops_no_other_and_is_named(units: Path) -> None:
    (units / "north" / "log.db").unlink()
    assert run_scripts(units) == [
        (1, "failed: reconcile:north backup:north restore:north"),
        (1, "no notices: north"),
    ]
    assert run_check(units / "south", "restore_drill").ok
