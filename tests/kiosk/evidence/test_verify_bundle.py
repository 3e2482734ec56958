"""The verifier of a bundle, handled clumsily: damaged files, old versions of Python, streams that are closed."""

import ast
import io
import json
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec
import pytest

from kiosk.evidence import verify_bundle
from tests.kiosk.evidence.conftest import check, write_manifest
from tests.support.sources import ROOT


def test_a_damaged_zip_file_is_refused_with_a_sentence(archive: Path, tmp_path: Path) -> None:
    """One bit in every fortieth of it, and in every byte behind its files; also in a date that nobody looks at."""
    whole, file = archive.read_bytes(), tmp_path / "came.zip"
    with ZipFile(archive) as opened:
        behind = opened.start_dir
    for at in {*range(0, len(whole), len(whole) // 40), *range(behind, len(whole)), *range(30)}:
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        status, said = check(file)
        assert (status, said.startswith("cannot be read: ")) == (2, True), (at, said)
    file.write_bytes(whole[: len(whole) // 2])
    assert check(file)[0] == 2


class Zip:
    """The parts of the ZIP file of a bundle: records, the directory behind them, and its end with where that begins."""

    def __init__(self, archive: Path) -> None:
        whole = archive.read_bytes()
        with ZipFile(archive) as opened:
            rows, begin, self.forged = opened.infolist(), opened.start_dir, opened.read("hours.csv") + b"V009,,,1,1\r\n"
        self.records, self.directory, self.end = whole[:begin], whole[begin:-22], whole[-22:]
        self.count, self.last = len(rows), rows[-1].header_offset

    def build(self, *, before: bytes = b"", between: bytes = b"", listed: bytes = b"", comment: bytes = b"") -> bytes:
        """With more in some places, and an end that fits it."""
        directory, at = self.directory + listed, len(before + self.records + between)
        count = self.count + bool(listed)
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), at, len(comment))
        return before + self.records + between + directory + end + comment

    def pack_forged(self) -> tuple[bytes, bytes]:
        """The record and the row of a second hours.csv, the row for where it stands behind the records."""
        with io.BytesIO() as file:
            with ZipFile(file, "w") as other:
                other.writestr(ZipInfo("hours.csv"), self.forged, ZIP_DEFLATED)
            whole, begin = file.getvalue(), other.start_dir
        row = bytearray(whole[begin:-22])
        struct.pack_into("<L", row, 42, len(self.records))
        return whole[:begin], bytes(row)


def forge_local_name(parts: Zip) -> bytes:
    return parts.build().replace(b"hours.csv", b"cases.csv", 1)


def forge_more_in_a_header(parts: Zip) -> bytes:
    """The length of more behind the name of the last file; the directory says none, and the end says where it is."""
    header = parts.last + 28
    records = parts.records
    name = struct.unpack_from("<H", records, header - 2)[0]
    more = header + 2 + name
    parts.records = records[:header] + b"\4\0" + records[header + 2 : more] + b"PK\0\0" + records[more:]
    return parts.build()


def forge_more_behind_a_file(parts: Zip) -> bytes:
    """Counted as bytes of the last file, behind the end of what was packed."""
    hidden, _ = parts.pack_forged()
    size = struct.unpack_from("<L", parts.records, parts.last + 18)[0] + len(hidden)
    records, directory = bytearray(parts.records), bytearray(parts.directory)
    struct.pack_into("<L", records, parts.last + 18, size)
    struct.pack_into("<L", directory, directory.rindex(b"PK\1\2") + 20, size)
    parts.records, parts.directory = bytes(records) + hidden, bytes(directory)
    return parts.build()


SHOWN_FROM_ZIP: dict[str, Callable[[Zip], bytes]] = {
    "a second file that the directory does not list": lambda parts: parts.build(between=parts.pack_forged()[0]),
    "a second file that it lists": lambda parts: parts.build(
        between=parts.pack_forged()[0], listed=parts.pack_forged()[1]
    ),
    "a second file before the first": lambda parts: parts.build(before=parts.pack_forged()[0]),
    "a row of the directory alone": lambda parts: parts.build(listed=parts.pack_forged()[1]),
    "something behind the end": lambda parts: parts.build() + parts.pack_forged()[0],
    "a second whole ZIP file behind the end": lambda parts: parts.build() * 2,
    "a remark": lambda parts: parts.build(comment=b"hours.csv is void"),
    "another name before a file": forge_local_name,
    "more behind a name": forge_more_in_a_header,
    "more behind a packed file": forge_more_behind_a_file,
}


@pytest.mark.parametrize("kind", SHOWN_FROM_ZIP)
def test_a_zip_file_of_which_programs_may_show_different_files_is_refused(
    archive: Path, tmp_path: Path, kind: str
) -> None:
    """Some read the files from its beginning on, others the directory at its end."""
    assert Zip(archive).build() == archive.read_bytes()
    forged = tmp_path / "forged.zip"
    forged.write_bytes(SHOWN_FROM_ZIP[kind](Zip(archive)))
    status, said = check(forged)
    assert (status, said.startswith("cannot be read: ")) == (2, True), said
    assert re.search("programs may show other files of it: unpack it, and check the folder|it is damaged$", said), said


def test_of_what_a_person_packed_anew_the_folder_is_checked(archive: Path, folder: Path, tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    status, said = check(tmp_path / "packed.zip")
    assert (status, "unpack it, and check the folder" in said) == (2, True), said
    assert check(folder)[1] == check(archive)[1]


def test_what_a_computer_adds_to_a_folder_that_is_looked_at_is_no_change_of_the_bundle(folder: Path) -> None:
    for name in (".DS_Store", "._hours.csv", "Thumbs.db", "desktop.ini"):
        (folder / name).write_text("1")
    assert check(folder)[0] == 0
    (folder / ".hours.csv").write_text("1")
    assert check(folder)[0] == 1


def test_a_console_that_lacks_a_character_shows_its_number(folder: Path) -> None:
    (folder / "附件.csv").write_text("1")
    command, environment = [sys.executable, "verify_bundle.py"], {"PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "WRONG  \\u9644\\u4ef6.csv is no file of the bundle" in ended.stdout


def test_where_the_answer_cannot_be_written_is_no_wrong_bundle(folder: Path) -> None:
    """Status 1 would say so."""
    command = [sys.executable, "verify_bundle.py"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr.count("\n"), "No space left" in ended.stderr) == (2, 1, True)
    closed = subprocess.run(["/bin/sh", "-c", f"{' '.join(command)} >&-"], cwd=folder, capture_output=True, check=False)
    assert (closed.returncode, closed.stderr) == (0, b"")


@pytest.mark.parametrize("file", ["kiosk/evidence/verify_bundle.py", "docs/verify_log.py"])
def test_a_verifier_runs_on_old_versions_of_python(file: str) -> None:
    """Without syntax and methods that 3.7 lacks: by these a whole bundle was called a changed one."""
    text = (ROOT / file).read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))
    assert re.findall(r"removeprefix|removesuffix|math\.prod|cached_property", text) == []


def test_the_signature_is_that_of_the_published_test_vector() -> None:
    """RFC 8032, 7.1, test 2."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify_bundle.is_signed(public, b"\x72", signature)
    assert not verify_bundle.is_signed(public, b"\x73", signature)
    assert not verify_bundle.is_signed(public, b"\x72", signature[:-1] + b"\x01")
    assert not verify_bundle.is_signed(bytes([255]) * 32, b"\x72", signature)


def test_a_manifest_that_says_the_same_in_another_form_was_changed(folder: Path) -> None:
    """Else a byte of it could be another one, and only the code would say so."""
    manifest = folder / "manifest.json"
    written = manifest.read_bytes()
    same = [
        written.replace(b"\n", b" "),
        written.replace(b"\n", b"\r\n"),
        written[:-1],
        written.replace(b"h", rb"\u0068"),
    ]
    digest = re.findall(rb' "hours.csv": .*\n', written)[0]
    for changed in (*same, written.replace(digest, digest * 2), b'{\n "files": [\n  1\n ]\n}\n'):
        manifest.write_bytes(changed)
        status, said = check(folder)
        assert (status, said.splitlines()[0]) == (1, "WRONG  manifest.json has another form than that of a bundle")


@pytest.mark.parametrize(("name", "value"), [("before", -1), ("before", 1e999), ("roots_before", []), ("earlier", [1])])
def test_proofs_that_no_program_makes_are_named(folder: Path, name: str, value: object) -> None:
    proofs = json.loads((folder / "proofs.json").read_text())
    (folder / "proofs.json").write_text(json.dumps({**proofs, name: value}, indent=1) + "\n")
    assert_form_is_wrong(folder / "proofs.json")


SHOWN_OTHERWISE = {
    "a second state before the true one": ('"state":', '"state":"{}","state":'),
    "a state in another form beside it": ('"state":', '"state_base64":"e30=","state":'),
    "a remark": ('"state":', '"remark":"this event is void","state":'),
    "an escape": ('"topic":"a', '"topic":"\\u0061'),
    "a space": ('"state":', '"state": '),
    "a number of another kind": ('"version":1,', '"version":true,'),
}
"""What a line shows or says otherwise, while its leaf stays the same."""


@pytest.mark.parametrize("kind", SHOWN_OTHERWISE)
def test_an_event_in_another_form_than_that_of_a_bundle_is_wrong_though_its_leaf_is_proved(
    folder: Path, kind: str
) -> None:
    """Who reads the line would take it for another event; programs differ in which of two keys they show."""
    was, forged = SHOWN_OTHERWISE[kind]
    assert_exchange_is_wrong(folder / "events.jsonl", was, forged)


@pytest.mark.parametrize(
    ("was", "forged"),
    [
        ('"state": "', '"state": "{}",\n   "state": "'),
        ('"proof": [', '"remark": "this event is void",\n   "proof": ['),
        ('"before": ', '"remark": "void",\n "before": '),
        ("chain ", "the second chain "),
        ('"chain_before": "', '"chain_before": " '),
    ],
)
def test_proofs_in_another_form_than_that_of_a_bundle_are_wrong(folder: Path, was: str, forged: str) -> None:
    assert_exchange_is_wrong(folder / "proofs.json", was, forged)


@pytest.mark.parametrize("before", ["old 0\nthis head is void\n\n", "\n"])
def test_a_head_of_a_bundle_has_nothing_before_its_text(folder: Path, before: str) -> None:
    head = (folder / "head.txt").read_text()
    (folder / "head.txt").write_text(before + head)
    assert_form_is_wrong(folder / "head.txt")


def assert_exchange_is_wrong(file: Path, was: str, forged: str) -> None:
    """With another text in its place once, a file is wrong, though the manifest was made again."""
    text = file.read_text()
    assert was in text
    file.write_text(text.replace(was, forged, 1))
    assert_form_is_wrong(file)


def assert_form_is_wrong(file: Path) -> None:
    """A file of a bundle is wrong, though the manifest was made again."""
    write_manifest(file.parent)
    status, said = check(file.parent)
    assert (status, said.splitlines()[0]) == (1, f"WRONG  {file.name} has another form than that of a bundle")


def test_a_manifest_with_a_remark_was_changed(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({"remark": "void", **manifest}, indent=1) + "\n")
    assert check(folder)[0] == 1


def test_a_state_that_is_no_text_stands_as_base64_and_one_that_is_does_not() -> None:
    row = {"position": 1, "stream": "s", "version": 1, "topic": "t"}
    for event in ({**row, "state_base64": "/w=="}, {**row, "state": '{"名": "\x7f\x1f"}'}):
        line = msgspec.json.encode(event) + b"\n"
        assert verify_bundle.read_line(line)[0] == 1
    with pytest.raises(ValueError, match="e30="):
        verify_bundle.read_line(msgspec.json.encode({**row, "state_base64": "e30="}) + b"\n")


@pytest.mark.parametrize("kind", ["changed", "shortened", "lengthened", "removed", "renamed", "copied"])
def test_by_itself_it_names_each_file_that_is_not_as_it_was(folder: Path, kind: str) -> None:
    """Of Python it has the standard library alone."""
    for file in sorted(folder.iterdir()):
        content, other = file.read_bytes(), file.with_name(f"old-{file.name}")
        file.unlink()
        if kind in ("renamed", "copied"):
            other.write_bytes(content)
        if kind not in ("removed", "renamed"):
            ends = {"changed": content[-1:].swapcase(), "shortened": b"", "lengthened": content[-1:] * 2}
            start = content[:-2] + b"#" if kind == "changed" else content[:-1]
            file.write_bytes(start + ends.get(kind, content[-1:]))
        command = [sys.executable, "-I", verify_bundle.__file__, str(folder)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        named = other.name if kind == "copied" else file.name
        assert (ended.returncode in (1, 2), "Traceback" in ended.stderr) == (True, False), ended
        assert re.search(rf"(WRONG|cannot be read:)  ?.*\b{re.escape(named)}", ended.stdout + ended.stderr), ended
        file.write_bytes(content)
        other.unlink(missing_ok=True)


def test_of_a_damaged_zip_file_the_file_in_it_is_named(archive: Path, tmp_path: Path) -> None:
    whole, came = archive.read_bytes(), tmp_path / "came.zip"
    with ZipFile(archive) as opened:
        behind = opened.getinfo("hours.csv").header_offset + 30 + len("hours.csv")
    came.write_bytes(whole[: behind + 3] + bytes([whole[behind + 3] ^ 255]) + whole[behind + 4 :])
    assert check(came) == (2, f"cannot be read: hours.csv in {came}: it is damaged\n")
