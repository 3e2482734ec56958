"""One bit of the log's files flips while nobody looks: what it changed or hid is found, or it changed nothing."""

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

from domain.log.errors import LogError
from domain.log.event_rows import EventRow
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.support.tampering import flip_bit
from tests.support.toy_aggregates import NAMES, visit

FLIPS = 2_000 if LONG else 100
SEED = 20261103
FILES = {"log.db": 9, "log.db-wal": 9, "log.head": 2}
"""What a bit flips in, and how often beside the others."""

UNNOTICED = "unnoticed"


class Kept(NamedTuple):
    """A log that nobody has open, with events in its database and in its WAL."""

    folder: Path
    rows: list[EventRow]


def kept(folder: Path) -> Kept:
    """Copied while it is open, as a power cut would leave it: the last to close would empty the WAL."""
    original, left = folder / "original", folder / "left"
    original.mkdir(mode=0o700)
    left.mkdir(mode=0o700)
    with closing(create_sqlite_log(original / "log.db", NAMES)) as log:
        for number in range(20):
            log.append(visit(f"early {number}", texts=8))
    with closing(open_sqlite_log(original / "log.db", NAMES)) as log:
        for number in range(20):
            log.append(visit(f"late {number}", texts=2))
        for name in FILES:
            shutil.copy2(original / name, left / name)
        return Kept(left, log.read_rows(limit=1_000))


def found_out(path: Path, rows: list[EventRow]) -> str:
    """What becomes of a flip: `opening` or `verify` finds it, it changed nothing, or it went unnoticed."""
    try:
        with closing(open_sqlite_log(path, NAMES)) as log:
            if not log.verify().whole:
                return "verify"
            return "nothing changed" if log.read_rows(limit=1_000) == rows else UNNOTICED
    except LogError:
        return "opening"


def flips(folder: Path, kept_log: Kept, number: int, *, without: str = "") -> Counter[str]:
    """What becomes of so many flips; `without` a file that is not there when the log is opened."""
    chance, became = Random(SEED), Counter[str]()  # noqa: S311 - replayable
    for _ in range(number):
        (name,) = chance.choices(list(FILES), list(FILES.values()))
        copy = Path(shutil.copytree(kept_log.folder, folder / "copy"))
        byte, bit = chance.randrange((copy / name).stat().st_size), chance.randrange(8)
        flip_bit(copy / name, byte, bit)
        (copy / without).unlink() if without else None
        became[result := found_out(copy / "log.db", kept_log.rows)] += 1
        assert without or result != UNNOTICED, (name, byte, bit)
        shutil.rmtree(copy)
    return became


def test_no_flipped_bit_changes_or_hides_an_event_unnoticed(tmp_path: Path) -> None:
    kept_log = kept(tmp_path)
    became = flips(tmp_path, kept_log, FLIPS)
    remark = ", ".join(f"{what}: {number}" for what, number in sorted(became.items()))
    FAULT_RESULTS.append(FaultResult("bit flip", FLIPS, len(kept_log.rows) * FLIPS, became[UNNOTICED], remark))
    assert became["opening"] > 0 < became["verify"]


def test_without_the_head_file_sqlite_hides_events_in_silence(tmp_path: Path) -> None:
    assert flips(tmp_path, kept(tmp_path), 50, without="log.head")[UNNOTICED] > 0
