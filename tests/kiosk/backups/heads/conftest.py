"""A home whose nights sign heads, a folder elsewhere for them, and what an auditor keeps."""

import shutil
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line, run_kiosk, write_batch

CARD = "04000000000001"
EDIT = """UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '11-19T', '11-18T') AS BLOB)
WHERE topic LIKE 'attendance%' AND position < 9"""


class Site:
    """A home, a folder elsewhere for its heads, and what an auditor keeps of both."""

    def __init__(self, folder: Path) -> None:
        self.home, self.usb, self.kept = folder / "home", folder / "usb", folder / "kept"
        self.batch = folder / "batch.jsonl"

    def tap(self, at: str) -> None:
        assert run_kiosk("apply", write_batch(self.batch, line("tap", at, card=CARD)), "--home", self.home).status == 0

    def run(self, *words: str | Path) -> ProgramResult:
        return run_kiosk(*words, "--home", self.home)

    def list_heads(self, folder: Path) -> list[Path]:
        return sorted(file for file in folder.iterdir() if file.name != "keys.txt")

    def keep(self) -> Path:
        """The last head, as an auditor took it away."""
        return shutil.copy(self.list_heads(self.usb)[-1], self.kept / "head.txt")


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two nights, and a tap behind the second."""
    site = Site(tmp_path_factory.mktemp("signed"))
    for folder in (site.usb, site.kept):
        folder.mkdir()
    Home.make(site.home, simulation=True).close()
    with (site.home / "kiosk.toml").open("a") as settings:
        settings.write(f'[heads]\nfolders = ["{site.usb}"]\n')
    assert run_kiosk("apply", write_batch(site.batch, *ANNS_UNIT_LINES), "--home", site.home).status == 0
    for day in (19, 20, 21):
        site.tap(f"2026-11-{day}T08:58")
        site.tap(f"2026-11-{day}T12:01")
        assert site.run("reconcile").status == 0
    site.tap("2026-11-22T08:58")
    shutil.copy(site.usb / "keys.txt", site.kept / "keys.txt")
    return site.home.parent


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Site:
    """The site as it was left, in the one place that its settings name."""
    shutil.copytree(built, tmp_path / "site")
    site = Site(tmp_path / "site")
    settings = site.home / "kiosk.toml"
    settings.write_text(settings.read_text().replace(str(built), str(tmp_path / "site")))
    return site


@pytest.fixture
def other(tmp_path: Path) -> Site:
    """Another home, with a head of its own."""
    site = Site(tmp_path / "other")
    Home.make(site.home, simulation=True).close()
    assert site.run("reconcile").status == 0
    return site


def write_head(head: tuple[int, bytes]) -> tuple[int, str]:
    return head[0], head[1].hex()
