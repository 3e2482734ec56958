"""Feeding a decoder every way in which a port may hand over the same bytes."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from devices.protocols.decoder import BadFrame, CardNumber, Frame

Reading = CardNumber | Frame | BadFrame

NOISE = "noise"
"""Stands for a bad frame in an expectation."""


class Feedable(Protocol):
    def feed(self, data: bytes) -> list[CardNumber | BadFrame] | list[Frame | BadFrame]: ...
    def idle(self) -> list[CardNumber | BadFrame] | list[Frame | BadFrame]: ...


SILENCE = None
"""Among pieces: nothing comes for as long as the decoder's profile says."""


def assert_decodes(
    fresh: Callable[[], Feedable], stream: bytes, expected: list[str | bytes], *, silence: bool = False
) -> None:
    """The stream reads as `expected`: whole, byte by byte, and cut in two at every place.

    A card is expected as its canonical form, a frame as its body, a bad frame as NOISE. With `silence` the
    line falls silent at the end.
    """
    rest = [SILENCE] if silence else []
    whole = readings(fresh(), [stream, *rest])
    assert [told(reading) for reading in whole] == expected
    for pieces in splits(stream):
        assert readings(fresh(), [*pieces, *rest]) == whole, f"differs when it comes as {pieces}"


def readings(decoder: Feedable, pieces: Iterable[bytes | None]) -> list[Reading]:
    """What comes of some pieces, a SILENCE being one too."""
    return [reading for piece in pieces for reading in (decoder.idle() if piece is SILENCE else decoder.feed(piece))]


def splits(stream: bytes) -> Iterator[list[bytes]]:
    yield in_pieces_of(1, stream)
    for cut in range(1, len(stream)):
        yield [stream[:cut], stream[cut:]]


def in_pieces_of(size: int, stream: bytes) -> list[bytes]:
    return [stream[start : start + size] for start in range(0, len(stream), size)]


def told(reading: Reading) -> str | bytes:
    match reading:
        case CardNumber():
            return str(reading)
        case Frame(body=body):
            return body
        case BadFrame():
            return NOISE
