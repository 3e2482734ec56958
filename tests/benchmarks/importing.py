"""A list of 5,000 people, each with two trainings and a card: read from a workbook, and checked row by row."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from kiosk.home import Home
from kiosk.importing.plan import plan_import
from kiosk.importing.rows import ImportOptions
from kiosk.importing.run import check_import
from kiosk.sheets.read import read_table
from tests.benchmarks.figures import Figure
from tests.support.kiosk_program import OPEN_UNIT, run_kiosk, write_batch
from tests.support.sheets import build_xlsx

ROWS = 5_000
TRIED = 500
"""Rows that are tried on a copy: each is four commands."""
HEADER = ["編號", "姓名", "生日", "手機", "卡號", "基礎訓練日期", "特殊訓練日期", "起聘日"]


def figures() -> Iterable[Figure]:
    """Reading alone, reading and checking, and trying a tenth of it."""
    rows = [
        [f"W{n:05d}", f"王{chr(0x4E00 + n)}明", "68/5/1", "0912345678", f"04{n:012X}", "113/3/1", "113.3.2", "113/4/1"]
        for n in range(ROWS)
    ]
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        Home.make(home, simulation=False).close()
        unit = {name: value for name, value in OPEN_UNIT.items() if name != "at"}
        run_kiosk("apply", write_batch(Path(folder) / "unit.jsonl", unit), "--home", home)
        with Home.open(home) as opened:
            yield from _measure(opened, rows)


def _measure(home: Home, rows: list[list[str]]) -> Iterable[Figure]:
    content, options = build_xlsx([HEADER, *rows]), ImportOptions(values={"mode": "rostered"})
    begun = perf_counter()
    table = read_table("people.xlsx", content)
    read = perf_counter() - begun
    plan = plan_import(home, table, options)
    checked = perf_counter() - begun
    assert len(plan.rows) == ROWS
    yield Figure(f"import, {ROWS:,} rows read", read, "s")
    yield Figure(f"import, {ROWS:,} rows checked", checked, "s", None, "lower", read, 25)
    few = plan_import(home, read_table("people.xlsx", build_xlsx([HEADER, *rows[:TRIED]])), options)
    begun = perf_counter()
    assert check_import(home, few).faults == []
    yield Figure(f"import, {TRIED:,} rows tried on a copy", perf_counter() - begun, "s")
