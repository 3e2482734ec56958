"""A log that lacks what it once held: whatever has kept a head of it stops the night, the backup and the drill."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from domain.act import Act
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.model.reconciliation import Reconciliation
from kiosk.backups.backup import back_up
from kiosk.backups.folder import list_backups
from kiosk.backups.heads.seen_heads import find_false_settlement
from kiosk.backups.record import FOLDER
from kiosk.home import Home
from tests.kiosk.conftest import Apply, read_head
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line, run_kiosk
from tests.support.tampering import chain_again, cut_off_with_its_count, open_unguarded

ANN_CAME = line("tap", "2026-11-19T08:58", card="04000000000001")
ANN_WENT = line("tap", "2026-11-19T12:01", card="04000000000001")
NEXT_DAY = line("tap", "2026-11-20T09:00", card="04000000000001")
AFTER_THE_NIGHT = line("tap", "2026-11-21T09:00", card="04000000000001")


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    """A home with a settled day and its report, and events behind both."""
    assert apply(simulation, *ANNS_UNIT_LINES, ANN_CAME, ANN_WENT, NEXT_DAY).status == 0
    assert run_kiosk("reconcile", "--home", simulation).status == 0
    assert apply(simulation, AFTER_THE_NIGHT).status == 0
    return simulation


def make_backup(home: Path, where: Path | None = None, day: int = 22) -> Path:
    with Home.open(home) as opened:
        return back_up(opened, where or home / FOLDER, 14, datetime(2026, 11, day, tzinfo=UTC))[0]


def forget_records(home: Path, *names: str) -> None:
    """Every trace of a head that stands in the home itself, but for what is named."""
    for name in {"log.head", "proved.json", "backups.json"} - set(names):
        (home / name).unlink(missing_ok=True)
    for folder in {"reports", "heads"} - set(names):
        for file in (home / folder).glob("*"):
            file.unlink()


def cut_off(home: Path, after: int) -> None:
    """With a name, as a restore would give one."""
    with open_unguarded(home / "log.db") as tool:
        cut_off_with_its_count(tool, after)
        tool.execute("INSERT INTO log_identity (log_id) VALUES (?)", (str(uuid4()),))


def verify(home: Path, *options: str | Path) -> ProgramResult:
    return run_kiosk("verify", *options, "--home", home)


# --- Stated ---


def write_head(head: tuple[int, bytes]) -> str:
    return f"{head[0]}:{head[1].hex()}"


def read_chains(home: Path) -> dict[int, str]:
    """The hash of each event."""
    with Home.open(home) as opened:
        return {position: opened.log.chain_at(position).hex() for position in range(1, 12)}


def test_a_log_extends_the_heads_that_it_had(home: Path, apply: Apply, tmp_path: Path) -> None:
    heads = [write_head(read_head(home))]
    apply(home, line("tap", "2026-11-21T12:00", card="04000000000001"))
    heads += [write_head(read_head(home)), heads[0].partition(":")[2], f"0:{bytes(32).hex()}"]
    (tmp_path / "heads").write_text("\n".join(heads))
    assert verify(home, *(word for head in heads for word in ("--head", head))).out.endswith(
        "heads 4: the log extends each\n"
    )
    answer = verify(home, "--heads", tmp_path / "heads", "--format", "json")
    assert (answer.status, json.loads(answer.out)["heads"]) == (0, 4)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("12:{chain}", "it ends at position 11 and had reached 12"),
        ("11:" + "0" * 64, "its event 11 is not the one"),
        ("10:{chain}", "its event 10 is not the one"),
        ("9999999999999999999:{chain}", "had reached 9999999999999999999"),
        ("0" * 63 + "1", "none of its 11 events has it"),
        ("0:{chain}", "its event 0 is not the one"),
    ],
)
def test_a_head_that_the_log_does_not_extend_is_an_answer_of_no(home: Path, written: str, why: str) -> None:
    head = written.format(chain=read_head(home)[1].hex())
    ended = verify(home, "--head", head)
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "does not extend the head in --head 1" in ended.err
    assert why in ended.err
    answer = json.loads(verify(home, "--head", head, "--format", "json").out)
    assert (answer["ok"], why in answer["why"]) == (False, True)


def test_each_wrong_head_of_a_file_in_json_has_its_objection(home: Path, tmp_path: Path) -> None:
    rows = [{"position": position, "chain": f"{position:064}"} for position in (5, 50)]
    right = {"position": read_head(home)[0], "chain": read_head(home)[1].hex()}
    (tmp_path / "rows.json").write_text(json.dumps([rows[0], right, rows[1]]))
    answer = json.loads(verify(home, "--heads", tmp_path / "rows.json", "--format", "json").out)
    first, second = answer["objections"]
    assert "rows.json, row 1: its event 5 is not the one" in first
    assert "rows.json, row 3: it ends at position 11 and had reached 50" in second
    assert answer["events_since_heads"] == 0


def test_events_behind_a_head_that_is_beyond_the_log_are_not_counted(home: Path) -> None:
    for heads, since in ((("--head", f"50:{5:064}"), None), (("--head", f"5:{5:064}", "--head", f"50:{5:064}"), 6)):
        assert json.loads(verify(home, *heads, "--format", "json").out)["events_since_heads"] == since


def test_events_behind_a_head_of_which_the_hash_alone_was_kept_are_counted(home: Path, tmp_path: Path) -> None:
    """`kiosk verify` prints it so; what the log has no position of hides nothing that the other heads say."""
    chains = read_chains(home)
    chain = chains[5]
    ended = verify(home, "--head", chain)
    assert (ended.status, "6 events came after the newest of these heads" in ended.out) == (0, True)
    (tmp_path / "heads.txt").write_text(f"9:{chains[9]}\n{chain}\n{'0' * 64}\n")
    assert "2 events came after the newest" in verify(home, "--heads", tmp_path / "heads.txt").out
    for heads, since in (([chain], 6), (["0" * 64], 11), (["0" * 63 + "1"], None), (["0" * 63 + "1", chain], 6)):
        stated = [option for head in heads for option in ("--head", head)]
        assert json.loads(verify(home, *stated, "--format", "json").out)["events_since_heads"] == since


def test_a_head_that_was_mistyped_makes_no_status_red(home: Path) -> None:
    assert verify(home, "--head", "0" * 63 + "1").status == 1
    assert run_check(home, "proved").ok


def test_a_log_that_was_cut_off_or_remade_is_found_by_a_head_kept_elsewhere_alone(home: Path) -> None:
    kept = write_head(read_head(home))
    forget_records(home)
    with open_unguarded(home / "log.db") as tool:
        cut_off_with_its_count(tool, 3)
    assert verify(home).status == 0
    forget_records(home)
    assert verify(home, "--head", kept).status == 1


def test_many_hashes_without_positions_are_found_in_one_pass(home: Path, tmp_path: Path) -> None:
    """More than SQLite takes in one query."""
    chains = [*read_chains(home).values()]
    (tmp_path / "heads").write_text("\n".join(chains * 150))
    assert verify(home, "--heads", tmp_path / "heads").out.endswith("heads 1,650: the log extends each\n")
    (tmp_path / "heads").write_text("\n".join([*chains * 150, "0" * 63 + "1"]))
    assert "heads:1651: none of its 11 events has it" in verify(home, "--heads", tmp_path / "heads").err


# --- Seen: in backups, reports and records, and in the settlements of the log itself ---


@pytest.mark.parametrize("witness", ["proved.json", "backups.json", "reports", "heads", "backups"])
def test_each_witness_stops_the_night_the_backup_and_the_drill(home: Path, witness: str) -> None:
    run_kiosk("verify", "--home", home)
    backup = make_backup(home)
    if witness != "backups":
        backup = backup.rename(home.with_name(backup.name))
    before = read_head(home)
    forget_records(home, witness)
    cut_off(home, 6)
    commands = (("reconcile",), ("backup", home.with_name("elsewhere")), ("restore", "--drill", backup), ("verify",))
    for command in commands:
        ended = run_kiosk(*command, "--home", home)
        assert (ended.status, ended.err.count("\n")) == (1, 1), (command, ended)
        assert "the log does not extend the head in" in ended.err
        assert witness in ended.err or command[0] == "restore"
    assert read_head(home)[0] == 6 < before[0]
    assert list_backups(home.with_name("elsewhere")) == []
    assert not run_check(home, "heads").ok


def test_a_report_of_an_earlier_version_says_it_too(home: Path) -> None:
    """It has neither position nor name: the day's settlement has, or is missing."""
    path = home / "reports" / "2026-11-19.json"
    report = json.loads(path.read_text())
    assert (report.pop("position"), len(report.pop("log_id"))) == (10, 36)
    path.write_text(json.dumps(report))
    forget_records(home, "reports")
    assert verify(home).status == 0
    cut_off(home, 6)
    forget_records(home, "reports")
    assert "none of its 6 events has it" in verify(home).err


def test_a_history_that_was_remade_is_found_by_its_own_settlements(home: Path) -> None:
    forget_records(home)
    with open_unguarded(home / "log.db") as tool:
        later = "CAST(replace(CAST(state AS TEXT), '2026-11-01', '2026-10-01') AS BLOB)"
        tool.execute(f"UPDATE stored_events SET state = {later}")
        tool.execute("UPDATE stored_events SET topic = topic WHERE position = 1")
        tool.execute(
            "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '2026-11-01', '2026-10-01') AS BLOB)"
        )
        chain_again(tool)
    ended = verify(home)
    assert (ended.status, "settles a day on a head that the log before it never had" in ended.err) == (1, True)


@pytest.mark.parametrize(("own", "found"), [(True, False), (False, True)])
def test_a_settlement_counts_whichever_day_it_settles(real_home: Path, own: bool, found: bool) -> None:
    """Also a day long before the home was made, of which its facts were entered later."""
    now = datetime(2026, 11, 27, tzinfo=UTC)
    with Home.open(real_home) as opened:
        head = opened.log.head().chain.hex() if own else "77" * 32
        findings = ("", {}, None)
        opened.log.append(Reconciliation.reconcile(date(2001, 2, 3), {}, findings, head, Act(now, uuid4(), now)))
        assert bool(find_false_settlement(opened.log)) is found


def test_the_evidence_stays_while_the_log_lacks_it(home: Path) -> None:
    verify(home)
    before = (home / "proved.json").read_bytes()
    forget_records(home, "proved.json")
    cut_off(home, 6)
    assert [run_kiosk(command, "--home", home).status for command in ("verify", "reconcile", "verify")] == [1, 1, 1]
    assert (home / "proved.json").read_bytes() == before


# --- After a restore ---


def test_a_restore_is_an_event_and_excuses_what_the_backup_did_not_hold(
    home: Path, apply: Apply, tmp_path: Path
) -> None:
    """The later backup, in the same folder, is of the earlier log: work goes on."""
    backup = make_backup(home, tmp_path / "usb")
    assert apply(home, line("tap", "2026-11-21T12:00", card="04000000000001")).status == 0
    kept = write_head(read_head(home))
    make_backup(home, tmp_path / "usb", day=23)
    assert run_kiosk("restore", backup, "--to", tmp_path / "new").status == 0
    for command in (("verify",), ("reconcile",), ("backup", tmp_path / "usb"), ("restore", "--drill")):
        ended = run_kiosk(*command, "--home", tmp_path / "new")
        assert ended.status == 0, (command, ended.err)
    check = run_check(tmp_path / "new", "heads")
    assert (check.ok, check.detail.endswith("from a backup of 11 events")) == (True, True)
    assert "from a backup of 11 events, by event 12" in verify(tmp_path / "new").out
    printed = json.loads(verify(tmp_path / "new", "--format", "json").out)
    assert printed["restores"] == [{"event": 12, "backup": 11}]
    ended = verify(tmp_path / "new", "--head", kept)
    assert (ended.status, "event 12 says that it was restored from a backup that ended at 11" in ended.err) == (1, True)


def test_what_was_written_since_a_restore_is_not_excused(home: Path, apply: Apply, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert run_kiosk("restore", make_backup(home, tmp_path / "usb"), "--to", new).status == 0
    assert apply(new, line("tap", "2026-11-21T12:00", card="04000000000001")).status == 0
    make_backup(new)
    forget_records(new)
    with open_unguarded(new / "log.db") as tool:
        cut_off_with_its_count(tool, 12)
    assert "the log does not extend the head in" in verify(new).err


def test_a_name_that_no_restore_gave_is_found_where_one_did(home: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert run_kiosk("restore", make_backup(home, tmp_path / "usb"), "--to", new).status == 0
    (new / "log.head").unlink()
    with open_unguarded(new / "log.db", without_triggers=False) as tool:
        tool.execute("INSERT INTO log_identity (log_id) VALUES (?)", (str(uuid4()),))
    assert "the log has a name that no restore in its chain gave it" in verify(new).err


def test_a_log_that_was_restored_before_restores_were_events_is_verified(home: Path) -> None:
    """Its name is no event: it opens, and nothing is held against it."""
    forget_records(home)
    with open_unguarded(home / "log.db", without_triggers=False) as tool:
        tool.execute("INSERT INTO log_identity (log_id) VALUES (?)", (str(uuid4()),))
    assert verify(home).status == 0
    assert run_check(home, "heads").ok


def test_the_event_says_from_which_backup(home: Path, tmp_path: Path) -> None:
    backup = make_backup(home, tmp_path / "usb")
    assert run_kiosk("restore", backup, "--to", tmp_path / "new").status == 0
    log = open_sqlite_log(tmp_path / "new" / "log.db", REGISTERED_NAMES)
    restored = vars(log.read_entries(after=11)[0].event)
    described = json.loads((backup / "backup.json").read_text())
    assert (restored["position"], restored["chain"]) == (described["position"], described["chain"])
    assert (restored["log_id"], log.log_id) == (log.log_id, log.list_names()[-1])
    log.close()
