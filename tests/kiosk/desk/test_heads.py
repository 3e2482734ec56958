"""The page of heads says which were signed, where each is kept, and whether the log extends it."""

import os
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import pytest

from kiosk.backups.heads.head_notes import COSIGNED, format_name
from kiosk.backups.heads.signed_heads import sign_head
from kiosk.desk.audit.head_source import HeadSource, ShownHead
from kiosk.desk.home_access import HomeReader
from kiosk.home import Home
from tests.support.kiosk_program import ANNS_UNIT_LINES, run_kiosk, write_batch

WRITTEN = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home whose heads go to two folders."""
    Home.make(tmp_path / "home", simulation=True).close()
    with (tmp_path / "home" / "kiosk.toml").open("a") as settings:
        settings.write('[heads]\nfolders = ["../share", "../disk"]\n')
    batch = write_batch(tmp_path / "unit.jsonl", *ANNS_UNIT_LINES)
    assert run_kiosk("apply", batch, "--home", tmp_path / "home").err == ""
    with Home.open(tmp_path / "home") as opened:
        yield opened


def sign(home: Home) -> Path:
    """The file of a head that was signed."""
    return home.path / "heads" / format_name(sign_head(home).checkpoint)


def list_shown(home: Home) -> list[ShownHead]:
    return HeadSource(HomeReader(home)).list_heads()


def test_each_place_says_when_a_head_came_there_or_that_it_did_not(home: Home) -> None:
    file, share = sign(home), home.path.parent / "share"
    cosigned = share / f"{COSIGNED}annex"
    share.mkdir()
    copyfile(file, share / file.name)
    look = ("--state", share.with_name("annex"), "--name", "annex", "--trust", file.parent / "keys.txt")
    assert run_kiosk("witness", *look, share).status == 0
    for folder in (share, cosigned):
        os.utime(folder / file.name, (WRITTEN.timestamp(), WRITTEN.timestamp()))

    (shown,) = list_shown(home)
    places = [(Path(copy.place).name, copy.at, copy.is_witness) for copy in shown.copies]
    assert places == [("share", WRITTEN, False), ("disk", None, False), ("annex", WRITTEN, True)]

    copyfile(file, cosigned / file.name)
    (shown,) = list_shown(home)
    assert [Path(copy.place).name for copy in shown.copies] == ["share", "disk"]


def test_a_copy_has_the_same_head_under_the_name_of_now_or_of_an_earlier_version(home: Home) -> None:
    file, share = sign(home), home.path.parent / "share"
    share.mkdir()
    earlier = share / f"{file.name[:8]}{file.name[32:]}"
    for content, is_there in ((file.read_bytes(), True), (b"", False)):
        earlier.write_bytes(content)
        (shown,) = list_shown(home)
        assert [bool(copy.at) for copy in shown.copies] == [is_there, False]


def test_a_head_that_the_log_does_not_extend_is_marked(home: Home) -> None:
    file = sign(home)
    assert [one.is_extended for one in list_shown(home)] == [True]
    other = b64encode(bytes(32)).decode()
    lines = [f"chain {other}" if line.startswith("chain ") else line for line in file.read_text().split("\n")]
    file.write_text("\n".join(lines))

    assert [one.is_extended for one in list_shown(home)] == [False]


def test_a_file_without_a_signature_beside_them_is_no_signed_head(home: Home) -> None:
    file = sign(home)
    text = file.read_text()
    (file.parent / "asked.txt").write_text(text.partition("— ")[0])
    (shown,) = list_shown(home)
    assert shown.signed_at == datetime.fromtimestamp(file.stat().st_mtime, home.zone)
