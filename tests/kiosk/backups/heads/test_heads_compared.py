"""What signed heads find when they are kept elsewhere, and what a head that is not right says."""

import json
import shutil
from pathlib import Path

import pytest

from domain.log.checkpoint import parse_proved_head
from domain.log.signed_note import sign_text
from domain.log.signing import SigningKey
from kiosk.text.short_codes import compute_code
from tests.kiosk.backups.heads.conftest import CARD, EDIT, Site, write_head
from tests.kiosk.conftest import read_head
from tests.kiosk.status.conftest import run_check
from tests.support.tampering import chain_again, cut_off_with_its_count, open_unguarded


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


def test_a_log_that_was_made_again_is_found_by_a_head_kept_elsewhere(site: Site) -> None:
    kept = site.keep()
    tamper(site, EDIT)
    ended = site.run("verify", "--heads", kept)
    assert (ended.status, ended.err.count("\n")) == (1, 2)
    for head in (site.list_heads(site.usb)[0], kept):
        assert f"the log does not extend the head in {head}" in ended.err


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
    ended = site.run("verify", "--head", "{}:{}".format(*write_head(read_head(site.home))), *by)
    assert (ended.status, "--head 1 is not signed by a key of" in ended.err) == (1, True)


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


def test_what_cannot_be_read_among_heads_is_said_and_hides_no_other_result(site: Site, other: Site) -> None:
    """Heads of another log neither: each head that the log does not extend has its line."""
    kept = site.keep()
    (site.kept / "cut.txt").write_text(kept.read_text()[:150])
    (site.kept / "README.txt").write_text("Ask Ms Lin.\n")
    shutil.copy(site.kept / "keys.txt", site.kept / "keys-of-the-office.txt")
    ended = site.run("verify", "--heads", site.kept)
    assert (ended.status, ended.out.splitlines()[2]) == (2, "heads 1: the log extends each")
    left_out = [line.partition(".txt")[0].rpartition("/")[2] for line in ended.err.splitlines() if "left out" in line]
    assert (left_out, ended.err.count("\n")) == (["README", "keys-of-the-office"], 3)
    assert f"{site.kept / 'cut.txt'} is no signed head" in ended.err
    answer = json.loads(site.run("verify", "--heads", site.kept, "--format", "json").out)
    assert (answer["ok"], answer["heads"], len(answer["not_compared"])) == (True, 1, 3)
    assert site.run("prove", "--from", site.kept).out == site.run("prove", "--from", kept).out

    (site.kept / "cut.txt").unlink()
    assert site.run("verify", "--heads", site.kept).status == 0
    shutil.copy(site.list_heads(other.home / "heads")[0], site.kept / "000.txt")
    tamper(site, EDIT)
    ended = site.run("verify", "--heads", site.kept)
    assert (ended.status, ended.err.count("does not extend the head in")) == (1, 3)
    assert ended.err.index("000.txt: it is another log") < ended.err.index("head.txt: its event")


@pytest.mark.parametrize("name", ["HEAD.TXT", "head", "head.txt.eml", "head.md"])
def test_a_head_in_a_folder_is_compared_whatever_its_file_is_called(site: Site, name: str) -> None:
    """A disk of another system makes capitals of names, a mail program puts its own ending behind."""
    site.keep().rename(site.kept / name)
    ended = site.run("verify", "--heads", site.kept)
    assert (ended.status, ended.err, ended.out.splitlines()[2]) == (0, "", "heads 1: the log extends each")
    tamper(site, EDIT)
    ended = site.run("verify", "--heads", site.kept)
    assert (ended.status, f"does not extend the head in {site.kept / name}" in ended.err) == (1, True)


@pytest.mark.parametrize(
    ("files", "lines", "last"), [(10, 10, "009.jpg"), (11, 11, "1 more file"), (12, 11, "2 more files")]
)
def test_each_file_that_is_no_head_is_said_up_to_ten_and_a_folder_is_not(
    site: Site, files: int, lines: int, last: str
) -> None:
    site.keep()
    (site.kept / "photos").mkdir()
    (site.kept / "KEYS.TXT").write_bytes((site.kept / "keys.txt").read_bytes())
    for number in range(files):
        (site.kept / f"{number:03}.jpg").write_bytes(b"\xff\xd8")
    ended = site.run("verify", "--heads", site.kept)
    said = ended.err.splitlines()
    assert (ended.status, len(said), last in said[-1], "left out" in said[-1]) == (0, lines, True, True), ended


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n\n\n", " \r\n"])
def test_a_head_that_was_scanned_is_compared_however_its_file_ends(site: Site, end: str) -> None:
    """Without a signature; an editor drops the empty line at the end of a text, or adds one."""
    scanned = parse_proved_head(site.keep().read_text()).note._replace(lines=()).format()
    assert scanned.endswith("=\n\n")
    file = site.kept / "head.txt"
    file.write_text(scanned.rstrip("\n") + end, newline="")
    for heads in (file, site.kept):
        ended = site.run("verify", "--heads", heads)
        assert (ended.status, ended.err, "the log extends each" in ended.out) == (0, "", True)
    file.write_text(scanned.rstrip("\n")[:-1] + end, newline="")
    assert site.run("verify", "--heads", file).status == 2


def test_a_false_head_as_the_entrance_shows_it_is_objected_to_beside_a_right_one(site: Site) -> None:
    kept, right = site.kept / "codes.txt", json.loads(site.run("verify", "--format", "json").out)
    kept.write_text(f"# from the screen\n#{right['events']}:{compute_code(bytes.fromhex(right['head']))}\n")
    assert (site.run("verify", "--heads", kept).status, site.run("verify", "--heads", kept).err) == (0, "")
    with kept.open("a") as file:
        file.write("#2:7K3M-Q2WX-9HTB\n")
    ended = site.run("verify", "--heads", kept)
    assert (ended.status, f"{kept}:3" in ended.err) == (1, True)


def test_of_many_heads_that_a_log_does_not_extend_ten_are_said_and_the_others_counted(site: Site) -> None:
    (site.kept / "heads.txt").write_text("".join(f"{n}:{n:064}\n" for n in range(1, 12)))
    heads = ("verify", "--heads", site.kept / "heads.txt")
    ended = site.run(*heads)
    assert (ended.status, ended.err.count("\n")) == (1, 11)
    assert ended.err.endswith("kiosk: the log does not extend 1 more of these heads\n")
    assert len(json.loads(site.run(*heads, "--format", "json").out)["objections"]) == 11


def test_a_head_that_went_by_mail_or_through_an_editor_is_the_same_head(site: Site) -> None:
    """Another system ends lines otherwise, marks the beginning of a text, and adds an empty line at its end."""
    keys, (head, *_) = site.kept / "keys.txt", site.list_heads(site.usb)
    mailed = site.kept / "mailed.txt"
    for file, content in ((mailed, head.read_bytes() + b"\n\n"), (keys, keys.read_bytes())):
        file.write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    ended = site.run("verify", "--heads", mailed, "--signed-by", keys)
    assert (ended.status, ended.err) == (0, "")
    assert site.run("prove", "--from", mailed).out == site.run("prove", "--from", head).out
    mailed.write_bytes(mailed.read_bytes().replace(b"kiosk/", b"kiosk\r/"))
    assert "is no signed head" in site.run("verify", "--heads", mailed).err


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
    for keys in (tmp_path / "nowhere", site.usb):
        ended = site.run("verify", "--heads", site.usb, "--signed-by", keys)
        assert (ended.status, "name the file keys.txt that stood beside the heads" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (("verify", "--signed-by", "keys.txt"), 2, "name them with --heads or --head"),
        (("verify", "--document", ""), 1, "no document with the code"),
        (("replay", "--as-of", ""), 2, "--as-of is no instant"),
        (("prove", "--from", ""), 2, "--from is no head"),
        (("prove", "--from", "1:abc"), 2, "--from is no head: write 403:05133f95... with 64 digits"),
        (("prove", "--from", "#3:7K3M-Q2WX"), 2, "--from is no head"),
        (("prove", "--from", "ab" * 31), 2, "--from is no head"),
        (("prove", "--from", "nowhere.txt"), 2, "nowhere.txt cannot be read (No such file or directory)"),
        (("prove", "abc"), 2, "'abc' is not a valid integer."),
        (("prove", "0"), 2, "0 is not possible: write a number from 1 to 9223372036854775807"),
    ],
)
def test_what_was_asked_without_a_value_is_not_answered_as_if_all_were_well(
    site: Site, words: tuple[str, ...], status: int, why: str
) -> None:
    """A script whose variable is empty asks so."""
    ended = site.run(*(word.replace("keys.txt", str(site.kept / "keys.txt")) for word in words))
    assert (ended.status, why in ended.err) == (status, True), ended


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
