"""A program that has a database open keeps SQLite's locks on it, whatever else it does in the same process.

Closing any descriptor of a file drops all locks that the process has on it (fcntl(2)). The next program that closes the
database takes itself for the last one then, and removes the WAL into which this one goes on writing.
"""

import subprocess
import sys
from pathlib import Path

from tests.support.kiosk_program import ANNS_UNIT_LINES, run_kiosk, write_batch

HERE = Path(__file__).parents[2]
LOOK_AND_WORK = r"""
import os, sys
from pathlib import Path
from kiosk.home import Home
from projections.engine.seal import is_open_here
from tests.support.file_locks import is_locked
from tests.support.kiosk_program import line, run_kiosk, write_batch

home, folder = map(Path, sys.argv[1:])
DATABASES = [home / name for name in ("log.db", "views.db", "people.db")]
opened = set()

def note_open(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".db") and not (arguments[2] or 0) & os.O_EXCL:
        path = Path(os.fsdecode(arguments[0]))
        if path.parent == home and path.exists() and is_open_here(path):  # nobody else has a part of a new backup open
            opened.add(path.name)

def list_unlocked():
    return [file.name for file in DATABASES if not is_locked(file)]

batch = write_batch(folder / "more.jsonl", line("tap", "2026-11-21T09:00", card="04AAAAAAAAAAAA"))
policy = folder / "policy.toml"
policy.write_text("absence_threshold = 2\n")
COMMANDS = (
    ["status"], ["replay"], ["apply", batch, "--check"], ["what-if", "--policy", policy, "--from", "2026-11-01"],
    ["backup", folder / "backups"], ["apply", batch], ["reconcile"], ["explain", "V001", "2026-11-19"],
)
sys.addaudithook(note_open)
with Home.open(home) as held:
    held.views.catch_up()
    assert list_unlocked() == []
    for command in COMMANDS:
        result = run_kiosk(*command, "--home", home)
        assert result.status in (0, 1), (command, result)
        held.views.catch_up()  # the command may have put other read models in their place
        assert (opened, list_unlocked()) == (set(), []), (command, opened, list_unlocked())
"""


def test_a_program_keeps_its_locks_while_it_opens_its_home_a_second_time(tmp_path: Path) -> None:
    """As the desk does to check the home, the roster to correct, and the hub for each unit."""
    home = tmp_path / "home"
    assert run_kiosk("init", "--home", home, "--simulation").status == 0
    assert run_kiosk("apply", write_batch(tmp_path / "unit.jsonl", *ANNS_UNIT_LINES), "--home", home).status == 0
    done = subprocess.run(
        [sys.executable, "-c", LOOK_AND_WORK, home, tmp_path],
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
