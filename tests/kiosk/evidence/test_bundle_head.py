"""The signed head in a bundle of evidence: the last one of a night, with the lines of witnesses that signed by then."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from domain.log.checkpoint import ProvedHead, parse_proved_head
from domain.log.proofs import find_roots
from domain.log.signed_note import COSIGNATURE, NoteKey, SignedNote, cosign_text, sign_text
from domain.log.signing import SigningKey
from kiosk.backups.heads.head_notes import add_key
from kiosk.backups.heads.signed_heads import load_key
from kiosk.home import Home
from tests.kiosk.evidence.conftest import THEN, check, make, read

BY_THEN, BEHIND_IT = datetime.fromisoformat(f"{THEN}:00+08:00"), datetime.fromisoformat(f"{THEN}:01+08:00")


def read_night(home: Path) -> ProvedHead:
    (file,) = (home / "heads").glob("*-*.txt")
    return parse_proved_head(file.read_text())


@pytest.mark.parametrize("signer", ["nobody", "a stranger", "the home, over another tree"])
def test_a_head_that_is_none_of_the_log_is_not_taken_in_place_of_the_one_of_a_night(
    copied: Path, archive: Path, tmp_path: Path, signer: str
) -> None:
    """It goes one event further, and has the chain of the log there."""
    night, is_own = read_night(copied).checkpoint, signer.startswith("the home")
    with Home.open(copied) as opened:
        position = night.head.position + 1
        head = night.head._replace(position=position, chain=opened.log.chain_at(position))
        root = night.root if is_own else find_roots(opened.log, [position])[position]
        key = load_key(opened) if is_own else SigningKey.create(tmp_path / "stranger.key")
    text = night._replace(head=head, root=root).format()
    lines = [] if signer == "nobody" else [sign_text(key, night.name, text)]
    planted = copied / "heads" / "planted.txt"
    planted.write_text(SignedNote(text, lines).format())
    os.utime(planted, (0, 0))  # it was there by then
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def cosign(home: Path, name: str, at: datetime, *, keeps_key: bool = True) -> NoteKey:
    """What a witness leaves beside the heads."""
    night, beside = read_night(home), home / "heads" / f"cosigned-{name}"
    secret = SigningKey.create(home.with_name(f"{name}.key"))
    key = NoteKey(f"witness/{name}", secret.public, COSIGNATURE)
    line = cosign_text(secret, key.name, night.note.text, at)
    beside.mkdir()
    (beside / "head.txt").write_text(night._replace(note=night.note.add(line)).format())
    if keeps_key:
        add_key(beside, key)
    return key


def test_every_witness_that_had_signed_by_then_stands_under_it(copied: Path, tmp_path: Path) -> None:
    keys = [cosign(copied, name, BY_THEN) for name in ("south", "annex")]
    late, unknown = cosign(copied, "late", BEHIND_IT), cosign(copied, "unknown", BY_THEN, keeps_key=False)
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    head = parse_proved_head(read(tmp_path / "again.zip", "head.txt"))
    assert [line.name for line in head.note.lines] == [head.checkpoint.name, "witness/annex", "witness/south"]
    assert [key.has_signed(head.note) for key in (*keys, late, unknown)] == [True, True, False, False]
    assert check(tmp_path / "again.zip")[0] == 0
