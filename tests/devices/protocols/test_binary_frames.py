"""Frames of bytes: what real readers sent, byte by byte, and what they say about a card."""

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.faults import CardFault, Fault
from devices.protocols import aa_bb, pn532, sl025m, sm130, yhy523u
from devices.protocols.blocks import BlockDecoder
from devices.protocols.decoder import BadFrame
from devices.protocols.dialogue import CardFrameDecoder
from tests.support.decoder_checks import NOISE, SILENCE, assert_decodes, decode_pieces, simplify_output

FRAMES: list[tuple[str, Callable[[], BlockDecoder], str, str]] = [
    ("a PN532 is told to work without security module", pn532.build_frame_decoder, "0000FF03FDD414011700", "D41401"),
    ("and has done so", pn532.build_frame_decoder, "0000FF02FED5151600", "D515"),
    ("a PN532 is asked for its firmware", pn532.build_frame_decoder, "0000FF02FED4022A00", "D402"),
    ("a PN532 is asked for a card", pn532.build_frame_decoder, "0000FF04FCD44A0100E100", "D44A0100"),
    ("a PN532 has understood", pn532.build_frame_decoder, "0000FF00FF00", "00FF"),
    ("a PN532 is asked again", pn532.build_frame_decoder, "0000FFFF0000", "FF00"),
    ("a PN532 knows no such command", pn532.build_frame_decoder, "0000FF01FF7F8100", "7F"),
    (
        "an SL025M tells its firmware",
        sl025m.build_frame_decoder,
        "BD0CF000534C3032352D312E3269",
        "F000534C3032352D312E32",
    ),
    ("an SL025M sees no card", sl025m.build_frame_decoder, "BD030101BE", "0101"),
    ("an SM130 is reset", sm130.build_frame_decoder, "FF00018081", "80"),
    ("an SM130 is told to seek", sm130.build_frame_decoder, "FF00018283", "82"),
    ("and is seeking", sm130.build_frame_decoder, "FF0002824CD0", "824C"),
    ("an SM130 sees no card", sm130.build_frame_decoder, "FF0002834ED3", "834E"),
    ("a YHY523U beeps", yhy523u.build_frame_decoder, "AABB0600FFFF06016463", "060164"),
    ("a YHY523U is asked for cards", yhy523u.build_frame_decoder, "AABB0600FFFF01025251", "010252"),
    ("a YHY523U is asked for a UID", yhy523u.build_frame_decoder, "AABB0600FFFF02020404", "020204"),
    ("a JT308 is asked which card is there", aa_bb.build_frame_decoder, "AA000325260000BB", "252600"),
    ("a JT308 sees no card", aa_bb.build_frame_decoder, "AA0002018380BB", "0183"),
    ("a JT308 tells its version", aa_bb.build_frame_decoder, "AA000400004944 09BB", "00004944"),
]
"""As published by owners and makers of readers, or computed from their documents."""

CARDS: list[tuple[Callable[[], CardFrameDecoder], str, str | None]] = [
    (pn532.DIALECT.build_card_decoder, "0000FF0CF4D54B01010004080426DEFAE7E900", "26DEFAE7"),
    (pn532.DIALECT.build_card_decoder, "0000FF0FF1D54B01010044000704A035B2BC2B80A100", "04A035B2BC2B80"),
    (pn532.DIALECT.build_card_decoder, "0000FF0FF1D54B01010044000704416D412B0289EA00", "04416D412B0289"),
    (pn532.DIALECT.build_card_decoder, "0000FF03FDD54B00E000", None),
    (pn532.DIALECT.build_card_decoder, "0000FF02FED5151600", None),
    (sl025m.DIALECT.build_card_decoder, "BD08010026DEFAE70150", "26DEFAE7"),
    (sl025m.DIALECT.build_card_decoder, "BD0B010004416D412B0289037D", "04416D412B0289"),
    (sl025m.DIALECT.build_card_decoder, "BD030101BE", None),
    (sl025m.DIALECT.build_card_decoder, "BD0CF000534C3032352D312E3269", None),
    (sm130.DIALECT.build_card_decoder, "FF0006820226DEFAE76F", "26DEFAE7"),
    (sm130.DIALECT.build_card_decoder, "FF0006830226DEFAE770", "26DEFAE7"),
    (sm130.DIALECT.build_card_decoder, "FF0002834ED3", None),
    (sm130.DIALECT.build_card_decoder, "FF0002824CD0", None),
    (yhy523u.DIALECT.build_card_decoder, "AABB0A00000002020026AA00FACEB8", "26AAFACE"),
    (aa_bb.DIALECT.build_card_decoder, "AA00060000160FF47F94BB", "160FF47F"),
    (aa_bb.DIALECT.build_card_decoder, "AA0009000004C0BA3A8E3A8079BB", "04C0BA3A8E3A80"),
    (aa_bb.DIALECT.build_card_decoder, "AA0002018380BB", None),
    (aa_bb.DIALECT.build_card_decoder, "AA00040000494409BB", None),
]

UIDS = st.sampled_from([4, 7, 10]).flatmap(lambda size: st.binary(min_size=size, max_size=size))


@pytest.mark.parametrize(("meaning", "frames", "sent", "body"), FRAMES)
def test_a_frame_carries_its_body(meaning: str, frames: Callable[[], BlockDecoder], sent: str, body: str) -> None:
    assert_decodes(frames, bytes.fromhex(sent), [bytes.fromhex(body)])


@pytest.mark.parametrize(("cards", "sent", "uid"), CARDS)
def test_a_card_is_what_its_reader_reports(cards: Callable[[], CardFrameDecoder], sent: str, uid: str | None) -> None:
    assert_decodes(cards, bytes.fromhex(sent), [bytes.fromhex(uid)] if uid else [], silence=True)


@pytest.mark.parametrize(("cards", "sent", "uid"), CARDS)
def test_a_report_with_any_bit_changed_is_no_other_card(
    cards: Callable[[], CardFrameDecoder], sent: str, uid: str | None
) -> None:
    whole = bytes.fromhex(sent)
    for place in range(8 * len(whole)):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        found = {simplify_output(reading) for reading in decode_pieces(cards(), [bytes(flipped), SILENCE])}
        assert found <= ({NOISE, bytes.fromhex(uid)} if uid else {NOISE})


@pytest.mark.parametrize(("cards", "sent", "uid"), [one for one in CARDS if one[2]])
def test_a_report_that_is_cut_short_does_not_spoil_the_next(
    cards: Callable[[], CardFrameDecoder], sent: str, uid: str
) -> None:
    whole = bytes.fromhex(sent)
    for end in range(1, len(whole)):
        touching = [simplify_output(reading) for reading in decode_pieces(cards(), [whole[:end] + whole, SILENCE])]
        assert set(touching) <= {NOISE, bytes.fromhex(uid)}
        apart = [simplify_output(reading) for reading in decode_pieces(cards(), [whole[:end], SILENCE, whole])]
        assert apart[-1] == bytes.fromhex(uid)


@pytest.mark.parametrize(("cards", "sent", "uid"), [one for one in CARDS if one[2]])
def test_a_long_beginning_made_of_noise_gives_the_report_back_at_the_next_silence(
    cards: Callable[[], CardFrameDecoder], sent: str, uid: str
) -> None:
    for beginning in ("00FFF010", "BD30", "FF0030", "AABB3000", "AA0030"):
        found = [
            simplify_output(reading) for reading in decode_pieces(cards(), [bytes.fromhex(beginning + sent), SILENCE])
        ]
        assert bytes.fromhex(uid) in found


@given(UIDS)
def test_every_uid_is_read_from_the_frame_that_a_reader_would_send(uid: bytes) -> None:
    size = len(uid)
    assert_decodes(
        pn532.DIALECT.build_card_decoder, pn532.encode(bytes.fromhex("D54B0101000408") + bytes([size]) + uid), [uid]
    )
    assert_decodes(
        sl025m.DIALECT.build_card_decoder, sl025m.encode(sl025m.FROM_READER, b"\x01\x00" + uid + b"\x01"), [uid]
    )
    assert_decodes(sm130.DIALECT.build_card_decoder, sm130.encode(b"\x83\x02" + uid), [uid])
    assert_decodes(yhy523u.DIALECT.build_card_decoder, yhy523u.encode(b"\x02\x02\x00" + uid), [uid])
    assert_decodes(aa_bb.DIALECT.build_card_decoder, aa_bb.encode(b"\x00\x00" + uid), [uid])


# --- PN532 ---


def test_the_end_of_a_frame_and_noise_look_like_a_nack_which_says_nothing_about_a_card() -> None:
    card = pn532.encode(bytes.fromhex("D54B0101000408 04 26DEFAE7"))
    stream = card + bytes.fromhex("FFFF00") + card
    assert_decodes(pn532.build_frame_decoder, stream, [card[5:-2], pn532.NACK, card[5:-2]])
    assert_decodes(pn532.DIALECT.build_card_decoder, stream, [bytes.fromhex("26DEFAE7")] * 2)


def test_what_follows_the_uid_of_a_pn532_is_not_part_of_it() -> None:
    """A card that speaks ISO 14443-4 is listed with its ATS."""
    body = bytes.fromhex("D54B0101034420 07 04416D412B0289 067577810280")
    assert_decodes(pn532.DIALECT.build_card_decoder, pn532.encode(body), [bytes.fromhex("04416D412B0289")])


@pytest.mark.parametrize(
    "body", ["D54B01", "D54B010100040800", "D54B010100040804", "D54B01010004080726DEFAE7", "D54B810100040804A6DEFAE7"]
)
def test_an_answer_without_one_whole_uid_is_noise(body: str) -> None:
    assert_decodes(pn532.DIALECT.build_card_decoder, pn532.encode(bytes.fromhex(body)), [NOISE])


@pytest.mark.parametrize("stream", ["0000FF0CF3D54B", "0000FF0000", "0000FFFFFF010004"])
def test_a_length_that_its_checksum_does_not_fit_is_noise(stream: str) -> None:
    assert NOISE in map(simplify_output, decode_pieces(pn532.build_frame_decoder(), [bytes.fromhex(stream)]))


def test_the_longest_frame_is_read_and_no_more_is_kept_than_it_needs() -> None:
    body = b"\xd5" + bytes(range(254))
    assert_decodes(pn532.build_frame_decoder, pn532.encode(body), [body])
    decoder = pn532.build_frame_decoder()
    decode_pieces(decoder, [b"\x00\xff\xfe\x02" + b"\x55" * 200] * 50)
    assert len(decoder._buffer) <= pn532.LONGEST


# --- The others ---


@pytest.mark.parametrize(("status", "code"), [(0x0A, CardFault.SEVERAL_CARDS), (0x04, CardFault.NOT_READ)])
def test_a_selection_that_failed_says_why(status: int, code: CardFault) -> None:
    (bad,) = sl025m.DIALECT.build_card_decoder().feed(sl025m.encode(sl025m.FROM_READER, bytes([0x01, status])))
    assert isinstance(bad, BadFrame)
    assert bad.fault == Fault(code)


def test_a_report_cut_in_half_and_sent_again_is_not_a_card_though_its_xor_fits() -> None:
    """BD 08 01 00 26, twice: every byte cancels itself. The type 00 gives it away."""
    stream = bytes.fromhex("BD08010026 BD08010026DEFAE70150")
    assert_decodes(sl025m.DIALECT.build_card_decoder, stream, [NOISE], silence=True)


def test_two_cards_on_a_jt308_are_told_apart_by_nobody() -> None:
    (bad,) = aa_bb.DIALECT.build_card_decoder().feed(aa_bb.encode(bytes.fromhex("0001160FF47F")))
    assert isinstance(bad, BadFrame)
    assert bad.fault == Fault(CardFault.SEVERAL_CARDS)


def test_a_telegram_without_its_last_byte_is_noise() -> None:
    assert_decodes(aa_bb.DIALECT.build_card_decoder, bytes.fromhex("AA00060000160FF47F94BC"), [NOISE], silence=True)


def test_a_stuffed_byte_is_taken_off_before_the_sum() -> None:
    """26 AA FA CE: the 00 behind AA is neither counted nor summed."""
    assert yhy523u.encode(bytes.fromhex("02020026AAFACE"), b"\0\0") == bytes.fromhex("AABB0A00000002020026AA00FACEB8")
    assert_decodes(
        yhy523u.DIALECT.build_card_decoder, bytes.fromhex("AABB0A00000002020026AAFACEB8"), [NOISE], silence=True
    )


def test_a_checksum_of_aa_is_read_stuffed_and_not() -> None:
    uid = bytes.fromhex("000000AA")
    plain = yhy523u.encode(b"\x02\x02\x00" + uid, b"\0\0")
    assert plain.endswith(b"\xaa")
    assert_decodes(yhy523u.DIALECT.build_card_decoder, plain + plain, [uid, uid])
    assert_decodes(yhy523u.DIALECT.build_card_decoder, plain + b"\0" + plain, [uid, uid])


def test_an_answer_that_reports_a_failure_is_believed_whatever_its_checksum() -> None:
    answer = bytearray(yhy523u.encode(b"\x01\x02\x14", b"\0\0"))
    answer[-1] ^= 0x55
    assert_decodes(yhy523u.build_frame_decoder, bytes(answer), [b"\x01\x02\x14"])


@pytest.mark.parametrize("family", [pn532, sl025m, sm130, yhy523u, aa_bb], ids=lambda family: family.__name__)
@pytest.mark.parametrize("beginning", ["00FFFE02", "BD30", "FF0030", "AABB3000", "AA0030", "AA"])
def test_a_beginning_that_never_ends_keeps_no_more_than_a_frame(family: ModuleType, beginning: str) -> None:
    decoder = family.build_frame_decoder()
    decode_pieces(decoder, [(bytes.fromhex(beginning) + b"\x11" * 4096) * 3, bytes.fromhex(beginning)])
    assert len(decoder._buffer) <= family.LONGEST
    decode_pieces(decoder, [SILENCE])
    assert len(decoder._buffer) == 0
