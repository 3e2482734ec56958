"""Four readers at once, at pseudo-terminals: what they cost while nobody comes, and how soon a card is an event.

Run as a program with profiles and ports it is the kiosk's side, in a process of its own: it says what it used.
"""

import subprocess
import sys
import tty
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from queue import Queue
from threading import Event
from time import perf_counter, process_time, sleep

from devices.profiles.encoder import encode_card
from devices.profiles.registry import find_profile
from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented, ReaderEvent, ReaderReady
from devices.readers.serial_reader import SerialReader
from devices.simulated.readers import SimulatedPn532, SimulatedSl025m, SimulatedSm130, SimulatedYhy523u
from devices.simulated.scripted_reader import ScriptedReader
from devices.simulated.terminal import TerminalReader
from tests.benchmarks.bare import measure_wake_ups
from tests.benchmarks.figures import Figure, quantile

IDLE_SECONDS = 10.0
IDLE = 4
"""Times what a hundred wake-ups a second cost."""
CARDS = 200
STREAMING = ("rdm6300", "hex-uid", "wiegand-26-hex", "id-12la")
POLLED = {
    "pn532": SimulatedPn532,
    "sl025m": SimulatedSl025m,
    "sm130": SimulatedSm130,
    "yhy523u": SimulatedYhy523u,
}


def figures() -> Iterable[Figure]:
    """Readers that speak unasked, readers that must be asked, then cards."""
    with ExitStack() as attached:
        ports = [attached.enter_context(ScriptedReader()).port for _ in STREAMING]
        bare = measure_wake_ups()
        yield Figure("a hundred wake-ups a second, bare", bare, "% core")
        yield Figure(
            "four readers that speak, idle", _measure_idle(STREAMING, ports), "% core", None, "lower", bare, IDLE
        )
    with ExitStack() as attached:
        ports = [attached.enter_context(TerminalReader(reader())).port for reader in POLLED.values()]
        yield Figure(
            "four readers that are asked, idle", _measure_idle(POLLED, ports), "% core", None, "lower", bare, IDLE
        )
    bare, taken = list(_time_bare_reads()), list(_time_card_events())
    for share, limit in ((0.5, None), (0.99, 10)):
        title, alone = f"last byte to event, p{share * 100:.0f}", quantile(bare, share) * 1e3
        yield Figure(title, quantile(taken, share) * 1e3, "ms", None, "lower", alone, limit, quiet_only=True)


def _measure_idle(profiles: Iterable[str], ports: Iterable[str]) -> float:
    """Hundredths of a core that the kiosk's side takes."""
    command = [sys.executable, "-m", __name__, *(f"{name}={port}" for name, port in zip(profiles, ports, strict=True))]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _time_bare_reads() -> Iterator[float]:
    """The same bytes through the same kind of port, to a thread that hands them on as they are."""
    arrived: Queue[bytes] = Queue()
    frame = encode_card(find_profile("rdm6300"), CardNumber("E", bytes(5)))
    with ScriptedReader() as scripted, open(scripted.port, "rb", buffering=0) as port, ThreadPoolExecutor(1) as thread:
        tty.setraw(port)
        for _ in range(CARDS):
            thread.submit(lambda: arrived.put(port.read(len(frame))))
            sleep(0.001)
            began = perf_counter()
            scripted.send(frame)
            arrived.get()
            yield perf_counter() - began


def _time_card_events() -> Iterator[float]:
    events: Queue[ReaderEvent] = Queue()
    with ScriptedReader() as scripted:
        reader = _start_reader("rdm6300", scripted.port, events)
        try:
            for number in range(CARDS):
                frame = encode_card(find_profile("rdm6300"), CardNumber("E", number.to_bytes(5)))
                began = perf_counter()
                scripted.send(frame)
                while not isinstance(events.get(), CardPresented):
                    pass
                yield perf_counter() - began
        finally:
            reader.stop()


def _start_reader(profile: str, port: str, events: "Queue[ReaderEvent]") -> SerialReader:
    """A reader that has begun, and is ready."""
    ready = Event()

    def post(event: ReaderEvent) -> None:
        events.put(event)
        if isinstance(event, ReaderReady):
            ready.set()

    reader = SerialReader(profile, port, find_profile(profile), post, now=lambda: datetime.now(UTC))
    reader.start()
    if not ready.wait(10):
        raise TimeoutError(profile)
    return reader


def _measure_core_use(attached: Iterable[str]) -> float:
    """Read so many readers, each given as `profile=port`; what of a core it took."""
    events: Queue[ReaderEvent] = Queue()
    readers = [_start_reader(profile, port, events) for profile, _, port in (one.partition("=") for one in attached)]
    before = process_time()
    sleep(IDLE_SECONDS)
    used = process_time() - before
    for reader in readers:
        reader.stop()
    return used / IDLE_SECONDS


if __name__ == "__main__":
    print(_measure_core_use(sys.argv[1:]) * 100)
