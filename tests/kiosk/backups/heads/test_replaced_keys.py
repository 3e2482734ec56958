"""Heads that another key signed, or that name another tree: said by the home itself and by each comparison."""

import shutil
from base64 import b64encode

from domain.log.checkpoint import parse_proved_head
from domain.log.signed_note import SignedNote, parse_key, sign_text
from kiosk.backups.heads.signed_heads import load_key
from kiosk.home import Home
from tests.kiosk.backups.heads.conftest import Office
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import run_kiosk


def test_a_key_that_was_replaced_is_said_to_all_who_know_the_earlier_one_alone(office: Office) -> None:
    assert "the key was replaced" not in run_check(office.home, "signed_heads").detail
    earlier = shutil.copy(office.share / "keys.txt", office.folder)
    (office.home / "head.key").unlink()
    head = office.sign("2026-11-19T12:01")
    *_, key = (parse_key(text) for text in (office.share / "keys.txt").read_text().splitlines())
    assert f"now it is {key.key_id.hex()}" in run_check(office.home, "signed_heads").detail
    ended = run_kiosk("verify", "--heads", head, "--signed-by", earlier, "--home", office.home)
    assert (ended.status, "if it was replaced, ask for the new one" in ended.err) == (1, True)
    assert (office.look().status, office.read_position()) == (1, 7)
    assert office.look("--trust", office.share / "keys.txt").status == 0


def test_a_head_of_the_right_chain_and_another_tree_is_found_by_the_home_itself(office: Office) -> None:
    """Signed with the key of the home: by that tree events could be proved that are none."""
    good = parse_proved_head(office.list_heads()[-1].read_text())
    text = good.note.text.replace(b64encode(good.checkpoint.root).decode(), b64encode(bytes(32)).decode())
    with Home.open(office.home) as home:
        signed = sign_text(load_key(home), good.checkpoint.name, text)
    (office.share / "planted.txt").write_text(good._replace(note=SignedNote(text, [signed])).format())
    for command in ("verify", "reconcile"):
        ended = run_kiosk(command, "--home", office.home)
        assert (ended.status, "planted.txt names another tree" in ended.err) == (1, True), ended
