"""Numbers in the ways that readers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.faults import CardNumberFault, Fault
from devices.profiles.notation import Decimal, DecimalPart, WiegandBits
from devices.protocols.decoder import NotACardNumber


def bits_of(raw: bytes) -> str:
    """As a Wiegand reader sends 24 or 32 bits: each half has a parity bit, the first even, the second odd."""
    bits = f"{int.from_bytes(raw, 'big'):0{8 * len(raw)}b}"
    first, second = bits[: len(bits) // 2], bits[len(bits) // 2 :]
    return f"{first.count('1') % 2}{bits}{1 - second.count('1') % 2}"


@pytest.mark.parametrize(
    ("bits", "number"),
    [
        ("00101101000000001010001000", "5A0144"),  # facility 90, number 324
        ("00110001100000011111001111", "6303E7"),  # facility 99, number 999
        ("00111010001011010011100000", "745A70"),  # 116, 23152
    ],
)
def test_26_bits_are_24_between_two_of_parity(bits: str, number: str) -> None:
    assert WiegandBits(26).decode(bits.encode()).hex().upper() == number
    assert bits_of(bytes.fromhex(number)) == bits


@given(st.sampled_from([3, 4]).flatmap(lambda size: st.binary(min_size=size, max_size=size)))
def test_every_number_is_read_and_no_bit_may_differ(raw: bytes) -> None:
    bits = bits_of(raw)
    notation = WiegandBits(len(bits))
    assert notation.decode(bits.encode()) == raw
    for place, bit in enumerate(bits):
        with pytest.raises(NotACardNumber):
            notation.decode((bits[:place] + str(1 - int(bit)) + bits[place + 1 :]).encode())


def test_32_bits_have_no_parity() -> None:
    assert WiegandBits(32).decode(b"1" * 32) == b"\xff" * 4


@pytest.mark.parametrize("text", [b"", b"0" * 25, b"0" * 27, b"2" * 26, b"0" * 25 + b"_", b" " + b"0" * 25])
def test_anything_but_so_many_digits_0_or_1_is_refused(text: bytes) -> None:
    with pytest.raises(NotACardNumber) as refusal:
        WiegandBits(26).decode(text)
    assert refusal.value.fault == Fault(CardNumberFault.NOT_BITS, {"width": 26})


def test_numbers_may_have_another_mark_between_them() -> None:
    notation = Decimal((DecimalPart(3, 1, padded=False), DecimalPart(5, 2)), separator=":")
    assert notation.decode(b"90:00324") == bytes.fromhex("5A0144")
    with pytest.raises(NotACardNumber, match=r"not all numbers \(count 2\)"):
        notation.decode(b"90,00324")
