"""A signed head: one text, one key, and every other text or key is refused."""

import stat
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from domain.log.chain import Head
from domain.log.errors import CannotRead, CannotWrite, NotPrivate
from domain.log.signing import (
    SignedHead,
    SigningKey,
    format_greeting,
    format_head,
    format_note,
    is_head_signed,
    is_signed,
    parse_note,
)
from tests.support.full_disk import full_disk

LOG, OTHER = UUID(int=1), UUID(int=2)
HEAD = Head(403, bytes(range(32)))


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return SigningKey.create(tmp_path / "head.key")


def test_what_is_signed_is_a_checkpoint() -> None:
    assert format_head(LOG, HEAD).decode() == (
        "kiosk/00000000-0000-0000-0000-000000000001/chain\n403\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    )


def test_a_head_is_signed_for_its_log_its_position_and_its_chain(key: SigningKey, tmp_path: Path) -> None:
    signed = key.sign_head(LOG, HEAD)
    assert is_head_signed(key.public, signed)
    for other in (
        signed._replace(log_id=OTHER),
        signed._replace(head=Head(404, HEAD.chain)),
        signed._replace(head=Head(403, bytes(32))),
        signed._replace(signature=bytes(64)),
        signed._replace(signature=b""),
    ):
        assert not is_head_signed(key.public, other)
    assert not is_head_signed(SigningKey.create(tmp_path / "other.key").public, signed)
    assert not is_head_signed(b"too short", signed)


def test_a_key_comes_back_from_its_file_which_is_private(key: SigningKey, tmp_path: Path) -> None:
    file = tmp_path / "head.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert SigningKey.load(file).public == key.public
    with pytest.raises(CannotWrite):
        SigningKey.create(file)
    file.chmod(0o640)
    with pytest.raises(NotPrivate):
        SigningKey.load(file)


@pytest.mark.parametrize("text", [b"", b"no key", b"\xff\xfe"])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "head.key"
    file.write_bytes(text)
    file.chmod(0o600)
    with pytest.raises(CannotRead):
        SigningKey.load(file)
    with pytest.raises(CannotRead):
        SigningKey.load(tmp_path / "none.key")


def test_a_note_comes_back_and_is_refused_when_it_was_changed(key: SigningKey, tmp_path: Path) -> None:
    signed = key.sign_head(LOG, HEAD)
    note = format_note(signed, key.public)
    assert note.endswith("=\n")
    assert parse_note(note, key.public) == signed
    assert parse_note(f"{note}— witness.example AAAAAAAA\n", key.public) == signed
    for changed in (note.replace("403", "404"), note.replace("AAEC", "BAEC")):
        assert not is_head_signed(key.public, parse_note(changed, key.public))
    for unusable in ("", "kiosk/x/chain\n1\n\n", note.replace("403", "0403"), note.partition("\n\n")[0]):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
            parse_note(unusable, key.public)
    with pytest.raises(ValueError, match="kiosk"):
        parse_note(note, SigningKey.create(tmp_path / "other.key").public)


def test_another_program_verifies_the_signature(key: SigningKey, tmp_path: Path) -> None:
    """OpenSSL reads the same file and the same text."""
    signed = key.sign_head(LOG, HEAD)
    (tmp_path / "text").write_bytes(format_head(LOG, HEAD))
    (tmp_path / "signature").write_bytes(signed.signature)
    words = ["pkeyutl", "-verify", "-inkey", "head.key", "-rawin", "-in", "text", "-sigfile", "signature"]
    told = subprocess.run(["openssl", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.stdout == "Signature Verified Successfully\n"


def test_a_greeting_is_signed_for_this_one_time(key: SigningKey) -> None:
    held = Head(60, bytes(32))
    text = format_greeting(b"nonce", [LOG], held, HEAD)
    signature = key.sign(text)
    assert is_signed(key.public, text, signature)
    for other in (
        format_greeting(b"other", [LOG], held, HEAD),
        format_greeting(b"nonce", [LOG, OTHER], held, HEAD),
        format_greeting(b"nonce", [LOG], Head(61, bytes(32)), HEAD),
        format_greeting(b"nonce", [LOG], held, Head(404, HEAD.chain)),
        format_head(LOG, HEAD),
    ):
        assert not is_signed(key.public, other, signature)


def test_a_head_of_an_empty_log_is_signed_too(key: SigningKey) -> None:
    assert is_head_signed(key.public, SignedHead(*key.sign_head(LOG, Head(0, bytes(32)))))


def test_a_full_disk_leaves_no_part_of_a_key_that_would_stand_in_the_way_of_the_next(tmp_path: Path) -> None:
    file = tmp_path / "witness.key"
    with full_disk(), pytest.raises(CannotWrite):
        SigningKey.create(file)
    assert not file.exists()
    assert SigningKey.create(file).public == SigningKey.load(file).public
