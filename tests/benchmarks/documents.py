"""The hours of a month of a unit with 1,000 volunteers, written by `kiosk document` in each form.

Rule: the whole program is timed, from its start to its end, beside the form that is hardly more than a query. A PDF is
set by a process of its own: the memory of both counts.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from kiosk.documents.forms import FORMS, DocumentForm
from tests.benchmarks.figures import Figure
from tests.benchmarks.large_home import FIRST_DAY, VOLUNTEERS, build_large_home

DAYS_BEHIND = 20
"""Working days of the month: each volunteer has four duties in it."""
ROUNDS = 3
PROGRAM = Path(sys.executable).with_name("kiosk")
BARE: DocumentForm = "csv"


class Run(NamedTuple):
    """One run of the program."""

    seconds: float
    megabytes: float
    """At the most, of the largest of its processes."""


def figures() -> Iterable[Figure]:
    """The time of each form, and the memory of the largest."""
    with TemporaryDirectory() as folder:
        home = build_large_home(Path(folder) / "home", DAYS_BEHIND)
        runs = {form: [_write(home.path, Path(folder), form, turn) for turn in range(ROUNDS)] for form in FORMS}
        yield from _list_figures(runs)


def _write(home: Path, folder: Path, form: DocumentForm, turn: int) -> Run:
    file = folder / f"{turn}.{form}"
    command = [str(PROGRAM), "document", "monthly_hours", f"month={FIRST_DAY:%Y-%m}", "--output", str(file)]
    began = perf_counter()
    process = subprocess.Popen([*command, "--home", str(home)], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert form != BARE or file.read_text(encoding="utf-8").count("\n") > VOLUNTEERS * 0.9
    return Run(took, usage.ru_maxrss / 1024)


def _list_figures(runs: dict[DocumentForm, list[Run]]) -> Iterator[Figure]:
    bare = min(run.seconds for run in runs[BARE])
    for form, timed in runs.items():
        fastest = min(run.seconds for run in timed)
        yield Figure(f"document, {VOLUNTEERS:,} volunteers as {form}", fastest, "s", None, "lower", bare, 4)
    own, largest = (max(run.megabytes for run in runs[form]) for form in (BARE, "pdf"))
    yield Figure("document, memory of a PDF, program and typesetter", own + largest, "MB", 300, "lower", own)
