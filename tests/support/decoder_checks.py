"""Feeding a decoder every way in which a port may hand over the same bytes."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from devices.protocols.decoder import BadFrame, CardNumber, Frame

DecoderOutput = CardNumber | Frame | BadFrame

NOISE = "noise"
"""Stands for a bad frame in an expectation."""


class AnyDecoder(Protocol):
    def feed(self, data: bytes) -> list[CardNumber | BadFrame] | list[Frame | BadFrame]: ...
    def idle(self) -> list[CardNumber | BadFrame] | list[Frame | BadFrame]: ...


SILENCE = None
"""Among pieces: nothing comes for as long as the decoder's profile says."""


def assert_decodes(
    new_decoder: Callable[[], AnyDecoder], stream: bytes, expected: list[str | bytes], *, silence: bool = False
) -> None:
    """The stream reads as `expected`: whole, byte by byte, and cut in two at every place.

    A card is expected as its canonical form, a frame as its body, a bad frame as NOISE. With `silence` the
    line falls silent at the end.
    """
    rest = [SILENCE] if silence else []
    whole = decode_pieces(new_decoder(), [stream, *rest])
    assert [simplify_output(reading) for reading in whole] == expected
    for pieces in splits(stream):
        assert decode_pieces(new_decoder(), [*pieces, *rest]) == whole, f"differs when it comes as {pieces}"


def decode_pieces(decoder: AnyDecoder, pieces: Iterable[bytes | None]) -> list[DecoderOutput]:
    """What comes of some pieces, a SILENCE being one too."""
    return [reading for piece in pieces for reading in (decoder.idle() if piece is SILENCE else decoder.feed(piece))]


def splits(stream: bytes) -> Iterator[list[bytes]]:
    yield split_into_pieces(1, stream)
    for cut in range(1, len(stream)):
        yield [stream[:cut], stream[cut:]]


def split_into_pieces(size: int, stream: bytes) -> list[bytes]:
    return [stream[start : start + size] for start in range(0, len(stream), size)]


def simplify_output(reading: DecoderOutput) -> str | bytes:
    match reading:
        case CardNumber():
            return str(reading)
        case Frame(body=body):
            return body
        case BadFrame():
            return NOISE
