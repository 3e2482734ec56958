"""The installation chapter, typed in folders of a test: another user, the real program, no packages and no systemd.

The whole of it, on fresh systems of both releases, is a long run: `make faults`.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.installation import CHAPTER, CHINESE_CHAPTER, FIND_BACKUP, build_script, list_blocks
from tests.support.public_program import OTHER_USER, is_usable, make_public_program
from tests.support.waiting import TIMEOUT_SECONDS

LEFT_OUT = ("apt-get", "useradd", "git", "make", "ln", "systemctl")
"""Programs that change the machine: they do nothing here, and systemctl keeps what it was asked for."""
OTHER_UNITS = ("kiosk-desk.service", "kiosk-hub.service", "kiosk-notify.timer", "kiosk-sync.service")
"""Units of the kiosk that step 8 does not enable."""


UID_OF_ANOTHER_MACHINE = 4321
"""Whose the backups are there."""


def test_both_languages_have_the_same_blocks() -> None:
    assert len(list_blocks(CHAPTER)) > 10
    assert list_blocks(CHAPTER) == list_blocks(CHINESE_CHAPTER)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can type it as another user")
def test_the_chapter_leads_to_the_first_tap_and_on() -> None:
    with make_public_program() as program:
        if not is_usable(program, OTHER_USER):
            pytest.skip(f"{OTHER_USER} cannot read this checkout")
        folder = program.parents[1]
        places = {
            "/var/lib/kiosk": folder / "home",
            "/srv/kiosk-backups": folder / "backups",
            "/etc/systemd/system": folder / "units",
            "/opt/kiosk": folder / "opt",
            "/usr/local/bin/kiosk": folder / "link",
            "/var/cache/kiosk": folder / "cache",
        }
        for place in ("units", "opt", "link"):
            (folder / place).mkdir()
        for name in LEFT_OUT:
            shutil.copy("/bin/true", folder / "bin" / name)
        (folder / "bin/systemctl").write_text(f'#!/bin/sh\necho "$@" >> {folder}/systemctl.log\n')
        checks = {
            "make -C /opt/kiosk upgrade": "ls /etc/systemd/system/kiosk-entrance.service",
            'kiosk restore "$BACKUP"': f"chown -R {UID_OF_ANOTHER_MACHINE} /srv/kiosk-backups\n{FIND_BACKUP}",
            "rm /etc/systemd/system": f"touch {' '.join(f'/etc/systemd/system/{unit}' for unit in OTHER_UNITS)}",
        }
        script = build_script(list_blocks(CHAPTER), checks)
        for place, own in places.items():
            script = script.replace(place, str(own))
        for words in ("runuser -u", "chown -R", "-o", "--user"):
            script = script.replace(f"{words} kiosk", f"{words} {OTHER_USER}")
        script = script.replace("-g kiosk", "-g nogroup").replace(
            "install-service", f"install-service --to {folder}/units"
        )
        ended = type_script(script, program)
        assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
        assert "V001" in ended.stdout
        assert list((folder / "units").iterdir()) == []
        *_, ended_at_last = find_disabled((folder / "systemctl.log").read_text())
        assert {"kiosk-entrance.service", "kiosk-backup.timer", *OTHER_UNITS} <= ended_at_last
        assert (folder / "home/log.db").exists()
    print(f"in folders of its own, as {OTHER_USER}, without {', '.join(LEFT_OUT)}")  # noqa: T201 - which it did


def find_disabled(log: str) -> list[set[str]]:
    """The units that were ended for good, of each such line."""
    asked = (line.split() for line in log.splitlines())
    return [set(words[2:]) for words in asked if words[:2] == ["disable", "--now"]]


def type_script(script: str, program: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{program.parent}:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "SOURCE": "/nowhere"}
    return subprocess.run(
        ["bash", "-c", script],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
