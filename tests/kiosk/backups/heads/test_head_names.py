"""A file of a head has a name that no other log shares; those under earlier names are found as before."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from domain.log.chain import Head
from domain.log.checkpoint import Checkpoint, ProvedHead, name_log
from domain.log.signed_note import NoteKey, SignedNote, sign_text
from domain.log.signing import SigningKey
from kiosk.backups.heads.head_copies import copy_into, find_copy
from kiosk.backups.heads.head_notes import format_name, list_keys, list_names, read_note_file
from kiosk.backups.heads.witness import Witness
from kiosk.words.heads import SignedHeadText
from tests.kiosk.backups.heads.conftest import Office
from tests.kiosk.status.conftest import run_check
from tests.support.kiosk_program import run_kiosk

LOG = UUID("aaaaaaaa-0000-4000-8000-000000000001")
ALIKE = UUID("aaaaaaaa-0000-4000-8000-000000000002")
NOW = datetime(2026, 11, 29, tzinfo=UTC)


class Signer:
    """Signs whatever is wanted, for any log."""

    def __init__(self, folder: Path) -> None:
        self.key = SigningKey.create(folder / "head.key")
        self.keys = [NoteKey(name_log(log), self.key.public) for log in (LOG, ALIKE)]

    def sign(self, log: UUID, position: int, content: str = "events") -> ProvedHead:
        digest = sha256(content.encode()).digest()
        checkpoint = Checkpoint(log, Head(position, digest), digest)
        line = sign_text(self.key, checkpoint.name, checkpoint.format())
        return ProvedHead(0, [], SignedNote(checkpoint.format(), (line,)))


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer(tmp_path)


def write(file: Path, proved: ProvedHead) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(proved.format())
    return file


# --- Two logs whose ids begin alike ---


def test_a_witness_keeps_what_it_co_signed_of_a_log_whatever_another_log_is_called(
    signer: Signer, tmp_path: Path
) -> None:
    witness = Witness(tmp_path / "annex", "annex")
    witness.trust(signer.keys)
    first, fork = signer.sign(LOG, 403), signer.sign(LOG, 403, "other events")
    for number, proved in enumerate((first, signer.sign(ALIKE, 403))):
        file = write(tmp_path / str(number) / "head.txt", proved)
        assert list(witness.cosign([file.parent], NOW)) == []

    assert witness.find_last(LOG) == first.checkpoint
    (said,) = witness.cosign([write(tmp_path / "fork" / "head.txt", fork)], NOW)
    assert "the log went another way" in said


def test_two_logs_that_share_a_folder_have_a_file_each(signer: Signer, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    heads = [signer.sign(LOG, 403), signer.sign(ALIKE, 403)]
    for proved in heads:
        assert list(copy_into(tmp_path / "share", [proved], signer.keys, SignedHeadText.NOT_COPIED)) == []
    for proved in heads:
        assert find_copy(tmp_path / "share", proved, signer.keys) == tmp_path / "share" / format_name(proved.checkpoint)


def test_the_head_of_another_log_under_the_earlier_name_is_no_copy_and_stays(signer: Signer, tmp_path: Path) -> None:
    """An earlier version of the program wrote it there, and left the second log out in silence."""
    proved = signer.sign(LOG, 403)
    _, earlier = list_names(proved.checkpoint)
    file = write(tmp_path / "share" / earlier, signer.sign(ALIKE, 403))
    before = file.read_bytes()
    assert list(copy_into(tmp_path / "share", [proved], signer.keys, SignedHeadText.NOT_COPIED)) == []
    assert find_copy(tmp_path / "share", proved, signer.keys) == tmp_path / "share" / format_name(proved.checkpoint)
    assert file.read_bytes() == before


# --- A copy is a file that holds the head ---


@pytest.mark.parametrize("content", [b"", b"old 0", b"\xff\xfe", bytes(2**17)])
def test_a_file_that_holds_no_head_is_no_copy_and_is_written_again(
    signer: Signer, tmp_path: Path, content: bytes
) -> None:
    proved, folder = signer.sign(LOG, 403), tmp_path / "share"
    file = write(folder / format_name(proved.checkpoint), proved)
    file.write_bytes(content)
    assert list(copy_into(folder, [proved], signer.keys, SignedHeadText.NOT_COPIED)) == []
    assert read_note_file(file) == proved


def test_another_head_is_not_written_over_and_keeps_no_other_out(signer: Signer, tmp_path: Path) -> None:
    proved, later, folder = signer.sign(LOG, 403), signer.sign(LOG, 404), tmp_path / "share"
    file = write(folder / format_name(proved.checkpoint), signer.sign(LOG, 403, "other events"))
    before = file.read_bytes()
    (said,) = copy_into(folder, [proved, later], signer.keys, SignedHeadText.NOT_COPIED)
    assert f"{file} is a folder, or holds another head" in said
    assert file.read_bytes() == before
    assert find_copy(folder, later, signer.keys)
    assert list_keys(folder) == signer.keys


def test_a_copy_that_became_empty_is_written_again_by_the_next_night(office: Office) -> None:
    first = office.list_heads()[0]
    before = first.read_bytes()
    first.write_bytes(b"")
    office.sign()
    assert first.read_bytes() == before


# --- The names of earlier versions ---


def rename_as_earlier(office: Office) -> list[Path]:
    """All heads of home, share and witness."""
    folders = (office.home / "heads", office.share, office.annex / "heads", office.cosigned)
    files = [file for folder in folders for file in folder.glob("*.txt") if file.name != "keys.txt"]
    return [file.rename(file.with_name(list_names(read_note_file(file).checkpoint)[1])) for file in files]


def test_heads_under_earlier_names_are_found_and_go_on_without_a_second_copy(office: Office) -> None:
    earlier = rename_as_earlier(office)
    assert len(earlier) == 8
    office.sign()
    assert (office.look().status, office.read_position(), len(office.list_cosigned())) == (0, 7, 2)
    office.sign("2026-11-19T12:01")
    ended = office.look()
    assert (ended.status, ended.err, office.read_position()) == (0, "", 8)
    for folder in (office.home / "heads", office.share, office.annex / "heads", office.cosigned):
        assert len([file for file in folder.glob("*.txt") if file.name != "keys.txt"]) == 3
    assert all(file.exists() for file in earlier)
    assert run_check(office.home, "signed_heads").detail.startswith("signed up to position 8; also in")
    assert run_kiosk("verify", "--heads", office.share, "--home", office.home).status == 0


def test_heads_under_earlier_names_are_copied_to_a_folder_that_was_away(office: Office) -> None:
    rename_as_earlier(office)
    for file in office.list_heads():
        file.unlink()
    office.sign()
    assert [read_note_file(file).checkpoint.head.position for file in office.list_heads()] == [6, 7]
