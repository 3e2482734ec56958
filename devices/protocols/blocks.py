"""Frames that say how long they are, found in a stream whatever lies between them.

The rule: what begins like a frame and is none gives up its first byte only, and the search goes on behind
it, so that a beginning made of noise cannot swallow the frame that follows. A silence ends what is
unfinished.
"""

from collections.abc import Callable, Iterator

from typing_extensions import override

from devices.faults import Fault, FrameFault
from devices.protocols.decoder import BadFrame, Decoder, Frame

FrameMatch = tuple[Frame, int] | BadFrame | None
"""What stands at the beginning of some bytes: a frame and its size, no frame, or not enough to tell."""

CHECKSUM_DIFFERS = Fault(FrameFault.CHECKSUM_DIFFERS)
IMPOSSIBLE_LENGTH = Fault(FrameFault.IMPOSSIBLE_LENGTH)
CUT_SHORT = Fault(FrameFault.CUT_SHORT)


class BlockDecoder(Decoder):
    """Looks for frames.

    Args:
        start: the bytes with which every frame begins.
        longest: bytes of the longest frame.
        find_frame: what stands at the beginning of bytes that begin with `start`. It looks at no more than
            it needs, so that what follows changes nothing.
    """

    def __init__(self, start: bytes, longest: int, find_frame: Callable[[bytes], FrameMatch]) -> None:
        self._start = start
        self._longest = longest
        self._find_frame = find_frame
        self._buffer = bytearray()

    @override
    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        self._buffer += data
        return list(self._extract_frames())

    @override
    def idle(self) -> list[Frame | BadFrame]:
        results: list[Frame | BadFrame] = []
        while self._buffer:
            if len(self._buffer) > len(self._start):
                results.append(BadFrame(bytes(self._buffer), CUT_SHORT))
            del self._buffer[:1]
            results += self._extract_frames()
        return results

    def _extract_frames(self) -> Iterator[Frame | BadFrame]:
        while self._seek_start():
            match self._find_frame(bytes(self._buffer[: self._longest])):
                case None:
                    return
                case BadFrame() as bad:
                    del self._buffer[:1]
                    yield bad
                case frame, size:
                    del self._buffer[:size]
                    yield frame

    def _seek_start(self) -> bool:
        """Drop what is before the next beginning; whether there is a whole one."""
        place = self._buffer.find(self._start)
        if place < 0:
            place = len(self._buffer) - self._count_partial_start()
            del self._buffer[:place]
            return False
        del self._buffer[:place]
        return True

    def _count_partial_start(self) -> int:
        """How many of the last bytes could be the first of a beginning."""
        lengths = range(len(self._start) - 1, 0, -1)
        return next((size for size in lengths if self._buffer.endswith(self._start[:size])), 0)
