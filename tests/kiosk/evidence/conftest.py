"""A home with two days, and its bundle of evidence as an outsider has it."""

import contextlib
import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from kiosk.evidence import verify_bundle
from kiosk.home import Home
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line, run_kiosk, write_batch

CARD, BENS_CARD = "04000000000001", "04000000000002"
THEN = "2026-11-22T09:00"
BY_THEN, BEHIND_IT = datetime.fromisoformat(f"{THEN}:00+08:00"), datetime.fromisoformat(f"{THEN}:01+08:00")
OPENED = {**ANNS_UNIT_LINES[0], "at": "2026-11-18T08:00"}
LINES = (
    line("adopt_policy", "2026-11-02T08:00", by="lin", effective_from="2026-11-10", require_training=False),
    line("enrol_volunteer", "2024-01-02T08:00", volunteer="V002", mode="rostered", agreement_from="2024-01-02"),
    line("issue_card", "2024-01-02T08:05", volunteer="V002", card=BENS_CARD),
    line("schedule_shift", "2026-11-02T08:10", shift="S9", start="2026-11-19T14:00", end="2026-11-19T16:00",
         volunteers=["V001"]),
    line("tap", "2026-11-19T08:58", card=CARD),
    line("tap", "2026-11-19T09:10", card=BENS_CARD),
    line("tap", "2026-11-19T12:01:20", card=CARD),
    line("tap", "2026-11-20T08:58", card=CARD),
    line("close_visit", "2026-11-20T10:00", by="lin", volunteer="V002", check_in="2026-11-19T09:10",
         check_out="2026-11-19T11:00", reason="the guard saw Ben leave at eleven"),
    line("excuse_absence", "2026-11-20T10:05", volunteer="V001", shift="S9", reason="seen at the hospital",
         by="周淑惠"),
    line("end_agreement", "2026-11-21T08:00", volunteer="V002", on="2026-11-20", reason="moves away"),
)  # fmt: skip


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days, a correction, a night with its signed head, and what came behind."""
    folder = tmp_path_factory.mktemp("evidence")
    home = folder / "home"
    Home.make(home, simulation=True).close()
    assert (
        run_kiosk("apply", write_batch(folder / "a.jsonl", OPENED, *ANNS_UNIT_LINES[1:], *LINES), "--home", home).status
        == 0
    )
    assert run_kiosk("reconcile", "--home", home).status == 0
    batch = write_batch(folder / "b.jsonl", line("tap", "2026-11-22T08:58", card=CARD))
    assert run_kiosk("apply", batch, "--home", home).status == 0
    return home


@pytest.fixture
def copied(home: Path, tmp_path: Path) -> Path:
    """The same home, to be changed."""
    return shutil.copytree(home, tmp_path / "home")


def make(home: Path, file: Path, *options: str, days: tuple[str, str] = ("2026-11-19", "2026-11-20")) -> ProgramResult:
    since, until = days
    return run_kiosk("bundle", "--from", since, "--to", until, "--output", file, *options, "--home", home)


@pytest.fixture(scope="session")
def archive(home: Path) -> Path:
    file = home.with_name("evidence.zip")
    assert make(home, file, "--as-of", THEN).status == 0
    return file


@pytest.fixture
def folder(archive: Path, tmp_path: Path) -> Path:
    """The bundle as an outsider has unpacked it."""
    with ZipFile(archive) as opened:
        opened.extractall(tmp_path / "bundle")
    return tmp_path / "bundle"


def tap(home: Path, *days: int) -> None:
    lines = (line("tap", f"2026-11-{day}T08:58", card=CARD) for day in days)
    batch = write_batch(home.with_name("later.jsonl"), *lines)
    assert run_kiosk("apply", batch, "--home", home).status == 0


def read(archive: Path, name: str) -> str:
    """A file of a bundle; of one that is not there, nothing."""
    with ZipFile(archive) as opened:
        return opened.read(name).decode() if name in opened.namelist() else ""


def list_cited(archive: Path) -> dict[str, set[int]]:
    """The numbers of the events that each table of a bundle names, in whichever column."""
    cited: dict[str, set[int]] = {}
    with ZipFile(archive) as opened:
        for name in (name for name in opened.namelist() if name.endswith(".csv")):
            rows = csv.DictReader(io.StringIO(opened.read(name).decode(), newline=""))
            cells = [row[column] for row in rows for column in ("event", "events", "retracts") if row.get(column)]
            cited[name] = {int(number) for cell in cells for number in cell.split("; ")}
    return cited


def list_held(archive: Path) -> tuple[set[int], set[int]]:
    """The numbers of the events from the first on, and of the earlier ones that are proved."""
    events = [json.loads(text)["position"] for text in read(archive, "events.jsonl").splitlines()]
    return {*events}, {row["position"] for row in json.loads(read(archive, "proofs.json"))["earlier"]}


def write_manifest(folder: Path) -> None:
    """The manifest of what lies in the folder now, as one who changed a file makes it again."""
    names = sorted(file.name for file in folder.iterdir() if file.name != "manifest.json")
    digests = {name: sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / "manifest.json").write_text(json.dumps({"files": digests}, indent=1) + "\n")


def check(folder: Path, *words: str | Path) -> tuple[int, str]:
    return run_verifier(lambda: verify_bundle.main([str(folder), *map(str, words)]))


def run_verifier(run: Callable[[], int]) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = run()
    return status, said.getvalue()
