"""What a person can do who may write every file of a backup, and which command finds it first."""

import json
import shutil
import sqlite3
from contextlib import closing
from uuid import UUID

from tests.faults.tamper_attacks import DRILL, EDIT, NOBODY, SWALLOW_ANN, Attack
from tests.faults.tampered_site import SETTLED, Site, describe_again
from tests.support.tampering import chain_again, cut_off_with_its_count, flip_bit, open_unguarded


def change_backup(site: Site, name: str, statement: str) -> None:
    with closing(sqlite3.connect(site.backups[-1] / name)) as tool:
        tool.executescript(statement)
    describe_again(site.backups[-1])


def remake_backup(site: Site, after: int | None = None) -> None:
    """The log in a backup, remade or cut off, with description and digests that say so."""
    backup = site.backups[-1]
    with open_unguarded(backup / "log.db") as tool:
        if after is None:
            tool.execute(EDIT)
            chain_again(tool)
        else:
            cut_off_with_its_count(tool, after)
        position, chain = tool.execute("SELECT position, chain FROM stored_events ORDER BY 1 DESC LIMIT 1").fetchone()
    path = backup / "backup.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"position": position, "chain": chain.hex()}))
    describe_again(backup)


def plant_erasure(site: Site) -> None:
    with (site.folder / "usb" / "erasures.jsonl").open("a") as ledger:
        ledger.write(PLANTED % UUID(int=7))


PLANTED = '{"volunteer":"%s","at":"2026-11-20T00:00:00Z","basis":"request"}\n'

NAMES = "UPDATE volunteers SET name = 'x'"

BACKUP_ATTACKS = (
    Attack("a bit of a backup flips", lambda s: flip_bit(s.backups[-1] / "log.db", 5000, 3), DRILL),
    Attack("a backup: a trigger in its log", lambda s: change_backup(s, "log.db", SWALLOW_ANN), DRILL),
    Attack("a backup: its log is remade, with digests", remake_backup, "verify"),
    Attack(
        "a backup: its log is cut off, with digests",
        lambda s: remake_backup(s, s.positions[SETTLED]),
        DRILL,
        "the home's record knows its head",
    ),
    Attack("a backup: its people.db, with digests", lambda s: change_backup(s, "people.db", NAMES), DRILL),
    Attack(
        "a line is planted in the ledger beside the backups",
        plant_erasure,
        NOBODY,
        "passed over: it has no seal of this home",
        harmless=True,
    ),
    Attack(
        "the newest backup is deleted",
        lambda s: shutil.rmtree(s.backups[-1]),
        NOBODY,
        "the one before it is used",
        True,
    ),
)
