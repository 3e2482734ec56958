"""A home in which every marked line was carried out, and some were refused."""

from datetime import date, timedelta
from pathlib import Path

from kiosk.home import Home
from kiosk.office_calendar import HEADER
from tests.support.kiosk_program import run_kiosk, write_batch
from tests.support.marked_lines import LINES, REFUSED


def make_marked_home(folder: Path) -> Path:
    """Make a home and run all lines in it."""
    Home.make(folder / "home", simulation=True).close()
    _write_calendar(folder / "calendar.csv")
    ended = run_kiosk("apply", write_batch(folder / "lines.jsonl", *LINES), "--home", folder / "home")
    assert (ended.status, ended.err) == (0, "")
    refused = write_batch(folder / "refused.jsonl", *REFUSED)
    ended = run_kiosk("apply", refused, "--keep-going", "--home", folder / "home")
    assert (ended.status, ended.out) == (1, "0 lines carried out\n")
    return folder / "home"


def _write_calendar(path: Path) -> None:
    """An official calendar in which every day of 2026 is a day of work."""
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    rows = (f"{day:%Y%m%d},x,0," for day in days)
    path.write_text("\n".join([",".join(HEADER), *rows]) + "\n", encoding="utf-8")
