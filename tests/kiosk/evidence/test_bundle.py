"""A bundle of evidence, checked with the bundle alone: what is in it, and that a changed byte is named."""

import json
import re
import shlex
import shutil
import subprocess
import venv
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.clock import MachineClock
from kiosk.backups.folder import list_backups
from kiosk.backups.heads.signed_heads import sign_head
from kiosk.evidence import verify_bundle
from kiosk.home import Home
from kiosk.text.short_codes import compute_code
from tests.kiosk.conftest import read_head
from tests.kiosk.evidence.conftest import BEHIND_IT, THEN, check, make, run_verifier, write_manifest
from tests.support.fixed_clock import FixedClock
from tests.support.kiosk_program import run_kiosk, write_batch


@pytest.mark.parametrize("page", ["README.md", "README.zh-TW.md"])
def test_who_has_only_the_bundle_does_what_its_page_says_as_it_stands_there(
    archive: Path, tmp_path: Path, page: str
) -> None:
    """In a new virtual environment without any package, by a shell that knows the commands of the page alone."""
    clean, bundle = tmp_path / "clean", tmp_path / "bundle"
    venv.create(clean, symlinks=True, with_pip=False)
    with ZipFile(archive) as opened:
        opened.extractall(bundle)
    shutil.copy(bundle / "head.txt", tmp_path / "kept-head.txt")
    shutil.copy(archive, bundle.with_name("came.zip"))
    text = (bundle / page).read_text()
    commands = re.findall(r"^    (python3 .*)$", text, re.MULTILINE)
    inline = [re.sub(r"\S+\.zip", "../came.zip", one) for one in re.findall(r"`(python3 \S+ \S+\.zip)`", text)]
    assert (len(commands), len(inline)) == (2, 1)
    for command in (*commands, *inline):
        ended = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=bundle,
            env={"PATH": f"{clean}/bin:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.startswith("fits  code ")


def test_it_is_made_once_the_second_is_over_as_of_which_it_is_made(tmp_path: Path) -> None:
    """What is recorded from then on comes later, so that the same instant has the same events."""
    home = tmp_path / "home"
    Home.make(home, simulation=False).close()
    batch = write_batch(tmp_path / "unit", {"do": "open_unit", "name": "戶政事務所", "kind": "public"})
    assert run_kiosk("apply", batch, "--home", home).status == 0
    period = ("--from", "2020-01-01", "--to", "2099-12-31", "--home", home)
    made = run_kiosk("bundle", "--output", tmp_path / "first.zip", *period)
    ended = MachineClock().now()
    (as_of,) = re.findall(r"as of (\S+);", made.err)
    assert ended >= datetime.fromisoformat(as_of) + timedelta(seconds=1)
    assert run_kiosk("tap", "04000000000009", "--home", home).status == 1
    assert run_kiosk("bundle", "--output", tmp_path / "again.zip", "--as-of", as_of, *period).status == 0
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "first.zip").read_bytes()


def test_the_same_instant_makes_the_same_bytes_and_the_code_says_so(
    home: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = make(home, tmp_path / "second.zip", "--as-of", THEN)
    assert (tmp_path / "second.zip").read_bytes() == archive.read_bytes()
    code = again.err.strip().rpartition(" ")[2]
    for typed in (code, code.lower().replace("-", ""), code.replace("-", " ")):
        assert check(archive, "--code", typed) == (0, f"fits  code {code}, 16 files\n")
    status, said = check(archive, "--code", "AAAA-AAAA-AAAA")
    assert (status, f"manifest.json: the code is {code}, not AAAA-AAAA-AAAA" in said) == (1, True)
    for cut in ("", code[:-1], f"{code}A"):
        status, said = check(archive, "--code", cut)
        assert (status, "a code has 12 characters, like 7K3M-Q2WX-9HTB" in said) == (2, True)
    monkeypatch.chdir(tmp_path)
    with ZipFile(archive) as opened:
        pages = [opened.read(name).decode() for name in ("README.md", "README.zh-TW.md")]
    for page in pages:
        (command,) = re.findall(r"`kiosk (bundle [^`]+)`", page)
        assert run_kiosk(*shlex.split(command), "--home", home).status == 0
        written = Path(shlex.split(command)[-1])
        assert written.read_bytes() == archive.read_bytes()
        written.unlink()


def test_in_another_language_and_with_later_heads_the_bytes_are_the_same(
    home: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another language, and when a witness has co-signed, and the last event been signed, since."""
    shutil.copytree(home, tmp_path / "home")
    heads = tmp_path / "home" / "heads"
    witness = ("--state", tmp_path / "annex", "--trust", heads / "keys.txt")
    assert run_kiosk("witness", *witness, heads).status == 0
    with Home.open(tmp_path / "home") as opened:
        opened.use_clock(FixedClock(BEHIND_IT))
        sign_head(opened)
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    said = make(tmp_path / "home", tmp_path / "again.zip", "--as-of", THEN)
    assert "查驗碼" in said.err
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_it_is_made_from_a_backup_as_well_which_stays_as_it_was(home: Path, tmp_path: Path) -> None:
    assert run_kiosk("backup", tmp_path / "usb", "--home", home).status == 0
    (backup,) = list_backups(tmp_path / "usb")
    before = {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()}
    assert make(backup, tmp_path / "of-a-backup.zip").status == 0
    assert check(tmp_path / "of-a-backup.zip")[0] == 0
    assert {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()} == before


def test_what_is_in_it(folder: Path) -> None:
    read = {file.name: file.read_text() for file in folder.iterdir()}
    assert "V001,2026-11,戶政,180,1" in read["hours.csv"]
    assert "V002,2026-11-19,2026-11-19T09:10:00+08:00,2026-11-19T11:00:00+08:00,closed" in read["visits.csv"]
    assert "08:58-09:00 unscheduled; 12:00-12:01:20 unscheduled" in read["visits.csv"]
    assert "L.,the guard saw Ben leave at eleven" in read["corrections.csv"]
    assert read["policies.csv"].count("\n") == 3
    assert "V001,2026-11-19,S9,leave,周〇惠" in read["absences.csv"]
    assert '"{""duties"":3,""minutes"":180}",null,180,' in read["policies.csv"]
    events = [json.loads(text) for text in read["events.jsonl"].splitlines()]
    positions = [event["position"] for event in events]
    assert positions == list(range(positions[0], positions[-1] + 1))
    assert "unit.policy-adopted" in [event["topic"] for event in json.loads(read["proofs.json"])["earlier"]]
    assert "# 清水戶政事務所 2026-11-19 至 2026-11-20 的證據" in read["README.zh-TW.md"]


def test_no_file_of_it_has_the_full_name_of_who_excused_an_absence(folder: Path) -> None:
    """Authors stand by masked name, in each table (R-110)."""
    assert [file.name for file in folder.iterdir() if "周淑惠" in file.read_text()] == []


def test_every_byte_that_is_changed_is_found_and_named(folder: Path) -> None:
    """One in each file, in its middle, and one in each fortieth of the manifest."""
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        steps = 40 if file.name == "manifest.json" else 2
        for at in {len(content) * step // steps for step in range(1, steps)} if file.name != "verify_bundle.py" else ():
            file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            status, said = check(folder)
            assert (status, re.search(f"WRONG  .*{file.name}", said) is not None) == (1, True), (file, at, said)
        file.write_bytes(content)
    assert check(folder)[0] == 0


@pytest.mark.parametrize("name", ["events.jsonl", "proofs.json", "head.txt", "keys.txt"])
def test_a_change_is_found_also_where_the_manifest_was_made_again(folder: Path, name: str) -> None:
    """By chain, tree and signature: the events themselves."""
    changed = (folder / name).read_text().replace("2026-11-19T00:58", "2026-11-19T00:48").replace("AA", "AB")
    if name in ("proofs.json", "keys.txt"):
        changed = re.sub(r"[0-9a-f]{8}(?=[0-9a-f]*\")|(?<=\+A)\w", lambda found: found[0][::-1].swapcase(), changed)
    assert changed != (folder / name).read_text() or name == "head.txt"
    if name == "head.txt":
        changed = re.sub(r"chain \w", lambda found: f"chain {'B' if found[0][-1] == 'A' else 'A'}", changed)
    (folder / name).write_text(changed)
    write_manifest(folder)
    status, said = check(folder)
    assert (status, "WRONG" in said, "was changed" in said, "manifest" in said) == (1, True, False, False), said


@pytest.mark.parametrize("name", ["manifest.json", "events.jsonl", "proofs.json", "head.txt", "keys.txt"])
@pytest.mark.parametrize("text", ["", "{}", "[[1]]", "x" * 90, "\xe9", "[" * 100_000], ids=range(6))
def test_a_file_with_another_form_is_named_without_a_word_of_python(folder: Path, name: str, text: str) -> None:
    (folder / name).write_bytes(text.encode("latin-1"))
    status, said = check(folder)
    assert (status, re.search(f"WRONG  .*{name}", said) is not None) == (1, True), said
    assert re.findall(r"Error|Expecting|Traceback", said) == []


def test_a_head_that_was_kept_elsewhere_is_compared(home: Path, folder: Path, tmp_path: Path) -> None:
    events = verify_bundle.Events({name: (folder / name).read_bytes() for name in ("events.jsonl", "proofs.json")})
    assert list(events.check()) == []
    code = compute_code(events.chain)
    for good in (f"{events.size}:{events.chain.hex()}", f"{events.size}:{code}", f"#{events.size}:{code.lower()}"):
        assert check(folder, good)[0] == 0
    for head, why in (
        (f"{events.size}:{'0' * 64}", "does not extend it"),
        (f"{events.size - 1}:{code}", "does not extend it"),
    ):
        status, said = check(folder, head)
        assert (status, why in said) == (1, True), said
    other = tmp_path / "other.txt"
    renamed = re.sub("kiosk/[0-9a-f]{8}", "kiosk/00000000", (folder / "head.txt").read_text())
    other.write_text(renamed)
    assert check(folder, other)[0] == 0, "a log that was restored has another name, and the chain that it had"
    other.write_text(re.sub("chain ....", "chain AAAA", renamed))
    assert "a head of another log" in check(folder, other)[1]
    for word in ("12", f"{events.size}:{code}A", events.chain.hex(), folder / "keys.txt", "", folder):
        status, said = check(folder, word)
        assert (status, "a head is 403:05133f95... (64 digits) or 403:7K3M-Q2WX-9HTB" in said) == (2, True), said
    other.write_bytes(b"\xef\xbb\xbf" + (folder / "head.txt").read_bytes().replace(b"\n", b"\r\n"))
    assert check(folder, other)[0] == 0
    assert (check(folder, tmp_path / "nowhere")[0], check(tmp_path / "nowhere.zip")[1]) == (
        2,
        f"cannot be read: {tmp_path}/nowhere.zip: No such file or directory\n",
    )
    assert read_head(home)[0] == events.size


def test_bundle_code_and_heads_may_be_typed_in_any_order(archive: Path, folder: Path) -> None:
    """As in the first line of the verifier; an option that there is not is refused, wherever it stands."""
    code, head = check(archive)[1].split()[2].rstrip(","), str(folder / "head.txt")
    words = [[str(archive)], ["--code", code], [head], [head]]
    for order in ([0, 1, 2, 3], [0, 2, 1, 3], [0, 2, 3, 1], [1, 0, 2, 3]):
        typed = [word for at in order for word in words[at]]
        assert run_verifier(lambda typed=typed: verify_bundle.main(typed)) == check(archive)
    for at in range(3):
        typed = [*words[0], *words[1], *words[2]]
        typed.insert(at, "--heads")
        with pytest.raises(SystemExit) as refused:
            run_verifier(lambda typed=typed: verify_bundle.main(typed))
        assert refused.value.code == 2


def test_a_head_from_before_or_after_the_events_is_not_compared(folder: Path) -> None:
    """It says nothing against the bundle; but who names no other head has compared none."""
    events = verify_bundle.Events({name: (folder / name).read_bytes() for name in ("events.jsonl", "proofs.json")})
    assert list(events.check()) == []
    early, late = f"{events.before - 1}:{'0' * 64}", f"{events.size + 1}:{events.chain.hex()}"
    first, last = (f"{position}:{events.chains[position].hex()}" for position in (events.before, events.size))
    for outside in (early, late):
        status, said = check(folder, outside)
        assert (status, said.count("NOT COMPARED"), "WRONG" in said) == (2, 1, False)
        assert "fits in itself, compared with no head  code " in said
        for inside in (first, last):
            status, said = check(folder, outside, inside)
            assert (status, said.count("NOT COMPARED"), "\nfits  code " in said) == (0, 1, True)
    status, said = check(folder, early, f"{events.size}:{'0' * 64}")
    assert (status, said.count("NOT COMPARED"), said.count("WRONG")) == (1, 1, 1)


def test_what_stands_before_the_events_has_the_tree_of_a_head_there(folder: Path) -> None:
    events = verify_bundle.Events({name: (folder / name).read_bytes() for name in ("events.jsonl", "proofs.json")})
    head = ("", events.before, events.roots[events.before], events.chains[events.before])
    assert list(events.check_head(head, "kept")) == []
    assert list(events.check_head((*head[:2], bytes(32), head[3]), "kept")) != []


def test_what_is_missing_or_was_added_is_named(folder: Path) -> None:
    (folder / "hours.csv").unlink()
    (folder / "more.csv").write_text("1")
    status, said = check(folder)
    assert (status, "hours.csv is missing" in said, "more.csv is no file of the bundle" in said) == (1, True, True)
    (folder / "events.jsonl").unlink()
    assert check(folder)[0] == 2
    (folder / "manifest.json").write_text("{")
    assert check(folder)[0] == 2
    (folder / "manifest.json").write_text("[" * 100_000)
    assert check(folder)[0] == 2
    assert check(folder / "README.md")[0] == 2


def test_an_erased_person_is_a_pseudonym_and_the_bundle_still_fits(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    assert run_kiosk("erase", "V002", "--basis", "request", "--yes", "--home", tmp_path / "home").status == 0
    assert make(tmp_path / "home", tmp_path / "after.zip").status == 0
    assert check(tmp_path / "after.zip")[0] == 0
    with ZipFile(tmp_path / "after.zip") as opened:
        read = {name: opened.read(name) for name in opened.namelist()}
    assert b"V002" not in b"".join(read.values())
    assert b"the guard saw" not in b"".join(read.values())
    assert b"erased-" in read["visits.csv"]
    assert b",erased" in read["corrections.csv"]


def test_a_period_may_have_begun_on_the_last_day_and_not_after_it(home: Path, tmp_path: Path) -> None:
    """A year that is mistyped would be answered with a bundle of nothing."""
    assert make(home, tmp_path / "last.zip", days=("2026-11-22", "2027-01-31")).status == 0
    assert check(tmp_path / "last.zip")[0] == 0
    for days, options in (
        (("2026-11-23", "2027-01-31"), ()),
        (("2026-11-22", "2026-11-22"), ("--as-of", "2026-11-21")),
    ):
        ended = make(home, tmp_path / "x.zip", *options, days=days)
        assert (ended.status, f"{days[0]} begins after 2026-11-2" in ended.err) == (2, True), ended


def test_what_is_asked_wrongly_is_refused(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    for words, why in (
        (("--from", "2026-11-20", "--to", "2026-11-19"), "2026-11-20"),
        (("--from", "2026-11-20"), "--from and --to"),
        (("2026", "--from", "2026-11-19", "--to", "2026-11-20"), "--from and --to"),
        (("--from", "2026-11-19", "--to", "2026-11-20", "--by", "lin"), "--from and --to"),
        ((), "--from and --to"),
        (("--from", "2026-13-19", "--to", "2026-11-20"), "2026-13-19"),
    ):
        ended = run_kiosk("bundle", *words, "--output", file, "--home", home)
        assert (ended.status, why in ended.err, file.exists()) == (2, True, False), ended
