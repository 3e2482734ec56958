"""Heads that each night signs: what they say, where they go, and what keeps a night from signing."""

import json
import re
import shutil
import stat
from base64 import b64encode
from itertools import pairwise
from pathlib import Path

import pytest

from domain.log.checkpoint import parse_proved_head
from domain.log.merkle import TreeHasher
from domain.log.signed_note import NoteKey, SignedNote, parse_key, sign_text
from domain.log.signing import SigningKey
from kiosk.backups.heads.signed_heads import FRONTIER_FILE, sign_head
from kiosk.errors import UserError
from kiosk.home import Home
from tests.kiosk.backups.heads.conftest import Site
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import ProgramResult
from tests.support.tampering import open_unguarded


def test_each_night_signs_what_extends_the_last_and_copies_it(site: Site) -> None:
    own, copied = site.list_heads(site.home / "heads"), site.list_heads(site.usb)
    assert [file.name for file in own] == [file.name for file in copied]
    heads = [parse_proved_head(file.read_text()) for file in copied]
    key = parse_key((site.usb / "keys.txt").read_text())
    assert all(key.has_signed(head.note) for head in heads)
    for older, newer in pairwise(heads):
        assert newer.extends(older.checkpoint)
    for _ in range(2):  # the first settles a day more, the second nothing
        assert site.run("reconcile").status == 0
        assert len(site.list_heads(site.usb)) == len(copied) + 1


# --- The frontier, from which the next night goes on ---


def sign_anew(site: Site) -> bytes:
    """What is signed behind the last night."""
    with Home.open(site.home) as home:
        return sign_head(home).format().encode()


def test_a_night_goes_on_where_the_last_one_ended_and_signs_the_same_as_of_the_whole_log(site: Site) -> None:
    whole = Site(Path(shutil.copytree(site.home.parent, site.home.parent.with_name("whole"))))
    (whole.home / FRONTIER_FILE).unlink()

    assert sign_anew(site) == sign_anew(whole)
    assert (site.home / FRONTIER_FILE).read_bytes() == (whole.home / FRONTIER_FILE).read_bytes()


def test_only_what_followed_the_last_signed_head_is_read(site: Site) -> None:
    with open_unguarded(site.home / "log.db") as log:
        log.execute("UPDATE stored_events SET state = x'7b7d' WHERE position = 2")
    before = (site.home / FRONTIER_FILE).read_bytes()
    assert sign_anew(site)

    (site.home / FRONTIER_FILE).write_bytes(before)
    for file in site.list_heads(site.home / "heads")[-1:]:
        file.unlink()
    (site.home / FRONTIER_FILE).unlink()
    with pytest.raises(UserError, match="event 2"):
        sign_anew(site)


@pytest.mark.parametrize("content", ["", "{}", '{"position":-1,"chain":"","roots":[]}'])
def test_a_frontier_that_is_none_is_passed_over(site: Site, content: str) -> None:
    right = sign_anew(Site(Path(shutil.copytree(site.home.parent, site.home.parent.with_name("right")))))
    (site.home / FRONTIER_FILE).write_text(content)

    assert sign_anew(site) == right


def test_a_frontier_that_was_changed_or_of_a_head_without_a_right_signature_is_passed_over(site: Site) -> None:
    right = sign_anew(Site(Path(shutil.copytree(site.home.parent, site.home.parent.with_name("right")))))
    kept = json.loads((site.home / FRONTIER_FILE).read_bytes())
    other = b64encode(bytes(32)).decode()
    longer = b64encode(bytes(33)).decode()
    for roots in ([*kept["roots"][:-1], other], [*kept["roots"], other], kept["roots"][:-1], [longer]):
        (site.home / FRONTIER_FILE).write_text(json.dumps({**kept, "roots": roots}))
        assert sign_anew(site) == right
        site.list_heads(site.home / "heads")[-1].unlink()

    planted = site.list_heads(site.home / "heads")[-1]
    roots = [bytes(32)] * len(kept["roots"])
    (site.home / FRONTIER_FILE).write_text(json.dumps({**kept, "roots": [b64encode(one).decode() for one in roots]}))
    root = TreeHasher(kept["position"], roots).compute_root()
    planted.write_text(re.sub(r"(?m)^(kiosk/.*\n\d+\n).*$", rf"\g<1>{b64encode(root).decode()}", planted.read_text()))
    signed = parse_proved_head(sign_anew(site).decode())
    before = parse_proved_head(site.list_heads(site.home / "heads")[-3].read_text())
    assert signed.checkpoint == parse_proved_head(right.decode()).checkpoint
    assert signed.extends(before.checkpoint)
    ended = site.run("verify")
    assert (ended.status, f"{planted} names another tree" in ended.err) == (1, True)


def test_nothing_is_signed_that_does_not_extend_the_last_signed_head(site: Site) -> None:
    file = site.list_heads(site.home / "heads")[-1]
    last = parse_proved_head(file.read_text())
    text = last.note.text.replace(b64encode(last.checkpoint.root).decode(), b64encode(bytes(32)).decode())
    line = sign_text(SigningKey.load(site.home / "head.key"), last.checkpoint.name, text)
    file.write_text(last._replace(note=SignedNote(text, [line])).format())
    with pytest.raises(UserError, match="does not extend"):
        sign_anew(site)


def test_what_is_kept_at_home_is_private_and_what_is_handed_on_is_not(site: Site) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (site.home / "heads", site.home / "head.key")}
    assert modes == {"heads": 0o700, "head.key": 0o600}
    assert stat.S_IMODE(site.list_heads(site.usb)[0].stat().st_mode) == 0o644
    assert run_check(site.home, "files").ok


def test_the_log_extends_its_heads_and_says_how_much_came_since(site: Site) -> None:
    kept = site.keep()
    for heads in (site.usb, kept):
        ended = site.run("verify", "--heads", heads, "--signed-by", site.kept / "keys.txt")
        assert (ended.status, ended.err) == (0, "")
        assert "the log extends each\n1 event came after the newest" in ended.out
    answer = json.loads(site.run("verify", "--heads", kept, "--format", "json").out)
    assert (answer["ok"], answer["heads"], answer["events_since_heads"]) == (True, 1, 1)


def test_each_place_that_is_named_is_compared(site: Site, tmp_path: Path) -> None:
    (tmp_path / "forged.txt").write_text(f"1:{'0' * 64}")
    for places in ((tmp_path / "forged.txt", site.usb), (site.usb, tmp_path / "forged.txt")):
        ended = site.run("verify", *(word for place in places for word in ("--heads", place)))
        assert (ended.status, "forged.txt" in ended.err) == (1, True)


def next_night(site: Site) -> ProgramResult:
    site.tap("2026-11-23T08:58")
    return site.run("reconcile")


def test_a_folder_that_is_away_gets_what_it_missed_later(site: Site, tmp_path: Path) -> None:
    site.usb.rename(tmp_path / "away")
    ended = next_night(site)
    assert (ended.status, f"the signed heads are not in {site.usb}" in ended.err) == (1, True)
    assert not site.usb.exists()
    (tmp_path / "away").rename(site.usb)
    assert site.run("reconcile").status == 0
    assert [file.name for file in site.list_heads(site.usb)] == [
        file.name for file in site.list_heads(site.home / "heads")
    ]


def test_what_a_killed_night_was_about_to_write_is_no_head(site: Site) -> None:
    """Else each later look at the folder stops there, and it is copied to every other one."""
    heads = site.home / "heads"
    (heads / ".1f0c2d3e-000000000403.txt").write_text("old 380\n")
    assert site.run("verify", "--heads", heads).status == 0
    (site.usb / site.list_heads(site.usb)[0].name).unlink()
    assert site.run("reconcile").err == ""
    assert not [*site.usb.glob(".*")]


def test_a_key_that_is_open_to_others_or_gone_is_said_and_the_days_are_settled(site: Site) -> None:
    (site.home / "head.key").chmod(0o644)
    ended = next_night(site)
    assert (ended.status, "the head of the log is not signed" in ended.err) == (1, True)
    assert "chmod 600" in ended.err
    assert "2026-11-22" in ended.out
    (site.home / "head.key").unlink()
    assert site.run("reconcile").status == 0
    assert len((site.usb / "keys.txt").read_text().splitlines()) == 2
    assert len((site.kept / "keys.txt").read_text().splitlines()) == 1


def test_the_key_of_a_service_comes_before_that_of_the_home(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "credentials").mkdir()
    key = SigningKey.create(tmp_path / "credentials" / "head.key")
    (tmp_path / "credentials" / "head.key").chmod(0o440)  # as an access control list of systemd shows
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    assert next_night(site).status == 0
    head = parse_proved_head(site.list_heads(site.usb)[-1].read_text())
    assert NoteKey(head.checkpoint.name, key.public).has_signed(head.note)


def test_a_key_that_the_settings_name_and_this_user_cannot_read_is_said(site: Site, tmp_path: Path) -> None:
    with (site.home / "kiosk.toml").open("a") as settings:
        settings.write(f'key = "{tmp_path / "nowhere.key"}"\n')
    ended = next_night(site)
    assert (ended.status, f"{tmp_path / 'nowhere.key'}" in ended.err) == (1, True)


def test_the_status_says_where_the_heads_are(site: Site) -> None:
    check = run_check(site.home, "signed_heads")
    assert (check.ok, str(site.usb) in check.detail) == (True, True)
