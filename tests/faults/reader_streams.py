"""What may come over the line of each family of readers: whole reports, damaged ones, noise, and silences.

Rule: a report counts as sent when it is whole and comes after a silence or after another whole report. What is read
out of the rest must stand there as a whole report, its checksum included; a decoder cannot know better, and how
often that happens is counted.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from devices.profiles.profile import CardDecoder
from devices.profiles.registry import find_profile
from devices.protocols import aa_bb, em4100, pn532, sl025m, sm130, yhy523u
from devices.protocols.checksums import Checksum
from devices.protocols.keyboard import DOWN, EVENT, KEY, PLAIN, SHIFTS, encode_press, encode_typing
from tests.devices.profiles.samples import SAMPLES

SeededRandom = random.Random
"""Seeded, so that every stream can be had again."""
ReportEncoder = Callable[[SeededRandom, bytes], bytes]
"""What a reader sends for the bytes of a card."""


@dataclass(frozen=True)
class ReportFormat:
    """One way to report cards."""

    name: str
    profile: str
    sizes: tuple[int, ...]
    """How many bytes a number may have."""
    encode_report: ReportEncoder
    contains_report: Callable[[bytes, bytes], bool]
    """Whether bytes hold a whole report of a number."""
    back_to_back: bool = True
    """Whether two reports may come without a silence between them."""
    keyboard: bool = False

    def decoder(self) -> CardDecoder:
        profile = find_profile(self.profile)
        return profile.build_keyboard_decoder() if self.keyboard else profile.build_decoder()


# --- Whether a whole report stands in some bytes, said once more and in another way ---


def _slices(data: bytes) -> Iterator[bytes]:
    return (data[start:end] for start in range(len(data)) for end in range(start + 6, min(start + 45, len(data)) + 1))


def _sum_bytes(data: bytes) -> int:
    return sum(data) % 256


def _has_zero_xor(data: bytes) -> bool:
    """Every bit is set in an even number of the bytes: their XOR is zero."""
    return all(sum(byte >> bit & 1 for byte in data) % 2 == 0 for bit in range(8))


def _is_pn532(s: bytes, uid: bytes) -> bool:
    said = s[:2] == b"\x00\xff" and s[4:7] == b"\xd5\x4b\x01" and s[12 : 12 + s[11]] == uid if len(s) > 12 else False
    return said and _sum_bytes(s[2:4]) == 0 and len(s) == s[2] + 5 and _sum_bytes(s[4:]) == 0


def _is_sl025m(s: bytes, uid: bytes) -> bool:
    return s[0] == 0xBD and s[2:4] == b"\x01\x00" and s[4:-2] == uid and s[1] == len(s) - 2 and _has_zero_xor(s)


def _is_sm130(s: bytes, uid: bytes) -> bool:
    return s[:2] == b"\xff\x00" and s[3] in (0x82, 0x83) and s[5:-1] == uid and _sum_bytes(s[2:-1]) == s[-1]


def _is_yhy523u(s: bytes, uid: bytes) -> bool:
    plain = s[4:-1].replace(b"\xaa\x00", b"\xaa") + s[-1:]
    return (
        s[:2] == b"\xaa\xbb"
        and plain[2:5] in (b"\x02\x02\0", b"\x12\x02\0")
        and plain[5:-1] == uid
        and _has_zero_xor(plain)
    )


def _is_aa_bb(s: bytes, uid: bytes) -> bool:
    return s[0] == 0xAA and s[-1] == 0xBB and s[3:5] == b"\0\0" and s[5:-2] == uid and _has_zero_xor(s[1:-1])


def _match_any_slice(is_report: Callable[[bytes, bytes], bool]) -> Callable[[bytes, bytes], bool]:
    return lambda data, raw: any(is_report(piece, raw) for piece in _slices(data))


def _match_printed(text_of: Callable[[bytes], bytes]) -> Callable[[bytes, bytes], bool]:
    return lambda data, raw: text_of(raw) in data.upper()


def _match_keys(data: bytes, raw: bytes) -> bool:
    whole = data[: len(data) - len(data) % EVENT.size]
    keys = (event[2:] for event in EVENT.iter_unpack(whole))
    down = (code for kind, code, value in keys if kind == KEY and value == DOWN and code not in SHIFTS)
    text = b"".join(PLAIN.get(code, b"?") for code in down)
    return _ten_digits(raw) in text


# --- What is sent ---


def _ten_digits(raw: bytes) -> bytes:
    return f"{int.from_bytes(raw, 'big'):010}".encode()


def _hexadecimal(raw: bytes) -> bytes:
    return raw.hex().upper().encode()


def _em4100(_: SeededRandom, raw: bytes, checksum: Checksum, *, crlf: bool = False) -> bytes:
    return em4100.encode(raw, checksum=checksum, crlf=crlf)


def _bits(raw: bytes) -> bytes:
    bits = f"{int.from_bytes(raw, 'big'):024b}"
    return f"{bits[:12].count('1') % 2}{bits}{1 - bits[12:].count('1') % 2}".encode()


def _text_line(chance: SeededRandom, raw: bytes, text_of: Callable[[bytes], bytes]) -> bytes:
    return text_of(raw) + chance.choice([b"\r", b"\n", b"\r\n"])


def _pn532(_: SeededRandom, raw: bytes) -> bytes:
    return pn532.encode(b"\xd5\x4b\x01\x01\x00\x04\x08" + bytes([len(raw)]) + raw)


def _letters(raw: bytes) -> bytes:
    return raw.hex().translate(str.maketrans("0123456789", "GHIJKLMNOP")).upper().encode()


def _line_format(name: str, profile: str, sizes: tuple[int, ...], text_of: Callable[[bytes], bytes]) -> ReportFormat:
    return ReportFormat(name, profile, sizes, partial(_text_line, text_of=text_of), _match_printed(text_of))


_UIDS = (4, 7, 10)

REPORT_FORMATS = [
    ReportFormat(
        "EM4100, XOR", "rdm6300", (5,), partial(_em4100, checksum="xor"), _match_printed(em4100.format_digits)
    ),
    ReportFormat(
        "EM4100, sum",
        "rdm6300-sum",
        (5,),
        partial(_em4100, checksum="sum"),
        _match_printed(partial(em4100.format_digits, checksum="sum")),
    ),
    ReportFormat(
        "ID-12LA", "id-12la", (5,), partial(_em4100, checksum="xor", crlf=True), _match_printed(em4100.format_digits)
    ),
    ReportFormat(
        "EM-18",
        "em-18",
        (5,),
        lambda _, raw: em4100.format_digits(raw),
        _match_printed(em4100.format_digits),
        back_to_back=False,
    ),
    _line_format("decimal lines", "em-8h10d", (4,), _ten_digits),
    _line_format("hexadecimal lines", "hex-uid", _UIDS, _hexadecimal),
    _line_format("Wiegand bits", "wiegand-26-bits", (3,), _bits),
    ReportFormat("codes", "qr", (8, 20), partial(_text_line, text_of=bytes), lambda data, raw: raw in data),
    ReportFormat(
        "codes without an end",
        "qr-no-suffix",
        (8, 20),
        lambda _, raw: raw,
        lambda data, raw: raw in data,
        back_to_back=False,
    ),
    ReportFormat("PN532", "pn532", _UIDS, _pn532, _match_any_slice(_is_pn532)),
    ReportFormat(
        "SL025M",
        "sl025m",
        _UIDS,
        lambda _, raw: sl025m.encode(sl025m.FROM_READER, b"\x01\0" + raw + b"\x01"),
        _match_any_slice(_is_sl025m),
    ),
    ReportFormat("SM130", "sm130", _UIDS, lambda _, raw: sm130.encode(b"\x83\x02" + raw), _match_any_slice(_is_sm130)),
    ReportFormat(
        "YHY523U",
        "yhy523u",
        _UIDS,
        lambda _, raw: yhy523u.encode(b"\x02\x02\0" + raw, b"\0\0"),
        _match_any_slice(_is_yhy523u),
    ),
    ReportFormat("AA..BB", "aa-bb", _UIDS, lambda _, raw: aa_bb.encode(b"\0\0" + raw), _match_any_slice(_is_aa_bb)),
    ReportFormat(
        "PC/SC", "pcsc", _UIDS, lambda _, raw: raw + b"\x90\0", lambda data, raw: raw in data, back_to_back=False
    ),
    ReportFormat(
        "keyboard",
        "em-8h10d",
        (4,),
        lambda _, raw: encode_typing(_ten_digits(raw).decode() + "\n"),
        _match_keys,
        keyboard=True,
    ),
]


# --- Damage ---


@dataclass(frozen=True)
class Episode:
    """Junk, a silence, then whole reports."""

    junk: bytes
    junk_cards: set[bytes]
    """The cards that the junk was made of: a report is not always hurt by what happens to it."""
    reports: list[tuple[bytes, bytes]]
    """What is sent, and the bytes of the card in it."""


def episode(family: ReportFormat, chance: SeededRandom) -> Episode:
    """One that may come over this family's line."""
    junk = [_junk(family, chance) for _ in range(chance.randint(0, 3))]
    count = chance.randint(1, 2) if family.back_to_back else 1
    return Episode(
        b"".join(piece for piece, _ in junk),
        {raw for _, raw in junk},
        [report(family, chance) for _ in range(count)],
    )


def report(family: ReportFormat, chance: SeededRandom) -> tuple[bytes, bytes]:
    """What a reader sends for some card, and the bytes of the card."""
    raw = chance.randbytes(chance.choice(family.sizes))
    if family.profile.startswith("qr"):
        raw = _letters(raw)[: len(raw)]
    return family.encode_report(chance, raw), raw


def _junk(family: ReportFormat, chance: SeededRandom) -> tuple[bytes, bytes]:
    """Some bytes, and the card that they are about."""
    kind = chance.random()
    if kind < 0.3:
        return chance.randbytes(chance.randint(1, 20)), b""
    if kind < 0.4:
        _, printed, card = chance.choice(SAMPLES)
        return printed, bytes.fromhex(card.partition(":")[2])
    if family.keyboard and kind < 0.6:
        return encode_press(chance.randint(1, 127), chance.randint(1, 127)), b""
    return _damage_report(family, chance)


def _damage_report(family: ReportFormat, chance: SeededRandom) -> tuple[bytes, bytes]:
    whole, raw = report(family, chance)
    sent = bytearray(whole)
    for _ in range(chance.randint(1, 2)):
        if sent:
            chance.choice(DAMAGES)(sent, chance.randrange(len(sent)), chance)
    return bytes(sent), raw


def _flip_bit(sent: bytearray, place: int, chance: SeededRandom) -> None:
    sent[place] ^= 1 << chance.randrange(8)


def _replace_byte(sent: bytearray, place: int, chance: SeededRandom) -> None:
    sent[place] = chance.randrange(256)


def _delete_byte(sent: bytearray, place: int, _: SeededRandom) -> None:
    del sent[place]


def _insert_byte(sent: bytearray, place: int, chance: SeededRandom) -> None:
    sent.insert(place, chance.randrange(256))


def _truncate(sent: bytearray, place: int, _: SeededRandom) -> None:
    del sent[place:]


def _drop_start(sent: bytearray, place: int, _: SeededRandom) -> None:
    del sent[:place]


DAMAGES: list[Callable[[bytearray, int, SeededRandom], None]] = [
    _flip_bit,
    _replace_byte,
    _delete_byte,
    _insert_byte,
    _truncate,
    _drop_start,
]
