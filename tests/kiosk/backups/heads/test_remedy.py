"""A witness that lacks a proof goes on by what the table of the operator's handbook says, as often as it is needed."""

import re
from pathlib import Path

from tests.kiosk.backups.heads.conftest import CARD, Office
from tests.kiosk.status.conftest import run_check
from tests.support.documents import ROOT
from tests.support.kiosk_program import line, run_kiosk, write_batch

REMEDY = re.compile(r"\| brings no proof .*`kiosk prove --from (\S+) > (\S+)`")


def carry_out(office: Office) -> str:
    """The command of the table, with the folders of this office; what it says."""
    found = REMEDY.search((ROOT / "docs" / "operator.md").read_text())
    assert found
    older, file = (Path(path.replace("/mnt/office/heads", str(office.share))) for path in found.groups())
    proof = run_kiosk("prove", "--from", older, "--home", office.home)
    assert proof.status == 0
    file.write_text(proof.out)
    return proof.err


def lose_a_head(office: Office, day: int) -> None:
    """Two nights, and the head of the first is nowhere any more."""
    office.sign(f"2026-11-{day}T08:58")
    lost = sorted(office.share.glob("*-0*.txt"))[-1].name
    office.sign(f"2026-11-{day}T12:01")
    for folder in (office.home / "heads", office.share):
        (folder / lost).unlink()


def test_a_witness_that_lacks_a_proof_goes_on_twice_in_a_row(office: Office) -> None:
    for day, position in ((20, 9), (21, 11)):
        lose_a_head(office, day)
        ended = office.look()
        assert (ended.status, "brings no proof" in ended.err, office.read_position()) == (1, True, position - 2)
        assert carry_out(office) == ""
        assert (office.look().status, office.read_position()) == (0, position)

    office.sign("2026-11-22T08:58")
    ended = office.look()
    assert (ended.status, ended.err, office.read_position()) == (0, "", 12)
    assert run_kiosk("verify", "--heads", office.share, "--home", office.home).status == 0
    assert run_check(office.home, "signed_heads").detail.startswith("signed up to position 12; also in")


def test_where_no_later_head_is_signed_yet_it_goes_on_behind_the_next_night(office: Office) -> None:
    for file in (office.home / "heads").glob("*-0*.txt"):
        file.unlink()
    batch = write_batch(office.folder / "batch.jsonl", line("tap", "2026-11-20T08:58", card=CARD))
    assert run_kiosk("apply", batch, "--home", office.home).status == 0
    assert "the next night signs one, prove it again then" in carry_out(office)

    office.sign()
    assert "brings no proof" in office.look().err
    assert carry_out(office) == ""
    ended = office.look()
    assert (ended.status, ended.err, office.read_position()) == (0, "", 8)


def test_a_file_that_a_person_put_among_the_heads_of_the_home_stays_there(office: Office) -> None:
    """It would stand elsewhere as it was on the first day, under a name that is written again."""
    head = office.list_heads()[-1]
    (office.home / "heads" / "asked.txt").write_text(head.read_text())
    (office.home / "heads" / head.name.replace("07.txt", "08.txt")).write_text(head.read_text().partition("— ")[0])
    office.sign()
    assert office.list_heads()[-1] == head
    assert not (office.share / "asked.txt").exists()
