"""Every file that a command makes for a while stands in the home or where it is told: the system calls say so."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("hours", "--as-of", "2026-11-19T12:00"),
    ("replay",),
    ("difference", "--as-of", "2026-11-18T12:00", "--as-of", "2026-11-19T12:00"),
    ("apply", "--check", "BATCH"),
    ("backup",),
    ("restore", "--drill"),
    ("reconcile", "--date", "2026-11-19"),
)
PROGRAM = "import sys; from kiosk.cli.program import main; main()"
MADE = re.compile(r'(?:open(?:at)?\(.*?"([^"]+)".*O_CREAT|mkdir(?:at)?\(.*?"([^"]+)")')
"""A system call that makes a file or a folder, and its path."""
MADE_BY_OTHERS = ("__pycache__", "/dev/null", "/proc/")


def list_files_made(trace: Path) -> list[str]:
    """The paths of all files and folders that the calls of a trace have made."""
    calls = (call for call in trace.read_text(errors="replace").splitlines() if " = -1 " not in call)
    found = (match[1] or match[2] for call in calls if (match := MADE.search(call)))
    return [path for path in found if not any(part in path for part in MADE_BY_OTHERS)]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace shows the system calls")
def test_no_command_makes_a_file_outside_the_home(tmp_path: Path) -> None:
    home, trace, outside = tmp_path / "home", tmp_path / "trace", dict[str, list[str]]()
    Home.make(home, simulation=True).close()
    taps = (line("tap", f"2026-11-{day}T09:00", card="04000000000001") for day in ("19", "20"))
    batch = write_batch(tmp_path / "day.jsonl", *ANNS_UNIT_LINES, *taps)
    assert run_kiosk("apply", batch, "--home", home).status == 0
    for command in COMMANDS if LONG else COMMANDS[::2]:
        words = [str(batch) if word == "BATCH" else word for word in command]
        traced = ["strace", "-f", "-qq", "-e", "trace=open,openat,mkdir,mkdirat", "-o", trace]
        done = subprocess.run(
            [*traced, sys.executable, "-c", PROGRAM, *words, "--home", home],
            capture_output=True,
            text=True,
            check=False,
        )
        if "ptrace" in done.stderr:
            pytest.skip("this machine lets no program be traced")
        made = list_files_made(trace)
        assert made, command
        if strays := [path for path in made if not path.startswith(str(home))]:
            outside[command[0]] = strays
    tried = len(COMMANDS) if LONG else len(COMMANDS[::2])
    ATTACK_RESULTS.append(AttackResult("look for scratch files outside the home", tried, tried, len(outside)))
    assert outside == {}
