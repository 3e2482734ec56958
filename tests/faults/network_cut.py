"""A reader behind a server whose network is cut: run in a network of its own, as `unshare --user --net` makes one.

    python -m tests.faults.network_cut QUIET PROBE PROBES      seconds, seconds, times, as in `devices.ports.network`

Tells each thing that the program hears, and the seconds since the cut.
"""

import socket
import subprocess
import sys
import time
from functools import partial
from queue import Queue

from devices.ports import network
from devices.profiles.registry import find_profile
from devices.protocols.em4100 import encode
from devices.readers.events import ReaderEvent
from devices.readers.serial_reader import SerialReader
from tests.devices.readers.listener import NINE, format_event
from tests.support.waiting import TIMEOUT_SECONDS

CARD = bytes.fromhex("010063E9AE")


def set_link(link: str) -> None:
    """Put the only network there is up or down: packets on their way are lost, and nobody is told."""
    subprocess.run(["ip", "link", "set", "lo", link], check=True)


def main() -> None:
    network.QUIET_SECONDS, network.PROBE_SECONDS, network.PROBES = map(int, sys.argv[1:])
    network.LOST_SECONDS = network.QUIET_SECONDS + network.PROBES * network.PROBE_SECONDS
    set_link("up")
    events: Queue[ReaderEvent] = Queue()
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"socket://127.0.0.1:{server.getsockname()[1]}"
        reader = SerialReader("door", address, find_profile("rdm6300"), events.put, now=lambda: NINE)
        reader.start()
        first, _ = server.accept()
        tell = partial(_print_event, events)
        tell(time.monotonic())
        set_link("down")
        cut = time.monotonic()
        tell(cut)
        set_link("up")
        second, _ = server.accept()
        tell(cut)
        second.sendall(encode(CARD))
        tell(cut)
        reader.stop()
        first.close()
        second.close()


def _print_event(events: "Queue[ReaderEvent]", since: float) -> None:
    heard = format_event(events.get(timeout=TIMEOUT_SECONDS))
    print(heard, round(time.monotonic() - since, 1), flush=True)  # noqa: T201 - asked


if __name__ == "__main__":
    main()
