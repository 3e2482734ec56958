"""The real program under a wrong clock, and under a kernel that calls it synchronised."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.kiosk_program import KIOSK, ProgramResult
from tests.support.waiting import TIMEOUT_SECONDS

SHIM = r"""
#include <string.h>
#include <sys/timex.h>
/* A kernel that follows a reference: nothing of STA_UNSYNC in the status. */
int adjtimex(struct timex *t) { memset(t, 0, sizeof *t); return 0; }
"""


def build_synchronised_kernel(folder: Path) -> Path:
    """A library that lets the kernel call the clock synchronised; skips the test where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler to stand in for a kernel that follows a reference")
    source, library = folder / "shim.c", folder / "shim.so"
    source.write_text(SHIM)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    return library


def run_on_clock(
    home: Path, *arguments: str | Path, wrong_by: timedelta = timedelta(), kernel: Path | None = None
) -> ProgramResult:
    """Run the installed program on a clock that is wrong; `kernel` is a library of `build_synchronised_kernel`."""
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("no faketime to start a program under a wrong clock")
    clock = [faketime, "--exclude-monotonic", "-f", f"{round(wrong_by.total_seconds()):+d}s"] if wrong_by else []
    vouched = ["env", f"LD_PRELOAD={kernel}"] if kernel else []
    command = [*vouched, *clock, str(KIOSK), *map(str, arguments), "--home", str(home)]
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    return ProgramResult(done.returncode, done.stdout.decode(), done.stderr.decode())
