"""A simulated reader on a pseudo-terminal, which a program opens like any other serial device.

    with TerminalReader(SimulatedPn532()) as terminal:
        ...                                                   # start a program that reads terminal.port
        terminal.reader.card = bytes.fromhex("26DEFAE7")      # a card is laid on it
        terminal.reader.card = None                           # and takes it away

The rule: a thread answers what comes in, and nothing else. A card is laid on it, or taken away, by
assignment from any thread.
"""

import os
import select
import tty
from threading import Thread
from typing import Self

from devices.simulated.readers import SimulatedReader

TICK_SECONDS = 0.05
"""How long the thread waits for a byte before it checks whether to end."""


class TerminalReader:
    """Plays a simulated reader until it is closed. `port` is the path to open."""

    def __init__(self, reader: SimulatedReader) -> None:
        self.reader = reader
        self._near, self._far = os.openpty()
        tty.setraw(self._far)
        self.port = os.ttyname(self._far)
        self._playing = True
        self._thread = Thread(target=self._play, name="simulated reader", daemon=True)
        self._thread.start()

    def send(self, data: bytes) -> None:
        """Send something unasked."""
        os.write(self._near, data)

    def close(self) -> None:
        """End the thread, and take the device away."""
        if self._playing:
            self._playing = False
            self._thread.join()
            os.close(self._near)
            os.close(self._far)

    def _play(self) -> None:
        while self._playing:
            if select.select([self._near], [], [], TICK_SECONDS)[0]:
                self.send(self.reader.answer(os.read(self._near, 1024)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
