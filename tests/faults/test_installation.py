"""The installation chapter, typed on fresh systems: from a bare Debian to the first tap, upgrade, move and removal.

A root for each release is made with debootstrap, from the mirror of this machine. What only a running systemd does is
left out: in another root, systemctl writes its links and starts nothing.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.documents import ROOT
from tests.support.installation import AS_USER, CHAPTER, FIND_BACKUP, build_script, list_blocks

pytestmark = [
    pytest.mark.skipif(os.environ.get("KIOSK_FAULTS") != "long", reason="a long run: `make faults`"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a fresh system"),
    pytest.mark.skipif(not shutil.which("debootstrap"), reason="debootstrap is not installed"),
]

RELEASES = {"bookworm": "Python 3.11", "trixie": "Python 3.13"}
"""Debian 12 and 13, and their Python."""
SECONDS = 900
"""For everything that is typed on one system."""

OF_THE_MACHINE = ("/etc/resolv.conf", "/etc/pip.conf", "/etc/xdg/pip")
"""How this machine reaches its package indexes."""
CERTIFICATES, THEIR_COPY = Path("/etc/ssl/certs/ca-certificates.crt"), "/etc/certificates-of-the-test.crt"
"""Whom this machine trusts on the way there; the package of the fresh system has a list of its own."""
SOURCE = "/srv/kiosk.git"
"""Where the repository is in the fresh system."""

ENTER = (
    *("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "sh", "-ec"),
    'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"; mount -t tmpfs run "$0/run";'
    'chroot "$0" bash -c "$1"; :',
)
"""The first process stays in our root: that is how systemctl finds out that it is in another one."""
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "SOURCE": SOURCE,
    "DEBIAN_FRONTEND": "noninteractive",
}

SYSTEMCTL = """\
#!/bin/bash
exec /usr/bin/systemctl "${@/#--now/--quiet}"
"""
"""Without a running systemd, `--now` is an error; everything else of systemctl is not."""

AFTER_THE_FIRST_TAP = f"""
python3 --version
{AS_USER} kiosk verify
{AS_USER} kiosk demo --days 3 </dev/null
test -L /etc/systemd/system/multi-user.target.wants/kiosk-entrance.service
git clone -q {SOURCE} /srv/next && cd /srv/next && touch NEXT && git add NEXT
git -c user.name=test -c user.email=test@localhost commit -qm next && git push -q && cd /
"""
"""What was installed works; then a newer version comes into the repository."""
AFTER_THE_UPGRADE = f"""
test -f /opt/kiosk/NEXT
{AS_USER} kiosk presence | grep V001
"""
AFTER_THE_MOVE = f"""
{AS_USER} kiosk verify
{AS_USER} kiosk presence | grep V001
"""


@pytest.fixture(params=RELEASES)
def fresh_root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A release, and the root of a system of it as its installer leaves it, without anything chosen."""
    root = tmp_path / "root"
    made = subprocess.run(
        ["debootstrap", request.param, root, find_mirror()], capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        pytest.skip(f"no system of {request.param} can be made here: {made.stdout.strip().splitlines()[-1]}")
    for place in map(Path, OF_THE_MACHINE):
        copy_into(root, place, place)
    copy_into(root, CERTIFICATES, Path(THEIR_COPY))
    (root / "usr/local/sbin/systemctl").write_text(SYSTEMCTL)
    (root / "usr/local/sbin/systemctl").chmod(0o755)
    subprocess.run(["git", "clone", "-q", "--bare", ROOT, root / SOURCE.lstrip("/")], check=True)
    yield request.param, root
    shutil.rmtree(root)


def find_mirror() -> str:
    """The mirror of this machine, by its own sources."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Origin: Debian", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=True,
    )
    return next(address for address in listed.stdout.splitlines() if "security" not in address)


def copy_into(root: Path, source: Path, place: Path) -> None:
    """Copy a file or folder of this machine into a fresh system, where there is one."""
    target = root / place.relative_to("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy(source, target)


def run_in_root(root: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in another root, as root; its mounts and whatever it left running end with it."""
    of_pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")} | {"PIP_CERT": THEIR_COPY}
    return subprocess.run(
        [*ENTER, root, script],
        env=of_pip | ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_the_chapter_leads_from_a_bare_system_to_the_first_tap_and_on(fresh_root: tuple[str, Path]) -> None:
    release, root = fresh_root
    blocks = list_blocks(CHAPTER)
    checks = {
        "make -C /opt/kiosk upgrade": AFTER_THE_FIRST_TAP,
        "runuser -u kiosk -- kiosk backup": AFTER_THE_UPGRADE,
        'kiosk restore "$BACKUP"': FIND_BACKUP,
        "systemctl stop kiosk-sign-on-paper.service": AFTER_THE_MOVE,
    }
    ended = run_in_root(root, build_script(blocks, checks))
    assert ended.returncode == 0, f"{ended.stdout[-3000:]}\n{ended.stderr[-6000:]}"
    assert RELEASES[release] in ended.stdout
    assert "not installed" not in ended.stderr, "the chapter names every package"
    assert not list((root / "etc/systemd/system").glob("kiosk-*"))
    assert not (root / "opt/kiosk").exists()
    assert (root / "var/lib/kiosk/log.db").exists()
    print(f"{release}: all {len(blocks)} blocks, in a fresh system")  # noqa: T201 - it says which it did
