"""Readers that must be polled: the poller decides what to send, a driver owns the port and the clock.

The rule: a poller has no port and no clock. It is handed the time and the bytes that came, and says which
bytes to send and which reads came. A driver does three things, for ever:

    poller = profile.build_poller()                    # None: the reader sends by itself; feed its decoder
    with open_port(address, baud, tick=POLL_TICK) as port:
        while not stopping:
            result = poll_once(poller, port, clock)    # reads for at most a tick, steps, sends
            ...                                        # report result.reads like those of a decoder
            ...                                        # result.answers: None -> True, or False -> True: ready;
                                                       #                anything -> False: lost, SILENT says why

An open port says nothing about a reader that must be polled: it is ready when `answers` first becomes True,
and not before. A poller goes on asking a reader that is lost, so the port need not be opened again. After a
port was opened again, and after the machine slept, take a fresh poller: the reader may have lost its power.
`step` never raises, and must be called at least once a tick, with nothing when nothing came.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from devices.faults import Fault, ReaderFault
from devices.protocols.decoder import BadFrame, CardNumber, Frame

POLL_TICK = 0.02
"""Seconds for which the port of a polled reader waits for a byte: the poller's sense of time."""

SILENT = Fault(ReaderFault.SILENT)
"""What is wrong when `answers` becomes False."""

Read_co = TypeVar("Read_co", covariant=True, bound=CardNumber | Frame | BadFrame)


@dataclass(frozen=True, slots=True)
class PollResult(Generic[Read_co]):
    """What comes of one step."""

    send: bytes = field(repr=False)
    """To be written to the port now; may be empty."""
    reads: list[Read_co]
    """What was read, in order; noise is a value here too."""
    answers: bool | None
    """Whether the reader answers its questions; None while that is not known yet."""


class Poller(Protocol[Read_co]):
    """Keeps up the conversation with one reader."""

    def step(self, now: float, data: bytes) -> PollResult[Read_co]:
        """One turn at `now`, in seconds of a clock that never goes back, with what came since the last."""
        ...


class BytePort(Protocol):
    """What a driver needs of a port."""

    def read(self) -> bytes:
        """What came, after a tick at the latest."""
        ...

    def write(self, data: bytes, /) -> object:
        """Send all of it."""
        ...


def poll_once(poller: Poller[Read_co], line: BytePort, clock: Callable[[], float]) -> PollResult[Read_co]:
    """Read for a tick, step, send. Raises what the port raises."""
    data = line.read()
    result = poller.step(clock(), data)
    if result.send:
        line.write(result.send)
    return result
