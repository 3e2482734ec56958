"""Heads that each night signs: what they find when they are kept elsewhere, and what a head that is not right says."""

import json
import shutil
import stat
from itertools import pairwise
from pathlib import Path

import pytest

from domain.log.checkpoint import parse_proved_head
from domain.log.signed_note import NoteKey, parse_key, sign_text
from domain.log.signing import SigningKey
from kiosk.home import Home
from kiosk.short_codes import compute_code
from tests.kiosk.conftest import read_head
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line, run_kiosk, write_batch
from tests.support.tampering import chain_again, cut_off_with_its_count, open_unguarded

CARD = "04000000000001"


class Site:
    """A home, a folder elsewhere for its heads, and what an auditor keeps of both."""

    def __init__(self, folder: Path) -> None:
        self.home, self.usb, self.kept = folder / "home", folder / "usb", folder / "kept"
        self.batch = folder / "batch.jsonl"

    def tap(self, at: str) -> None:
        assert run_kiosk("apply", write_batch(self.batch, line("tap", at, card=CARD)), "--home", self.home).status == 0

    def run(self, *words: str | Path) -> ProgramResult:
        return run_kiosk(*words, "--home", self.home)

    def list_heads(self, folder: Path) -> list[Path]:
        return sorted(file for file in folder.iterdir() if file.name != "keys.txt")

    def keep(self) -> Path:
        """The last head, as an auditor took it away."""
        return shutil.copy(self.list_heads(self.usb)[-1], self.kept / "head.txt")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two nights, and a tap behind the second."""
    site = Site(tmp_path_factory.mktemp("signed"))
    for folder in (site.usb, site.kept):
        folder.mkdir()
    Home.make(site.home, simulation=True).close()
    with (site.home / "kiosk.toml").open("a") as settings:
        settings.write(f'[heads]\nfolders = ["{site.usb}"]\n')
    assert run_kiosk("apply", write_batch(site.batch, *ANNS_UNIT_LINES), "--home", site.home).status == 0
    for day in (19, 20, 21):
        site.tap(f"2026-11-{day}T08:58")
        site.tap(f"2026-11-{day}T12:01")
        assert site.run("reconcile").status == 0
    site.tap("2026-11-22T08:58")
    shutil.copy(site.usb / "keys.txt", site.kept / "keys.txt")
    return site.home.parent


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Site:
    """The site as it was left, in the one place that its settings name."""
    shutil.copytree(built, tmp_path / "site")
    site = Site(tmp_path / "site")
    settings = site.home / "kiosk.toml"
    settings.write_text(settings.read_text().replace(str(built), str(tmp_path / "site")))
    return site


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
        assert "the log extends each\n1 events came after the newest" in ended.out
    answer = json.loads(site.run("verify", "--heads", kept, "--format", "json").out)
    assert (answer["ok"], answer["heads"], answer["events_since_heads"]) == (True, 1, 1)


# --- What is found ---


def tamper(site: Site, statement: str) -> None:
    """A log made again from the first event on, and nothing left in the home that knows better."""
    with open_unguarded(site.home / "log.db") as tool:
        tool.execute(statement)
        chain_again(tool)
    forget(site)


def forget(site: Site) -> None:
    for name in ("log.head", "proved.json", "reports", "heads", "head.key"):
        path = site.home / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


EDIT = """UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '11-19T', '11-18T') AS BLOB)
WHERE topic LIKE 'attendance%' AND position < 9"""


def test_a_log_that_was_made_again_is_found_by_a_head_kept_elsewhere(site: Site) -> None:
    kept = site.keep()
    tamper(site, EDIT)
    ended = site.run("verify", "--heads", kept)
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "the log does not extend the head in" in ended.err


def test_the_night_itself_looks_at_the_heads_elsewhere_and_signs_nothing_else(site: Site) -> None:
    tamper(site, EDIT)
    site.run("tap", CARD, "--at", "2026-11-22T12:00")
    before = site.list_heads(site.usb)
    ended = site.run("reconcile")
    assert ended.status == 1
    assert f"does not extend the head in {site.usb}" in ended.err
    assert site.list_heads(site.usb) == before
    assert not run_check(site.home, "heads").ok


def test_a_log_whose_end_was_cut_off_is_found(site: Site) -> None:
    kept = site.keep()
    with open_unguarded(site.home / "log.db") as tool:
        cut_off_with_its_count(tool, 9)
    forget(site)
    assert "it ends at position 9 and had reached" in site.run("verify", "--heads", kept).err


@pytest.fixture
def other(tmp_path: Path) -> Site:
    """Another home, with a head of its own."""
    site = Site(tmp_path / "other")
    Home.make(site.home, simulation=True).close()
    assert site.run("reconcile").status == 0
    return site


def test_a_head_of_another_log_is_none_of_this_one(site: Site, other: Site) -> None:
    ended = site.run("verify", "--heads", other.home / "heads")
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "it is another log" in ended.err


def forge(site: Site, key: SigningKey, old: str, new: str, file: str = "forged.txt") -> Path:
    """The last head with another text, signed."""
    head = parse_proved_head(site.list_heads(site.usb)[-1].read_text())
    text = head.note.text.replace(old, new)
    name = head.checkpoint.name
    note = head.note._replace(text=text, lines=[sign_text(key, name, text)])
    (site.kept / file).write_text(note.format())
    return site.kept / file


def test_a_head_of_the_future_of_a_fork_and_of_another_tree(site: Site) -> None:
    key = SigningKey.load(site.home / "head.key")
    position = parse_proved_head(site.keep().read_text()).checkpoint.head.position
    reached = f"\n{position}\n"
    future = site.run("verify", "--heads", forge(site, key, reached, f"\n{position + 9}\n"))
    fork = site.run("verify", "--heads", forge(site, key, reached, f"\n{position - 1}\n"))
    root = parse_proved_head(site.keep().read_text()).note.text.split("\n")[2]
    tree = site.run("verify", "--heads", forge(site, key, root, f"{'A' * 43}="))
    assert f"it ends at position {position + 1} and had reached {position + 9}" in future.err
    assert f"its event {position - 1} is not the one" in fork.err
    assert f"names another tree than that of the events up to {position}" in tree.err
    assert [ended.status for ended in (future, fork, tree)] == [1, 1, 1]


def test_a_head_that_another_key_signed_or_nobody_is_found(site: Site, tmp_path: Path) -> None:
    stranger = SigningKey.create(tmp_path / "stranger.key")
    by = ("--signed-by", site.kept / "keys.txt")
    forged = forge(site, stranger, "", "")
    assert site.run("verify", "--heads", forged).status == 0
    ended = site.run("verify", "--heads", forged, *by)
    assert (ended.status, "is not signed by a key of" in ended.err) == (1, True)
    ended = site.run("verify", "--head", "{}:{}".format(*write(read_head(site.home))), *by)
    assert (ended.status, "--head 1 is not signed by a key of" in ended.err) == (1, True)


def write(head: tuple[int, bytes]) -> tuple[int, str]:
    return head[0], head[1].hex()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("kiosk/not-a-log\n1\n", "is no signed head"),
        ("old 1\n\nkiosk/x\n1\nAAAA\n\n", "is no signed head"),
        ("kiosk/\udcff", "is no signed head"),
        ("old " + "9" * 70_000, "is larger than"),
    ],
)
def test_what_is_no_signed_head_is_said_and_nothing_is_compared(site: Site, content: str, why: str) -> None:
    file = site.kept / "bad.txt"
    file.write_text(content, errors="surrogateescape")
    for heads in (file, site.kept):
        if heads == site.kept:
            (site.kept / "head.txt").unlink(missing_ok=True)
        ended = site.run("verify", "--heads", heads)
        assert (ended.status, ended.err.count("\n"), why in ended.err) == (2, 1, True), ended


@pytest.mark.parametrize("content", ["", "kiosk/x+00000000+AAAA\n", "\udcff", "# none\n"])
def test_a_file_without_a_key_is_refused(site: Site, content: str) -> None:
    keys = site.kept / "bad-keys.txt"
    keys.write_text(content, errors="surrogateescape")
    ended = site.run("verify", "--heads", site.usb, "--signed-by", keys)
    assert (ended.status, ended.err.count("\n"), "holds no key" in ended.err) == (2, 1, True)


def test_a_folder_without_a_head_and_one_that_is_not_there(site: Site, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no signed head" in site.run("verify", "--heads", tmp_path / "empty").err
    assert site.run("verify", "--heads", tmp_path / "nowhere").status == 2
    assert "cannot be read" in site.run("verify", "--heads", site.usb, "--signed-by", tmp_path / "nowhere").err


# --- What keeps a night from signing ---


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


# --- Proofs ---


def test_an_event_is_proved_by_the_last_signed_head_and_a_later_one_by_the_head_of_now(site: Site) -> None:
    head = site.list_heads(site.usb)[-1].read_text()
    proof = site.run("prove", "6")
    assert proof.status == 0
    assert proof.out.startswith("c2sp.org/tlog-proof@v1\nextra ")
    assert "\nindex 5\n" in proof.out
    assert proof.out.endswith(head.partition("\n\n")[2])
    latest = site.run("prove", str(read_head(site.home)[0]))
    assert (latest.status, "—" in latest.out) == (0, False)


def test_a_log_proves_that_it_extends_an_older_head(site: Site) -> None:
    first, *_, last = site.list_heads(site.usb)
    proved = parse_proved_head(site.run("prove", "--from", first).out)
    assert proved.extends(parse_proved_head(first.read_text()).checkpoint)
    now = parse_proved_head(site.run("prove", "--from", site.usb).out)
    assert now.extends(parse_proved_head(last.read_text()).checkpoint)
    assert now.note.lines == ()
    typed = "{}:{}".format(*write(parse_proved_head(first.read_text()).checkpoint.head))
    assert parse_proved_head(site.run("prove", "--from", typed).out) == proved


def test_what_cannot_be_proved_is_said(site: Site, other: Site) -> None:
    end, chain = write(read_head(site.home))
    refused = {
        ("prove",): "name the number of an event",
        ("prove", "3", "--from", str(site.usb)): "name the number of an event",
        ("prove", str(end + 1)): f"no event {end + 1}: it ends at {end}",
        ("prove", "--from", chain): "a proof needs its position too",
        ("prove", "--from", str(other.home / "heads")): "it is another log",
        ("prove", "--from", f"{end + 1}:{chain}"): "it ends at position",
        ("prove", "--from", f"{end - 1}:{chain}"): "is not the one",
    }
    for words, why in refused.items():
        ended = site.run(*words)
        assert (ended.out, ended.err.count("\n"), why in ended.err) == ("", 1, True), ended
        assert ended.status in (1, 2)


def test_nothing_is_proved_of_a_log_that_is_not_whole_or_is_another_than_was_signed(site: Site) -> None:
    with open_unguarded(site.home / "log.db") as tool:
        tool.execute(EDIT)
    assert "does not fit the chain" in site.run("prove", "6").err
    with open_unguarded(site.home / "log.db") as tool:
        chain_again(tool)
    (site.home / "log.head").unlink()
    ended = site.run("prove", "6")
    assert (ended.status, "names another tree" in ended.err) == (1, True)


# --- The code after a tap ---


def test_a_code_from_the_screen_of_the_entrance_is_a_head(site: Site) -> None:
    end, chain = read_head(site.home)
    code = compute_code(chain)
    for written in (f"#{end}:{code}", f"{end}:{code.lower().replace('-', '')}"):
        assert site.run("verify", "--head", written).out.endswith("heads 1: the log extends each\n")
    for written, why in ((f"{end + 1}:{code}", "it ends at position"), (f"{end - 1}:{code}", "is not the one")):
        ended = site.run("verify", "--head", written)
        assert (ended.status, why in ended.err) == (1, True)
    assert site.run("verify", "--head", code).status == 2
    tamper(site, EDIT)
    assert site.run("verify", "--head", f"{end}:{code}").status == 1
