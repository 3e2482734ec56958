"""The checksums of card readers, by the names that profiles use.

The rule: one byte, over the bytes that the family says. One byte lets one accident in 256 through, so a
frame's form is checked as well.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

Checksum = Literal["xor", "sum"]


def compute_xor(data: bytes) -> int:
    """All bytes, one XORed with the next."""
    result = 0
    for byte in data:
        result ^= byte
    return result


def compute_sum(data: bytes) -> int:
    """All bytes added, modulo 256."""
    return sum(data) & 0xFF


CHECKSUMS: Mapping[Checksum, Callable[[bytes], int]] = MappingProxyType({"xor": compute_xor, "sum": compute_sum})
"""Each by its name."""
