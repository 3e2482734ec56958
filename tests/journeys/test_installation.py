"""The installation chapter, typed in folders of a test: another user, the real program, no packages and no systemd.

The whole of it, on fresh systems of both releases, is a long run: `make faults`.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.installation import CHAPTER, CHINESE_CHAPTER, build_script, list_blocks
from tests.support.public_program import OTHER_USER, is_usable, make_public_program
from tests.support.waiting import TIMEOUT_SECONDS

LEFT_OUT = ("apt-get", "useradd", "git", "make", "ln", "systemctl")
"""Programs that change the machine: they do nothing here."""


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
        checks = {"make -C /opt/kiosk upgrade": "ls /etc/systemd/system/kiosk-entrance.service"}
        script = build_script(list_blocks(CHAPTER), checks)
        for place, own in places.items():
            script = script.replace(place, str(own))
        for words in ("runuser -u", "-o", "--user"):
            script = script.replace(f"{words} kiosk", f"{words} {OTHER_USER}")
        script = script.replace("-g kiosk", "-g nogroup").replace(
            "install-service", f"install-service --to {folder}/units"
        )
        ended = type_script(script, program)
        assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
        assert "V001" in ended.stdout
        assert list((folder / "units").iterdir()) == []
        assert (folder / "home/log.db").exists()
    print(f"in folders of its own, as {OTHER_USER}, without {', '.join(LEFT_OUT)}")  # noqa: T201 - which it did


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
