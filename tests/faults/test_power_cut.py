"""The power fails at any moment: what was acknowledged before is there, and nothing says that the log went back.

A program's writes and synchronisations are written down; then the disk is built as it may look after a power cut at
any of them. `synchronous=NORMAL`, which loses acknowledged events, shows that the test can see.
"""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from domain.log.errors import LogWentBack
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from tests.faults.appending_process import ACKNOWLEDGED_FILE
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.support.faulty_disk import FaultyDisk
from tests.support.power_cut import SimulatedDisk, read_trace
from tests.support.toy_aggregates import NAMES

CUTS, APPENDS = (1_000, 2_000) if LONG else (60, 120)
SEED = 20261121
FULL, NORMAL = 2, 1
HERE = Path(__file__).parents[2]

Acknowledged = dict[int, int]
"""The number that was stored at each position."""


def lived(folder: Path, synchronous: int) -> FaultyDisk:
    """A disk on which a program has written as long as it wanted to; the folder as it was before is beside it."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    create_sqlite_log(home / "log.db", NAMES).close()
    disk = FaultyDisk(home)
    before = folder / "before"
    before.mkdir()
    for file in home.iterdir():
        (before / file.name).write_bytes(file.read_bytes())
    command = [
        sys.executable,
        "-m",
        "tests.faults.appending_process",
        str(home / "log.db"),
        str(APPENDS),
        str(synchronous),
    ]
    subprocess.run(command, env=disk.environment(traced=True), cwd=HERE, check=True)
    return disk


def cuts(folder: Path, disk: FaultyDisk) -> Iterator[tuple[Path, Acknowledged]]:
    """The folder after each power cut, and what had been acknowledged by then."""
    chance, happened, acknowledged = Random(SEED), list(read_trace(disk.trace)), Acknowledged()  # noqa: S311 - replayable
    moments = Counter(chance.randrange(len(happened)) for _ in range(CUTS))
    files = SimulatedDisk(folder / "before")
    for moment, deed in enumerate(happened):
        for _ in range(moments[moment]):
            yield built(folder / "cut", files.cut_power(chance)), acknowledged
        files.apply(deed)
        if deed.name == ACKNOWLEDGED_FILE and deed.data:
            position, stored = deed.data.split()
            acknowledged[int(position)] = int(stored)


def built(folder: Path, files: dict[str, bytes]) -> Path:
    """The log in a folder with these files alone. The index of the WAL lives in memory and is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        if not name.endswith("-shm"):
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o600)
    return folder / "log.db"


def lost(path: Path, acknowledged: Acknowledged, *, restored: bool = False) -> list[int]:
    """The positions that were acknowledged and are not there; the log itself is whole. Raises: LogWentBack."""
    with closing(open_sqlite_log(path, NAMES, restored=restored)) as log:
        verdict = log.verify()
        assert verdict.whole, verdict
        stored = {at: event.by for at, event in log.read_entries(limit=APPENDS + 1)}
    assert list(stored) == list(range(1, len(stored) + 1))
    return [at for at, number in acknowledged.items() if stored.get(at) != number]


def test_a_power_cut_takes_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    disk, total, missing = lived(tmp_path, FULL), 0, 0
    for path, acknowledged in cuts(tmp_path, disk):
        found = lost(path, acknowledged)
        total, missing = total + len(acknowledged), missing + len(found)
        assert found == [], path
    FAULT_RESULTS.append(FaultResult("power cut", CUTS, total, missing))
    assert total > CUTS


def test_without_synchronising_each_commit_events_are_lost_and_the_head_file_tells(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    disk, total, missing, told = lived(tmp_path, NORMAL), 0, 0, 0
    for path, acknowledged in cuts(tmp_path, disk):
        total += len(acknowledged)
        try:
            missing += len(lost(path, acknowledged))
        except LogWentBack:
            told += 1
            missing += len(lost(path, acknowledged, restored=True))
    FAULT_RESULTS.append(
        FaultResult("power cut, synchronous=NORMAL", CUTS, total, missing, f"{told} cuts told by log.head")
    )
    assert missing > CUTS
    assert told > 0
