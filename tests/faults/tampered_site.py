"""A home with its backups, as a person with the files finds it, and the commands that could find out what was done."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.backups.backup import back_up
from kiosk.backups.folder import compute_digest
from kiosk.backups.heads.signed_heads import sign_head
from kiosk.home import Home
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line, run_kiosk, write_batch
from tests.support.tampering import open_unguarded

ANNS_CARD, BENS_CARD = "04000000000001", "04000000000002"
BEN = (
    line("enrol_volunteer", "2024-01-02T08:00", volunteer="V002", mode="rostered", agreement_from="2024-01-02"),
    line("issue_card", "2024-01-02T08:05", volunteer="V002", card=BENS_CARD),
    line("enrol_volunteer", "2024-01-02T08:00", volunteer="V003", mode="rostered", agreement_from="2024-01-02"),
    line("end_agreement", "2024-06-01T08:00", volunteer="V003", on="2024-06-01", reason="moves away"),
)
FIRST_DAY = (
    line("tap", "2026-11-19T08:58", card=ANNS_CARD),
    line("tap", "2026-11-19T08:59", card=BENS_CARD),
    line("tap", "2026-11-19T12:01", card=ANNS_CARD),
)
SECOND_DAY = (
    line("void_visit", "2026-11-20T08:00", volunteer="V002", check_in="2026-11-19T08:59", reason="a mistake", by="lin"),
    line("tap", "2026-11-20T08:58", card=ANNS_CARD),
)
LAST_TAP = line("tap", "2026-11-20T12:00", card=ANNS_CARD)
SETTLED, BACKED_UP = "settled", "backed up"


@dataclass
class Site:
    """The folder of one office: `home`, and `usb` with two backups. Outside of it: a head, and earlier files."""

    folder: Path
    kept: Path
    positions: dict[str, int]
    """How far the log had reached when its day was settled, and when it was backed up last."""

    @property
    def home(self) -> Path:
        """The home."""
        return self.folder / "home"

    @property
    def log(self) -> Path:
        """Its log."""
        return self.home / "log.db"

    @property
    def backups(self) -> list[Path]:
        """Its backups, the oldest first."""
        return sorted((self.folder / "usb").glob("backup-*"))

    @property
    def kept_head(self) -> str:
        """The head that an auditor keeps elsewhere."""
        return (self.kept / "head").read_text()

    @contextmanager
    def open_log(self) -> Iterator[sqlite3.Connection]:
        """The log without its guards, which stand there again at the end."""
        with open_unguarded(self.log) as tool:
            yield tool

    def change(self, name: str, statement: str) -> None:
        """One statement on a database of the home."""
        with closing(sqlite3.connect(self.home / name)) as tool:
            tool.executescript(statement)

    def forget(self, *names: str) -> None:
        """Delete files and folders of the site."""
        for name in names:
            path = self.folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def put_back(self, *names: str) -> None:
        """Earlier copies of files of the home, in their place."""
        for name in names:
            shutil.copy2(self.kept / name, self.home / name)

    def put_another_log(self) -> None:
        """The log of another home, which is whole, in the place of this one's."""
        Home.make(self.folder / "other", simulation=True).close()
        shutil.copy2(self.folder / "other" / "log.db", self.log)


def build_site(folder: Path, kept: Path) -> Site:
    """Two days of an office: the first settled, reported and backed up; the second not yet settled, and backed up."""
    site = Site(folder, kept, {})
    kept.mkdir()
    folder.mkdir()
    _run("init", "--simulation", "--home", site.home)
    _apply(site, *ANNS_UNIT_LINES, *BEN, *FIRST_DAY)
    _run("erase", "V003", "--basis", "request", "--yes", "--home", site.home)
    for name in ("log.db", "log.head", "people.db"):
        shutil.copy2(site.home / name, kept / name)
    _apply(site, *SECOND_DAY)
    _run("reconcile", "--home", site.home)
    site.positions[SETTLED] = read_position(site.log)
    _back_up(site, 20)
    _apply(site, line("tap", "2026-11-20T11:00", card=BENS_CARD))
    _back_up(site, 21)
    _run("verify", "--home", site.home)
    site.positions[BACKED_UP] = read_position(site.log)
    _apply(site, LAST_TAP)
    _run("visits", "--home", site.home)
    with closing(open_sqlite_log(site.log, REGISTERED_NAMES)) as log:
        (kept / "head").write_text(f"{log.head().position}:{log.head().chain.hex()}")
    _keep_signed_head(site)
    return site


def _keep_signed_head(site: Site) -> None:
    """What an auditor took away when the office closed: the head of now, signed, and the key. Nothing of it stays."""
    shutil.copytree(site.home, site.kept / "home")
    with Home.open(site.kept / "home") as home:
        sign_head(home)
    newest = max(file for file in (site.kept / "home" / "heads").iterdir() if file.name != "keys.txt")
    newest.rename(site.kept / "head.txt")
    (site.kept / "home" / "heads" / "keys.txt").rename(site.kept / "keys.txt")
    shutil.rmtree(site.kept / "home")


def read_position(log_file: Path) -> int:
    """The end of a log that nobody has open."""
    with closing(open_sqlite_log(log_file, REGISTERED_NAMES)) as log:
        return log.head().position


def _apply(site: Site, *lines: dict[str, Any]) -> None:
    _run("apply", write_batch(site.kept / "batch.jsonl", *lines), "--home", site.home)


def _back_up(site: Site, day: int) -> None:
    with Home.open(site.home) as home:
        back_up(home, site.folder / "usb", 14, datetime(2026, 11, day, 20, 30, tzinfo=UTC))


def _run(*arguments: str | Path) -> ProgramResult:
    ended = run_kiosk(*arguments)
    assert ended.status == 0, ended
    return ended


def describe_again(backup: Path) -> None:
    """Write the digests of a backup again, after its files were changed."""
    path = backup / "backup.json"
    described = json.loads(path.read_text())
    described["digests"] = {name: compute_digest(backup / name) for name in described["digests"]}
    path.write_text(json.dumps(described))


# --- What could find it ---


def _restore(site: Site) -> ProgramResult:
    return run_kiosk("restore", (site.backups or [site.folder])[-1], "--to", site.folder / "restored")


FINDERS: dict[str, Callable[[Site], ProgramResult]] = {
    "every command": lambda site: run_kiosk("presence", "--format", "json", "--home", site.home),
    "verify": lambda site: run_kiosk("verify", "--home", site.home),
    "replay": lambda site: run_kiosk("replay", "--home", site.home),
    "reconcile": lambda site: run_kiosk("reconcile", "--home", site.home),
    "backup": lambda site: run_kiosk("backup", site.folder / "usb", "--home", site.home),
    "restore --drill": lambda site: run_kiosk("restore", "--drill", "--home", site.home),
    "restore": _restore,
    "verify --head": lambda site: run_kiosk("verify", "--head", site.kept_head, "--home", site.home),
}
"""In the order in which a person meets them."""


def audit(site: Site) -> str:
    """What an auditor finds who comes to a closed office with one head: which command says no, or that the log grew."""
    kept = ("--heads", site.kept / "head.txt", "--signed-by", site.kept / "keys.txt")
    for words in (("verify", *kept), ("replay",), ("restore", "--drill")):
        ended = run_kiosk(*words, "--home", site.home)
        assert "Traceback" not in ended.err
        if ended.status != 0:
            return " ".join(map(str, words[:2])) if words[0] != "restore" else "restore --drill"
        if "came after the newest of these heads" in ended.out:
            return GREW
    return ""


GREW = "verify --heads: more events than at the head"


def find_out(site: Site, finder: str) -> bool:
    """Whether a command says no, in one sentence and without a traceback."""
    ended = FINDERS[finder](site)
    assert "Traceback" not in ended.err
    return ended.status != 0
