"""A home in which much was written about Ann, who is to be erased."""

import json
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from domain.ids import simulated_volunteer_id
from kiosk.home import Home
from tests.support.kiosk_program import (
    ENROL_ANN,
    ISSUE_ANNS_CARD,
    OPEN_UNIT,
    SCHEDULE_ANNS_SHIFT,
    ProgramResult,
    line,
    run_kiosk,
    write_batch,
)

NUMBER = "VOLUNTEER-31"
OF_ANN = {"volunteer": NUMBER}
ANN = simulated_volunteer_id(NUMBER)
GOES_ON_AS = f"erased-{ANN.hex[:8]}"
OF_THE_PERSON = (
    NUMBER,
    "王小明",
    "1950-02-03",
    "04-2627",
    "Clearwater Road 7",
    "moved in with her son",
    "her mother is in hospital",
    "seen leaving by the neighbour",
    "found under her desk",
    "certificate 4711",
    "kept for her long service",
    "moves to another town",
)
OF_ANOTHER = ("VOLUNTEER-32", "陳大文", "lost by the other one")
EVERYTHING = ("log.db", "log.head", "people.db", "views.db", "kiosk.log", "erasures.jsonl", ".erasures")
NIGHT = datetime(2026, 12, 1, 20, 30, tzinfo=UTC)
ERASED_AT = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
READS = ("visits", "duties", "hours", "absences", "exits", "pending")


def build_line_of_ann(do: str, at: str, **fields: Any) -> dict[str, Any]:
    return line(do, at, **OF_ANN, **fields)


SERVED = (
    OPEN_UNIT,
    {**ENROL_ANN, **OF_ANN, "name": "王小明", "birth_date": "1950-02-03", "language": "vi", "telephone": "04-2627"},
    {**ENROL_ANN, "volunteer": "VOLUNTEER-32", "name": "陳大文"},
    build_line_of_ann(
        "change_person", "2024-01-02T09:00", address="Clearwater Road 7", reason="moved in with her son", by="lin"
    ),
    {**ISSUE_ANNS_CARD, **OF_ANN},
    line("issue_card", "2024-01-03T08:00", volunteer="VOLUNTEER-32", card="04000000000002"),
    line("revoke_card", "2024-01-04T08:00", card="04000000000002", reason="lost by the other one"),
    build_line_of_ann("issue_card", "2024-01-05T08:00", card="04000000000002"),
    line("revoke_card", "2024-01-06T08:00", card="04000000000002", reason="found under her desk"),
    build_line_of_ann(
        "complete_training", "2024-01-10T08:00", kind="basic", on="2024-01-10", certificate="certificate 4711"
    ),
    build_line_of_ann("complete_training", "2024-01-11T08:00", kind="special", category="戶政", on="2024-01-11"),
    {**SCHEDULE_ANNS_SHIFT, "volunteers": [NUMBER]},
    {
        **SCHEDULE_ANNS_SHIFT,
        "shift": "S2",
        "start": "2026-11-24T09:00",
        "end": "2026-11-24T12:00",
        "volunteers": [NUMBER],
    },
    build_line_of_ann("request_leave", "2026-11-02T09:00", shift="S2", reason="her mother is in hospital"),
    line("tap", "2026-11-19T09:00", card="04000000000001"),
    line("tap", "2026-11-20T09:00", card="04000000000001"),
    build_line_of_ann(
        "close_visit",
        "2026-11-20T10:00",
        check_in="2026-11-19T09:00",
        check_out="2026-11-19T12:00",
        reason="seen leaving by the neighbour",
        by="lin",
    ),
    build_line_of_ann("record_assessment", "2026-11-20T11:00", period_end="2026-10-31", score=40),
    line("tap", "2026-11-30T08:00", card="04000000009999"),
)
AFTER_THE_NIGHT = (
    build_line_of_ann(
        "decide_exit", "2026-11-30T09:00", rule="R-052", decision="keep", reason="kept for her long service", by="lin"
    ),
)
ENDED = build_line_of_ann("end_agreement", "2026-12-01T09:00", on="2026-12-01", reason="moves to another town")
THE_NEXT_DAY = line("tap", "2026-12-02T09:00", card="04000000009999")


@pytest.fixture(scope="package")
def made_serving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Ann serves, and much was written about her; no test changes it."""
    folder = tmp_path_factory.mktemp("serving")
    Home.make(folder / "home", simulation=True).close()
    apply_lines(folder / "home", *SERVED)
    assert run_kiosk("reconcile", "--date", "2026-11-20", "--home", folder / "home").status == 0
    apply_lines(folder / "home", *AFTER_THE_NIGHT)
    return folder / "home"


@pytest.fixture(scope="package")
def made_home(made_serving: Path) -> Path:
    """The same, the day after her agreement has ended; no test changes it."""
    home = copytree(made_serving, made_serving.with_name("ended"))
    apply_lines(home, ENDED)
    apply_lines(home, THE_NEXT_DAY)
    return home


def apply_lines(home: Path, *lines: dict[str, Any]) -> None:
    ended = run_kiosk("apply", write_batch(home.with_suffix(".jsonl"), *lines), "--home", home)
    assert (ended.status, ended.err) == (0, "")


@pytest.fixture
def serving(made_serving: Path, tmp_path: Path) -> Path:
    """Ann serves in this home, which is of one test."""
    return copytree(made_serving, tmp_path / "home")


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Path:
    """Her agreement has ended in this home, which is of one test."""
    return copytree(made_home, tmp_path / "home")


def erase(home: Path, number: str = NUMBER, *options: str) -> ProgramResult:
    return run_kiosk("erase", number, "--basis", "request", "--yes", *options, "--home", home)


def sentence(ended: ProgramResult) -> str:
    return ended.first_error_line.removeprefix("kiosk: ")


def list_texts_found(home: Path, *texts: str) -> list[str]:
    """Which texts stand anywhere in the files of a home."""
    everything = b"".join(file.read_bytes() for file in home.iterdir() if file.name.startswith(EVERYTHING))
    return [text for text in texts if text.encode() in everything]


def run_read_commands(home: Path) -> list[Any]:
    return [json.loads(run_kiosk(command, "--format", "json", "--home", home).out) for command in READS]
