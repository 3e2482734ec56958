"""The reverse of the decoders: the bytes that a reader of a profile sends for a card. For simulations and tests.

The rule: what is encoded here, the profile itself decodes to that card again; that is checked each time.
"""

from collections.abc import Callable, Iterator
from functools import partial

from devices.faults import Fault, FaultCode
from devices.profiles.notation import PARITY_WIDTHS, Decimal, DecimalPart, Hexadecimal, Notation, WiegandBits
from devices.profiles.profile import Profile
from devices.protocols import em4100
from devices.protocols.apdu import DONE
from devices.protocols.decoder import BadFrame, CardNumber

ENVELOPES: tuple[Callable[[bytes], bytes], ...] = (
    lambda body: body,
    lambda body: body + b"\r\n",
    em4100.encode,
    partial(em4100.encode, checksum="sum"),
    em4100.format_digits,
    partial(em4100.format_digits, checksum="sum"),
    lambda body: body + DONE,
)
"""What readers put around a number, those that put the least first."""


class EncodeFault(FaultCode):
    """Why a simulated reader cannot send or do something."""

    POLLED = "sends_nothing_unless_polled", "profile"
    OTHER_KIND = "reads_cards_of_another_kind", "profile", "kind", "card"
    NOT_READ_BACK = "sends_nothing_that_is_read_as_this_card", "profile", "card"
    UNPLUG_INSTEAD = "without_power_it_is_unplugged", "profile"


class CannotEncode(Exception):
    """A reader of this profile does not do this by itself. `fault` says why."""

    def __init__(self, code: EncodeFault, **fields: object) -> None:
        self.fault = Fault(code, fields)
        super().__init__(str(self.fault))


def encode_card(profile: Profile, card: CardNumber) -> bytes:
    """What a reader of this profile sends when the card is held to it.

    Raises:
        CannotEncode: the reader must be polled, or does not know cards of this kind or length.
    """
    if profile.poller:
        raise CannotEncode(EncodeFault.POLLED, profile=profile.name)
    if card.tech != profile.tech:
        raise CannotEncode(EncodeFault.OTHER_KIND, profile=profile.name, kind=profile.tech, card=card.masked)
    number = card.raw[::-1] if profile.backwards else card.raw
    body = encode_number(profile.notation, number + profile.tail)
    for envelope in ENVELOPES:
        if _decode(profile, envelope(body)) == [card]:
            return envelope(body)
    raise CannotEncode(EncodeFault.NOT_READ_BACK, profile=profile.name, card=card.masked)


def encode_number(notation: Notation, number: bytes) -> bytes:
    """How a notation writes bytes down; as many as it has room for."""
    match notation:
        case Hexadecimal():
            return number.hex().upper().encode()
        case Decimal(parts=parts, separator=separator):
            return separator.encode().join(_encode_decimals(parts, number))
        case WiegandBits(width=width):
            return _encode_bits(number, parity=width in PARITY_WIDTHS).encode()
        case _:
            return number


def _encode_decimals(parts: tuple[DecimalPart, ...], number: bytes) -> Iterator[bytes]:
    for part in parts:
        own, number = number[: part.size], number[part.size :]
        yield str(int.from_bytes(own, "big")).zfill(part.digits if part.padded else 0).encode()


def _encode_bits(number: bytes, *, parity: bool) -> str:
    bits = "".join(f"{byte:08b}" for byte in number)
    if not parity:
        return bits
    first, last = bits[: len(bits) // 2], bits[len(bits) // 2 :]
    return f"{first.count('1') % 2}{bits}{1 - last.count('1') % 2}"


def _decode(profile: Profile, data: bytes) -> list[CardNumber | BadFrame]:
    decoder = profile.build_decoder()
    return decoder.feed(data) + decoder.idle()
