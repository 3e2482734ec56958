"""A home whose nights sign heads, a folder elsewhere for them, and what an auditor keeps."""

import shutil
from pathlib import Path

import pytest

from domain.log.checkpoint import parse_proved_head
from kiosk.backups.heads.signed_heads import copy_heads, sign_head
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


class Office:
    """A home whose heads go to `share`, and a witness of another machine with its folder `annex`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home, self.share, self.annex = folder, folder / "home", folder / "share", folder / "annex"

    def sign(self, at: str | None = None) -> Path:
        """A night, as far as heads are concerned, behind a tap; the file of its head."""
        if at:
            batch = write_batch(self.folder / "batch.jsonl", line("tap", at, card=CARD))
            assert run_kiosk("apply", batch, "--home", self.home).status == 0
        with Home.open(self.home) as home:
            sign_head(home)
            assert list(copy_heads(home.path, home.settings)) == []
        return self.list_heads()[-1]

    def list_heads(self) -> list[Path]:
        return sorted(file for file in self.share.glob("*.txt") if file.name != "keys.txt")

    def look(self, *words: str | Path, folder: str = "annex") -> ProgramResult:
        own = {"--state": self.folder / folder, "--name": "annex"}
        not_given = (word for option, value in own.items() if option not in words for word in (option, value))
        return run_kiosk("witness", *not_given, *words, self.share)

    @property
    def cosigned(self) -> Path:
        return self.share / "cosigned-annex"

    def read_position(self) -> int:
        """How far the witness co-signed."""
        return max(parse_proved_head(file.read_text()).checkpoint.head.position for file in self.list_cosigned())

    def list_cosigned(self) -> list[Path]:
        return sorted(file for file in (self.annex / "heads").glob("*.txt"))


@pytest.fixture(scope="module")
def built_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two heads, of which the witness saw both."""
    office = Office(tmp_path_factory.mktemp("witness") / "office")
    office.share.mkdir(parents=True)
    Home.make(office.home, simulation=True).close()
    with (office.home / "kiosk.toml").open("a") as settings:
        settings.write('[heads]\nfolders = ["../share"]\n')
    run_kiosk("apply", write_batch(office.folder / "batch.jsonl", *ANNS_UNIT_LINES), "--home", office.home)
    office.sign()
    assert office.look("--trust", office.share / "keys.txt").status == 0
    office.sign("2026-11-19T08:58")
    ended = office.look()
    assert (ended.status, ended.err) == (0, "")
    return office.folder


@pytest.fixture
def office(built_office: Path, tmp_path: Path) -> Office:
    shutil.copytree(built_office, tmp_path / "office")
    return Office(tmp_path / "office")
