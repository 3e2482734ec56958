"""A home whose unit is open, and lists that are imported into it."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from kiosk.home import Home
from tests.support.kiosk_program import OPEN_UNIT, ProgramResult, run_kiosk, write_batch
from tests.support.sheets import build_text_table

NOW = "2026-11-20T09:00"
HEADER = ["編號", "姓名", "生日", "手機", "卡號", "基礎訓練日期", "特殊訓練日期", "起聘日"]
ANN = ["V001", "王小明", "38/5/1", "0912345678", "04A2B3C4D5E680", "113年3月1日", "113.3.2", "113/4/1"]
BEN = ["V002", "李美", "", "", "", "", "", "2024-04-01"]
SHIFTS = [
    ["日期", "時段", "姓名", "服務台"],
    ["115/12/1", "上午", "王小明、李美", "一樓"],
    ["115/12/1", "14:00-17:00", "李美", ""],
]
Import = Callable[..., ProgramResult]


@pytest.fixture(scope="package")
def opened_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose unit is open; no test changes it."""
    folder = tmp_path_factory.mktemp("opened")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "unit.jsonl", OPEN_UNIT), "--home", folder / "home").status == 0
    return folder / "home"


@pytest.fixture(scope="package")
def enrolled_home(opened_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with Ann and Ben; no test changes it."""
    home = copytree(opened_home, tmp_path_factory.mktemp("enrolled") / "home")
    assert import_into(home, [HEADER, ANN, BEN]).status == 0
    return home


@pytest.fixture
def home(opened_home: Path, tmp_path: Path) -> Path:
    return copytree(opened_home, tmp_path / "home")


@pytest.fixture
def enrolled(enrolled_home: Path, home: Path) -> Path:
    return copytree(enrolled_home, home, dirs_exist_ok=True)


@pytest.fixture
def import_rows(home: Path) -> Import:
    """Import rows into the home of the test."""
    return partial(import_into, home)


def import_into(
    home: Path, rows: Sequence[Sequence[object]], *options: str, mode: str = "rostered", at: str = NOW
) -> ProgramResult:
    """Import rows as a CSV file."""
    file = home.with_name("list.csv")
    file.write_bytes(build_text_table(rows, "cp950"))
    stated = ["--set", f"mode={mode}"] if mode else []
    return run_kiosk("import", file, *stated, "--at", at, *options, "--home", home)


def list_rows(home: Path, command: str) -> list[dict[str, Any]]:
    return json.loads(run_kiosk(command, "--format", "json", "--home", home).out)


def count_events(home: Path) -> int:
    with Home.open(home) as opened:
        return opened.log.head().position
