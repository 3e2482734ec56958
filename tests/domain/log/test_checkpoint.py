"""Checkpoints in the forms of C2SP: they come back as they were written, and a changed byte is found."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from domain.log.chain import Head
from domain.log.checkpoint import Checkpoint, parse_checkpoint, parse_proved_head
from domain.log.errors import ChainBroken
from domain.log.event_log import EventLog
from domain.log.proofs import build_checkpoint, find_roots, prove_event, prove_head
from domain.log.signed_note import COSIGNATURE, NoteKey, SignedNote, cosign_text, parse_key, parse_note, sign_text
from domain.log.signing import SigningKey
from tests.support.tampering import open_unguarded
from tests.support.toy_aggregates import NINE, Visit, id_for

NAME = "kiosk/00000000-0000-0000-0000-000000000001"
TEXT = f"{NAME}\n403\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nchain {'A' * 43}=\n"
SIGNED_AT = datetime(2026, 11, 19, 20, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return SigningKey.create(tmp_path_factory.mktemp("key") / "head.key")


def refuses(parse: Callable[[str], object], written: str) -> bool:
    try:
        parse(written)
    except ValueError:
        return True
    return False


def test_a_checkpoint_is_its_three_lines_and_the_chain() -> None:
    checkpoint = Checkpoint(UUID(int=1), Head(403, bytes(32)), bytes(range(32)))
    assert checkpoint.format() == TEXT
    assert parse_checkpoint(TEXT) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT.removesuffix("\n"),
        TEXT.replace("403", "0403"),
        TEXT.replace("403", "-1"),
        TEXT.replace("403", "４０３"),
        TEXT.replace("403", "9" * 40),
        TEXT.replace("AAEC", "AAE"),
        TEXT.replace("chain ", ""),
        TEXT.replace("00000001", "0000000g"),
        f"{TEXT}more\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    assert refuses(parse_checkpoint, text)


def test_a_note_comes_back_with_every_line_and_each_key_finds_its_own(key: SigningKey, tmp_path: Path) -> None:
    witness = SigningKey.create(tmp_path / "witness.key")
    note = SignedNote(TEXT).add(sign_text(key, NAME, TEXT)).add(cosign_text(witness, "witness/a", TEXT, SIGNED_AT))
    assert parse_note(note.format()) == note
    signed, cosigned = NoteKey(NAME, key.public), NoteKey("witness/a", witness.public, COSIGNATURE)
    assert signed.has_signed(note)
    assert cosigned.find_instant(note) == SIGNED_AT
    assert signed.find_instant(note) is None
    for other in (
        NoteKey(NAME, witness.public),
        NoteKey("kiosk/other", key.public),
        NoteKey("witness/a", witness.public),
        NoteKey("witness/a", key.public, COSIGNATURE),
    ):
        assert not other.has_signed(note)
        assert parse_key(other.format()) == other


def test_another_instant_another_text_and_a_short_signature_are_not_signed(key: SigningKey) -> None:
    witness, line = NoteKey("w", key.public, COSIGNATURE), cosign_text(key, "w", TEXT, SIGNED_AT)
    later = line._replace(signature=bytes([*line.signature[:7], line.signature[7] ^ 1, *line.signature[8:]]))
    for changed in (
        SignedNote(TEXT.replace("403", "404"), [line]),
        SignedNote(TEXT, [later]),
        SignedNote(TEXT, [line._replace(signature=b"x")]),
        SignedNote(TEXT, [line._replace(signature=b"\xff" * 72)]),
    ):
        assert not witness.has_signed(changed)
        assert witness.find_instant(changed) is None


@pytest.mark.parametrize("written", ["", TEXT, f"{TEXT}\n- {NAME} AAAA", f"{TEXT}\n— x y", f"{TEXT}\n— {NAME} AAAA\n"])
def test_what_is_no_note_is_refused(written: str) -> None:
    assert refuses(parse_note, written)


def test_a_key_with_another_name_or_digit_is_refused(key: SigningKey) -> None:
    line = NoteKey(NAME, key.public).format()
    for other in (line.replace("kiosk/", "kiosk:"), line[:-1], "", line.replace("+", " "), line.replace("+A", "+B", 1)):
        assert refuses(parse_key, other)


# --- Of a log --------------------------------------------------------------------------------


def write_eleven(log: EventLog) -> EventLog:
    visit = Visit(guest=id_for("Ann"), at=NINE)
    for number in range(10):
        visit.sign(str(number))
    log.append(visit)
    return log


def head_at(log: EventLog, position: int) -> Head:
    return Head(position, log.chain_at(position))


def test_each_state_of_a_log_is_proved_to_extend_each_before_it(stored_log: EventLog) -> None:
    log = write_eleven(stored_log)
    checkpoints = {position: build_checkpoint(log, head_at(log, position)) for position in range(1, 12)}
    assert find_roots(log, checkpoints) == {position: one.root for position, one in checkpoints.items()}
    for old, older in checkpoints.items():
        for position in range(old, 12):
            proved = prove_head(log, head_at(log, position), old)
            assert proved.checkpoint == checkpoints[position]
            assert proved.extends(older)
            assert not proved.extends(older._replace(root=bytes(32)))
            assert parse_proved_head(proved.format()) == proved
    assert not prove_head(log, head_at(log, 5), 4).extends(checkpoints[4]._replace(log_id=UUID(int=1)))


def test_each_event_is_proved_to_stand_in_the_log_and_a_changed_one_is_not(log: EventLog) -> None:
    write_eleven(log)
    for position in range(1, 12):
        proved = prove_event(log, position, log.head())
        assert proved.is_proved
        assert proved.format().startswith("c2sp.org/tlog-proof@v1\nextra ")
        assert not proved._replace(data=proved.data + b" ").is_proved
        assert not proved._replace(position=position % 11 + 1).is_proved


def test_nothing_is_proved_of_a_log_that_is_not_whole(log: EventLog, path: Path) -> None:
    head = write_eleven(log).head()
    with open_unguarded(path) as tool:
        tool.execute("UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE position = 4")
    with pytest.raises(ChainBroken) as broken:
        build_checkpoint(log, head)
    assert broken.value.position == 4


def test_nothing_is_proved_beyond_the_end_of_a_log(log: EventLog) -> None:
    write_eleven(log)
    with pytest.raises(ChainBroken) as broken:
        build_checkpoint(log, Head(12, bytes(32)))
    assert broken.value.position == 12
