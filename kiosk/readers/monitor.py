"""What a port brings, live: the bytes as they come, and the cards that a profile finds in them.

Rule: it goes to the screen and nowhere else, no file and no log: here, and only here, the whole number of a card is
shown, to whoever has to see what a reader sends.
"""

import time
from collections.abc import Callable, Iterator

from devices.ports.addresses import parse_address
from devices.ports.serial_port import Port
from devices.profiles.profile import CardDecoder, CardPoller, Profile
from devices.protocols.decoder import BadFrame, CardNumber
from devices.protocols.keyboard import EVENT, Keyboard
from devices.protocols.polling import poll_once
from devices.readers.pcsc_reader import PcscSlots
from kiosk.readers.candidate_ports import READ_TICK, CandidatePort
from kiosk.readers.listening import PortCapture
from kiosk.words.readers import ReaderText

KeepGoing = Callable[[], bool]
"""Whether to go on."""


def keep_going_for(seconds: float | None) -> KeepGoing:
    """For so many seconds; for ever without any."""
    end = None if seconds is None else time.monotonic() + seconds
    return lambda: end is None or time.monotonic() < end


def watch_port(written: str, profile: Profile | None, still: KeepGoing) -> Iterator[str]:
    """A line for each thing that came. Raises: PortTrouble, when the port ends."""
    address = parse_address(written)
    if address.kind == "pcsc" and profile is not None:
        yield from _watch_pcsc(PcscSlots(address.place, profile), still)
        return
    spot = CandidatePort(written, address)
    poller = profile.build_poller() if profile else None
    with spot.open_at(profile.baud if profile else None) as port:
        if poller:
            yield from _watch_polled(port, poller, still)
        else:
            yield from _watch_streaming(port, spot, profile, still)


def format_bytes(data: bytes) -> str:
    """Bytes in hexadecimal, and what of them can be printed."""
    printable = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)
    return f"{data.hex(' ').upper()}  |{printable}|"


def _watch_streaming(port: Port, spot: CandidatePort, profile: Profile | None, still: KeepGoing) -> Iterator[str]:
    decoder, keyboard = _build_decoder(profile, spot), Keyboard()
    last = time.monotonic()
    while still():
        data, now = port.read(READ_TICK), time.monotonic()
        if data:
            last = now
            yield format_bytes(_decode_keyboard(keyboard, data) if spot.is_keyboard else data)
        quiet = profile is not None and now - last >= profile.gap
        yield from map(_format_reading, _decode_bytes(decoder, data, quiet=quiet))


def _decode_bytes(decoder: CardDecoder | None, data: bytes, *, quiet: bool) -> list[CardNumber | BadFrame]:
    if decoder is None:
        return []
    return decoder.feed(data) if data else decoder.idle() if quiet else []


def _build_decoder(profile: Profile | None, spot: CandidatePort) -> CardDecoder | None:
    if profile is None:
        return None
    return profile.build_keyboard_decoder() if spot.is_keyboard else profile.build_decoder()


def _decode_keyboard(keyboard: Keyboard, events: bytes) -> bytes:
    """The text of whole events; the kernel hands them over whole."""
    whole = events[: len(events) - len(events) % EVENT.size]
    return b"".join(keyboard.translate_event(*event[2:]) for event in EVENT.iter_unpack(whole))


def _watch_polled(port: Port, poller: CardPoller, still: KeepGoing) -> Iterator[str]:
    """Its answers by the dozen are not shown before one tells of a card."""
    answers: bool | None = None
    line = PortCapture(port)
    while still():
        line.data, asked = b"", poll_once(poller, line, time.monotonic)
        if asked.answers != answers:
            answers = asked.answers
            yield ReaderText.READER_ANSWERS if answers else ReaderText.READER_NOT_ANSWER
        if asked.reads:
            yield format_bytes(line.data)
            yield from map(_format_reading, asked.reads)


def _watch_pcsc(slots: PcscSlots, still: KeepGoing) -> Iterator[str]:
    before: list[CardNumber | BadFrame] = []
    try:
        while still():
            slots.wait()
            found = slots.take_readings()
            yield from (_format_reading(reading) for reading in found if reading not in before)
            before = found
    finally:
        slots.close()


def _format_reading(reading: CardNumber | BadFrame) -> str:
    return f"  card {reading}" if isinstance(reading, CardNumber) else f"  no card: {reading.reason}"
