"""Readers on a serial port, here or behind a device server: those that send by themselves, and those that are polled.

The rule: a frame is reported as soon as it is whole. `read(1)`, then whatever waits: a frame is on its way within
milliseconds, where `readline()` costs a second. Only a reader without an envelope has to be heard out.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from typing_extensions import override

from devices.ports.backoff import STEPS
from devices.ports.serial_port import Port, open_port
from devices.profiles.profile import CardDecoder, Profile
from devices.protocols.decoder import BadFrame, CardNumber
from devices.protocols.polling import Poller, PollResult, poll_once
from devices.readers.events import ReaderEvent
from devices.readers.reader_thread import ReaderSource, ReaderThread, seconds_since_boot
from devices.readers.repeat_filter import compute_hold

POLLED_LINE_TICK = 0.1
"""Seconds between two steps of a poller, and so between two searches for a card. Four such readers cost
0.7 % of a core then, and 2 % with the 0.02 seconds that a poller would take; no card is held for less."""


class SerialReader(ReaderThread):
    """Reads a port in a thread of its own and posts events, from that thread.

    Args:
        name: what the events call this reader.
        port: a device of this machine, or `socket://host:port`, or `rfc2217://host:port`.
        profile: what the reader prints, or how it is asked.
        post: takes each event; it must not block.
        now: the aware instant that a card's bytes are stamped with.
        clock: seconds, never going back, for holds and stalls.
        backoff: seconds to wait before each further attempt, as in `Backoff`.
    """

    def __init__(
        self,
        name: str,
        port: str,
        profile: Profile,
        post: Callable[[ReaderEvent], object],
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = seconds_since_boot,
        backoff: Sequence[float] = STEPS,
    ) -> None:
        opening, hold = partial(open_line, port, profile), compute_hold(profile.repeat_seconds)
        super().__init__(name, opening, post, now=now, clock=clock, backoff=backoff, hold=hold)


def open_line(address: str, profile: Profile) -> ReaderSource:
    """Open the port of a reader of this profile.

    Raises:
        PortUnavailable: it cannot be opened.
    """
    poller = profile.build_poller()
    if poller is None:
        return StreamingLine(open_port(address, profile.baud), profile.build_decoder, profile.gap)
    return PolledLine(open_port(address, profile.baud, tick=POLLED_LINE_TICK), profile, poller)


class StreamingLine(ReaderSource):
    """The line of a reader that sends by itself. It counts as there as long as its port is.

    `gap` is the silence in seconds that completes what was said; `decoder` makes what understands it.
    """

    @property
    @override
    def answers(self) -> bool | None:
        return True

    def __init__(self, port: Port, decoder: Callable[[], CardDecoder], gap: float) -> None:
        self._port = port
        self._build_decoder = decoder
        self._decoder = decoder()
        self._gap = gap
        self._data = b""

    @override
    def wait(self) -> bool:
        """After bytes, no longer than the silence that may complete them."""
        self._data = self._port.read(self._gap if self._data else None)
        return bool(self._data)

    @override
    def take_readings(self) -> list[CardNumber | BadFrame]:
        return self._decoder.feed(self._data) if self._data else self._decoder.idle()

    @override
    def discard(self) -> None:
        self._port.discard()
        self._decoder = self._build_decoder()

    @override
    def cancel(self) -> None:
        self._port.cancel()

    @override
    def close(self) -> None:
        self._port.close()


class PolledLine(ReaderSource):
    """The line of a reader that must be polled."""

    def __init__(self, port: Port, profile: Profile, poller: Poller[CardNumber | BadFrame]) -> None:
        self._port = port
        self._profile = profile
        self._poller = poller
        self._result: PollResult[CardNumber | BadFrame] = PollResult(b"", [], None)

    @property
    @override
    def answers(self) -> bool | None:
        return self._result.answers

    @override
    def wait(self) -> bool:
        self._result = poll_once(self._poller, self._port, time.monotonic)
        return bool(self._result.reads)

    @override
    def take_readings(self) -> list[CardNumber | BadFrame]:
        return self._result.reads

    @override
    def discard(self) -> None:
        """It may have lost its power meanwhile, so it is greeted again."""
        self._port.discard()
        self._poller = self._profile.build_poller() or self._poller

    @override
    def cancel(self) -> None:
        self._port.cancel()

    @override
    def close(self) -> None:
        self._port.close()
