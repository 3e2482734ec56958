"""What a person can do who may write every file of a home, and which command finds it first."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from domain.act import Act
from domain.ids import SYSTEM
from domain.log.chain import Head
from domain.log.head_file import HeadFile
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.model.log_history import BackupEnd, LogHistory
from tests.faults.tampered_site import BACKED_UP, BENS_CARD, Site
from tests.support.kiosk_program import run_kiosk
from tests.support.tampering import chain_again, cut_off_with_its_count

BEFORE_ALL = 3
"""A position before everything that a head was kept of."""
NOBODY = ""
"""Found by no command yet."""
REBUILT = "rebuilt by whatever reads it first"
ALL, HEAD, DRILL = "every command", "verify --head", "restore --drill"


class Attack(NamedTuple):
    """One attack."""

    what: str
    tamper: Callable[[Site], object]
    finder: str
    """The first command that finds it; NOBODY where none does."""
    remark: str = ""
    harmless: bool = False
    """No answer of the program changes."""


# --- log.db ---

SWALLOW_ANN = """CREATE TRIGGER statistics BEFORE INSERT ON stored_events
WHEN NEW.topic LIKE 'attendance%' BEGIN SELECT RAISE(IGNORE); END"""
EMPTY_GUARD = """DROP TRIGGER stored_events_no_delete;
CREATE TRIGGER stored_events_no_delete BEFORE DELETE ON stored_events BEGIN SELECT 1; END"""
A_LATER_STATE = "CAST(replace(CAST(state AS TEXT), '2026-11-19', '2026-11-18') AS BLOB)"


def do(*statements: str) -> Callable[[Site], None]:
    """Statements on the log without its guards, which stand there again afterwards."""

    def tamper(site: Site) -> None:
        with site.open_log() as tool:
            for statement in statements:
                tool.execute(statement)

    return tamper


def cut_off(site: Site, after: int, *, name: bool = False) -> None:
    """The end of the log and the trace of it; with a new name, as after a restore."""
    with site.open_log() as tool:
        cut_off_with_its_count(tool, after)
        if name:
            tool.execute("INSERT INTO log_identity (log_id) VALUES (?)", (str(uuid4()),))


def remake(site: Site) -> None:
    """Change an event and compute the whole chain again."""
    with site.open_log() as tool:
        tool.execute(EDIT)
        chain_again(tool)


def close_the_gap(site: Site) -> None:
    with site.open_log() as tool:
        tool.execute("DELETE FROM stored_events WHERE position = 5")
        for (position,) in tool.execute("SELECT position FROM stored_events WHERE position > 5 ORDER BY 1").fetchall():
            tool.execute("UPDATE stored_events SET position = ? WHERE position = ?", (position - 1, position))
        tool.execute("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'stored_events'")
        chain_again(tool)


def swap_states(site: Site) -> None:
    query = "SELECT position, state FROM stored_events WHERE topic LIKE 'attendance%' LIMIT 2"
    with site.open_log() as tool:
        (one, first), (other, second) = tool.execute(query).fetchall()
        tool.execute("UPDATE stored_events SET state = ? WHERE position = ?", (second, one))
        tool.execute("UPDATE stored_events SET state = ? WHERE position = ?", (first, other))


def append_in_chain(site: Site) -> None:
    """A tap that never was, written by the program itself."""
    run_kiosk("tap", BENS_CARD, "--at", "2026-11-20T12:30", "--home", site.home)


def forge_restore(site: Site) -> None:
    """The end of the log is cut off, an event says that a restore did it, and the backups alone know better."""
    cut_off(site, 9)
    site.forget(*WITNESSES)
    shutil.copytree(site.folder / "usb", site.home / "backups")
    with closing(open_sqlite_log(site.log, REGISTERED_NAMES)) as log:
        end, now = log.head(), datetime(2026, 11, 20, tzinfo=UTC)
        history, act = log.catch_up(LogHistory.unread()), Act(now, SYSTEM, now)
        history.record_restore(log.renew_identity(), BackupEnd(end.position, end.chain.hex(), now), act)
        log.append(history)


def exchange_names(site: Site) -> None:
    with site.open_log() as tool:
        tool.execute("DELETE FROM log_identity")
        tool.execute("INSERT INTO log_identity (log_id) VALUES (?)", (str(uuid4()),))


def move_head_ahead(site: Site) -> None:
    file = HeadFile(site.log)
    kept = file.read()
    assert kept
    file.save(kept.log_id, Head(kept.head.position + 1, kept.head.chain))
    file.close()


WITNESSES = ("home/log.head", "home/reports", "home/heads", "home/proved.json", "home/backups.json")
"""What stands in the home and has kept a head."""


def cut_off_unproved(site: Site) -> None:
    """With a new name, and the backups alone left as witnesses, in the home's own folder of them."""
    cut_off(site, 9, name=True)
    site.forget(*WITNESSES)
    shutil.copytree(site.folder / "usb", site.home / "backups")


EDIT = f"UPDATE stored_events SET state = {A_LATER_STATE} WHERE topic LIKE 'shift.%'"
ON_6 = "UPDATE stored_events SET {} WHERE position = 6"
UNCHAINED = "INSERT INTO stored_events SELECT 99, 'x', 1, topic, state, chain FROM stored_events WHERE position = 6"
LOG_ATTACKS = (
    Attack("a trigger swallows the taps", lambda s: s.change("log.db", SWALLOW_ANN), ALL),
    Attack("a guard is dropped", lambda s: s.change("log.db", "DROP TRIGGER stored_events_no_update"), ALL),
    Attack("a guard is emptied", lambda s: s.change("log.db", EMPTY_GUARD), ALL),
    Attack("a table is put beside", lambda s: s.change("log.db", "CREATE TABLE extra (a)"), ALL),
    Attack(
        "an event is edited",
        do(EDIT),
        "verify",
    ),
    Attack("two taps are exchanged", swap_states, "verify"),
    Attack("an event gets another name", do(ON_6.format("topic = 'card.revoked'")), "verify"),
    Attack("an event gets another version", do(ON_6.format("originator_version = 9")), "verify"),
    Attack("an event is taken out", do("DELETE FROM stored_events WHERE position = 6"), "verify"),
    Attack("an event is taken out, all behind it moved up", close_the_gap, ALL),
    Attack("an event is moved out of sight", do(ON_6.format("position = -1")), "verify"),
    Attack("an event is put in, outside the chain", do(UNCHAINED), "verify"),
    Attack("an event is put in, in the chain", append_in_chain, NOBODY, "a head kept at closing time counts it"),
    Attack("the end is cut off", do("DELETE FROM stored_events WHERE position > 9"), ALL),
    Attack("the end is cut off with its count", lambda s: cut_off(s, 9), ALL),
    Attack("cut off, with a name as by a restore", lambda s: cut_off(s, 9, name=True), ALL),
    Attack(
        "cut off, with a name, without log.head",
        lambda s: (cut_off(s, 9, name=True), s.forget("home/log.head")),
        "verify",
    ),
    Attack("cut off, with a name, backups alone left", cut_off_unproved, "verify"),
    Attack(
        "cut off behind the last head in sight, without log.head",
        lambda s: (cut_off(s, s.positions[BACKED_UP]), s.forget("home/log.head")),
        HEAD,
    ),
    Attack("cut off, by a forged restore", forge_restore, "verify", "the people store is ahead of the log"),
    Attack("the history is remade", remake, ALL),
    Attack("remade, without log.head", lambda s: (remake(s), s.forget("home/log.head")), "verify"),
    Attack(
        "remade, without any witness beside it",
        lambda s: (remake(s), s.forget(*WITNESSES, "usb")),
        "verify",
        "by its own settlements",
    ),
    Attack(
        "cut off before its settlements, without any witness",
        lambda s: (cut_off(s, BEFORE_ALL), s.forget(*WITNESSES, "usb")),
        DRILL,
        "there is no backup; what is missing, a head kept elsewhere tells",
    ),
    Attack("another log is put in its place", Site.put_another_log, ALL),
    Attack("an earlier copy is put in its place", lambda s: s.put_back("log.db"), ALL),
    Attack("an earlier copy, with its log.head", lambda s: s.put_back("log.db", "log.head"), "verify"),
)


# --- What stands beside the log ---

SWAP_NUMBERS = """UPDATE volunteers SET number = 'x' WHERE number = 'V001';
UPDATE volunteers SET number = 'V001' WHERE number = 'V002'; UPDATE volunteers SET number = 'V002' WHERE number = 'x'"""


def on_views(statement: str) -> Callable[[Site], None]:
    return lambda site: site.change("views.db", statement)


def on_people(statement: str) -> Callable[[Site], None]:
    return lambda site: site.change("people.db", statement)


def edit_head(site: Site, name: str) -> None:
    path = site.folder / name
    content = json.loads(path.read_text())
    content["head"] = "0" * 63 + "1"
    path.write_text(json.dumps(content))


HOME_ATTACKS = (
    Attack("log.head is deleted", lambda s: s.forget("home/log.head"), NOBODY, "kiosk.log says so", harmless=True),
    Attack("log.head is moved ahead", move_head_ahead, ALL),
    Attack("log_identity gets a row", do(f"INSERT INTO log_identity (log_id) VALUES ('{UUID(int=7)}')"), ALL),
    Attack("log_identity is exchanged", exchange_names, ALL),
    Attack(
        "log_identity is exchanged, without log.head",
        lambda s: (exchange_names(s), s.forget("home/log.head")),
        "verify",
    ),
    Attack("a report is changed", lambda s: edit_head(s, "home/reports/2026-11-19.json"), "verify"),
    Attack("proved.json is changed", lambda s: edit_head(s, "home/proved.json"), "verify"),
    Attack("the ledger of erasures is garbled", lambda s: (s.home / "erasures.jsonl").write_text("{}\n"), "verify"),
    Attack(
        "the ledger of erasures is emptied",
        lambda s: (s.home / "erasures.jsonl").write_text(""),
        "verify",
    ),
    Attack("views.db: an outcome", on_views("UPDATE duties SET outcome = 'absent'"), "replay", REBUILT),
    Attack("views.db: minutes", on_views("UPDATE visits SET credited = credited + 600"), "replay", REBUILT),
    Attack("views.db: a visit is deleted", on_views("DELETE FROM visits"), "replay", REBUILT),
    Attack("people.db: two numbers are exchanged", on_people(SWAP_NUMBERS), "verify"),
    Attack("people.db: a reason", on_people("UPDATE notes SET text = 'as agreed'"), "verify"),
    Attack("people.db: an author", on_people("UPDATE actors SET name = 'wang' WHERE name = 'lin'"), "verify"),
    Attack("people.db: an earlier copy", lambda s: s.put_back("people.db"), "verify"),
    Attack("site.key is exchanged", lambda s: (s.home / "site.key").write_bytes(bytes(range(32))), ALL),
)
