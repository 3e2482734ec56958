"""The verifier beside the documents, written from the page of the format alone: it says what ours says."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from domain.clock import Reading
from domain.log.chain import Head
from domain.log.proofs import prove_head
from domain.model.attendance import Attendance, CardReadAtKiosk
from tests.support.office import Office
from tests.support.people import ANN, local_time
from tests.support.source_doors import Hub, SourceDoor
from tests.support.tampering import chain_again, cut_off_with_its_count, open_unguarded, rewrite_schema

PROGRAM = Path(__file__).parents[3] / "docs" / "verify_log.py"


@pytest.fixture
def log(office: Office) -> Path:
    """A log with a visit, closed."""
    for at in ("2026-11-19 08:58", "2026-11-19 12:01"):
        office.tap(ANN, at)
    assert isinstance(office.log.place, Path)
    return office.log.place


def run_verifier(*arguments: object) -> tuple[int, str]:
    """Without anything of ours to import: the status, and what it says."""
    command: Sequence[str] = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return ended.returncode, (ended.stdout or ended.stderr).strip()


def test_it_finds_the_head_that_we_find_and_that_the_log_extends_an_earlier_one(office: Office, log: Path) -> None:
    head, earlier = office.log.head(), office.log.chain_at(5)
    assert office.log.verify().head == head
    expected = f"{head.position}:{head.chain.hex()}"
    assert run_verifier(log) == (0, expected)
    assert run_verifier(log, f"5:{earlier.hex()}", expected) == (0, expected)


def test_it_finds_the_tree_that_we_find_and_a_checkpoint_that_is_another_one(
    office: Office, log: Path, tmp_path: Path
) -> None:
    file, head = tmp_path / "head.txt", office.log.head()
    for position in (1, 5, head.position):
        file.write_text(prove_head(office.log, Head(position, office.log.chain_at(position)), position // 2).format())
        assert run_verifier(log, file)[0] == 0
    good = file.read_text()
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))  # as another system writes a text
    assert run_verifier(log, file)[0] == 0
    scanned = good.split("\n\n")[1]
    for end in ("", "\n", "\n\n\n", " \n"):
        file.write_text(scanned + end)
        assert run_verifier(log, file)[0] == 0
    root = scanned.split("\n")[2]
    for changed, says in (
        (good.replace(root, f"{'A' * 43}="), "the tree over its first"),
        (good.replace(f"\n{head.position}\n", f"\n{head.position + 1}\n"), "does not extend"),
        (good.replace("kiosk/", "kiosk/0"), "one of another log"),
        ("hello", "head.txt: this is no head"),
    ):
        file.write_text(changed)
        status, said = run_verifier(log, file)
        assert (status in (1, 2), says in said) == (True, True), said


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE taken SET chain = zeroblob(32) WHERE source_position = 2", "event 2 of the source"),
        ("DELETE FROM taken WHERE source_position = 2", "behind event 1 of the source"),
        ("UPDATE taken SET position = 99 WHERE source_position = 3", "behind event 2 of the source"),
    ],
)
def test_it_proves_the_chains_of_sources(office: Office, log: Path, statement: str, says: str) -> None:
    hub, doors = Hub(office.log), [SourceDoor("north"), SourceDoor("south")]
    hub.admit(*doors)
    for door in doors:
        door.tap(3)
        hub.intake.take(door.build_batch())
    hub.prove(*doors)
    assert run_verifier(log)[0] == 0
    with open_unguarded(log) as tool:
        tool.execute(f"{statement} AND source = '{doors[1].log_id}'")
    status, said = run_verifier(log)
    assert (status, says in said) == (1, True), said
    assert not hub.intake.verify(doors[1].log_id).whole
    assert hub.intake.verify(doors[0].log_id).whole


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM taken", "and no row of that stands beside it"),
        ("DROP TABLE taken; DROP TABLE heard; PRAGMA user_version=1", "and no row of that stands beside it"),
        ("DELETE FROM taken WHERE source_position > 3", "and no row of that stands beside it"),
        ("DELETE FROM taken WHERE source_position = 5", "event 4 of the source"),
        ("UPDATE taken SET source = 'another'", "and no row of that stands beside it"),
        (
            "INSERT INTO taken SELECT 1, 'another', 1, chain, zeroblob(64), 0 FROM stored_events WHERE position = 1",
            "there are events of the source another, which did not join",
        ),
    ],
)
def test_it_finds_a_tap_of_a_kiosk_without_its_row_and_a_row_of_no_kiosk(
    office: Office, log: Path, statement: str, says: str
) -> None:
    hub, door = Hub(office.log), SourceDoor("north")
    office.log.append(write_tap_of_own_kiosk("north", "2026-11-18 09:00"))
    hub.admit(door)
    for taps in (3, 2):
        door.tap(taps)
        hub.intake.take(door.build_batch(hub.intake.find_held(door.log_id)))
    assert run_verifier(log)[0] == 0
    with open_unguarded(log) as tool:
        tool.executescript(statement)
    status, said = run_verifier(log)
    assert (status, says in said) == (1, True), said


def write_tap_of_own_kiosk(kiosk: str, at: str) -> Attendance:
    """A tap from before a kiosk of that name joined."""
    tap = Attendance.of(ANN, local_time(at).date(), kiosk)
    read = CardReadAtKiosk("card", "front", kiosk, None, 1, Reading(local_time(at), "ok", "boot", 0))
    tap.record("checked_in", ANN, read, local_time(at))
    return tap


@pytest.mark.parametrize(("signature", "status"), [("zeroblob(64)", 0), ("NULL", 1)])
def test_what_a_source_did_not_sign_is_found_with_its_key(
    office: Office, log: Path, signature: str, status: int
) -> None:
    """Without the key it is found only where there is no signature at all."""
    hub, door = Hub(office.log), SourceDoor("north")
    hub.admit(door)
    door.tap(3)
    hub.intake.take(door.build_batch())
    with open_unguarded(log) as tool:
        tool.execute(f"UPDATE taken SET signature = {signature} WHERE source_position = 3")
    assert run_verifier(log)[0] == status
    fault = hub.intake.verify(door.log_id).fault
    assert fault is not None
    assert fault.kind == "not_signed"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE stored_events SET state = CAST(state || ' ' AS BLOB) WHERE position = 5", "event 5 does not fit"),
        ("UPDATE stored_events SET topic = topic || 's' WHERE position = 4", "event 4 does not fit"),
        ("UPDATE stored_events SET chain = zeroblob(32) WHERE position = 6", "event 6 does not fit"),
        ("DELETE FROM stored_events WHERE position = 3", "behind event 2 follows event 4"),
    ],
)
def test_it_finds_what_was_changed_and_what_is_missing(log: Path, statement: str, says: str) -> None:
    with open_unguarded(log) as tool:
        tool.execute(statement)
    status, said = run_verifier(log)
    assert (status, says in said) == (1, True), said


def test_it_finds_a_column_of_another_class_that_would_be_converted(log: Path) -> None:
    with open_unguarded(log) as tool:
        rewrite_schema(tool, ") STRICT", ")")
        tool.execute("UPDATE stored_events SET state = CAST(state AS TEXT) WHERE position = 2")
    assert "event 2 has a column of another storage class" in run_verifier(log)[1]


def test_a_head_that_was_kept_shows_a_chain_made_anew_and_an_end_cut_off(office: Office, log: Path) -> None:
    """Without that head both look whole."""
    head = office.log.head()
    kept = f"{head.position}:{head.chain.hex()}"
    with open_unguarded(log) as tool:
        cut_off_with_its_count(tool, head.position - 1)
    assert (run_verifier(log)[0], run_verifier(log, kept)[0]) == (0, 1)
    with open_unguarded(log) as tool:
        tool.execute("UPDATE stored_events SET state = CAST(state || ' ' AS BLOB) WHERE position = 5")
        chain_again(tool)
    assert (run_verifier(log)[0], run_verifier(log, f"5:{bytes(32).hex()}")[0]) == (0, 1)


def test_what_is_no_log_and_what_is_no_head_is_said(tmp_path: Path, log: Path) -> None:
    (tmp_path / "text").write_text("no database")
    assert run_verifier(tmp_path / "text")[0] == 2
    assert run_verifier(tmp_path / "missing.db")[0] == 2
    assert run_verifier(tmp_path / "views.db")[0] in (1, 2)
    assert (run_verifier(log, "5")[0], run_verifier()[0]) == (1, 2)
    assert "five:00: it cannot be read" in run_verifier(log, "five:00")[1]
    assert "5:chain: this is no head" in run_verifier(log, "5:chain")[1]
    assert "usage" in run_verifier()[1]
