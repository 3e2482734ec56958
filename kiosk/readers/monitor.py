"""What a port brings, live: the bytes as they come, and the cards that a profile finds in them.

Rule: it goes to the screen and nowhere else, no file and no log: here, and only here, the whole number of a card is
shown, to whoever has to see what a reader sends.
"""

import time
from collections.abc import Callable, Iterator

from devices.ports.addresses import address_in
from devices.ports.serial_port import Port
from devices.profiles.profile import CardDecoder, CardPoller, Profile
from devices.protocols.decoder import BadFrame, CardNumber
from devices.protocols.keyboard import EVENT, Keyboard
from devices.protocols.polling import turn
from devices.readers.pcsc_reader import PcscSlots
from kiosk.readers.candidate_ports import TICK, Spot
from kiosk.readers.listening import Overheard

Still = Callable[[], bool]
"""Whether to go on."""


def until(seconds: float | None) -> Still:
    """For so many seconds; for ever without any."""
    end = None if seconds is None else time.monotonic() + seconds
    return lambda: end is None or time.monotonic() < end


def watched(written: str, profile: Profile | None, still: Still) -> Iterator[str]:
    """A line for each thing that came. Raises: PortTrouble, when the port ends."""
    address = address_in(written)
    if address.kind == "pcsc" and profile is not None:
        yield from _at_the_service(PcscSlots(address.place, profile), still)
        return
    spot = Spot(written, address)
    poller = profile.asking() if profile else None
    with spot.opened(profile.baud if profile else None) as port:
        if poller:
            yield from _asked(port, poller, still)
        else:
            yield from _heard(port, spot, profile, still)


def shown(data: bytes) -> str:
    """Bytes in hexadecimal, and what of them can be printed."""
    printable = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)
    return f"{data.hex(' ').upper()}  |{printable}|"


def _heard(port: Port, spot: Spot, profile: Profile | None, still: Still) -> Iterator[str]:
    decoder, keyboard = _decoder(profile, spot), Keyboard()
    last = time.monotonic()
    while still():
        data, now = port.read(TICK), time.monotonic()
        if data:
            last = now
            yield shown(_typed(keyboard, data) if spot.is_keyboard else data)
        quiet = profile is not None and now - last >= profile.gap
        yield from map(_reading, _readings(decoder, data, quiet=quiet))


def _readings(decoder: CardDecoder | None, data: bytes, *, quiet: bool) -> list[CardNumber | BadFrame]:
    if decoder is None:
        return []
    return decoder.feed(data) if data else decoder.idle() if quiet else []


def _decoder(profile: Profile | None, spot: Spot) -> CardDecoder | None:
    if profile is None:
        return None
    return profile.keyboard_decoder() if spot.is_keyboard else profile.decoder()


def _typed(keyboard: Keyboard, events: bytes) -> bytes:
    """The text of whole events; the kernel hands them over whole."""
    whole = events[: len(events) - len(events) % EVENT.size]
    return b"".join(keyboard.text_of(*event[2:]) for event in EVENT.iter_unpack(whole))


def _asked(port: Port, poller: CardPoller, still: Still) -> Iterator[str]:
    """Its answers by the dozen are not shown before one tells of a card."""
    answers: bool | None = None
    line = Overheard(port)
    while still():
        line.data, asked = b"", turn(poller, line, time.monotonic)
        if asked.answers != answers:
            answers = asked.answers
            yield "the reader answers" if answers else "the reader does not answer"
        if asked.reads:
            yield shown(line.data)
            yield from map(_reading, asked.reads)


def _at_the_service(slots: PcscSlots, still: Still) -> Iterator[str]:
    before: list[CardNumber | BadFrame] = []
    try:
        while still():
            slots.wait()
            found = slots.readings()
            yield from (_reading(reading) for reading in found if reading not in before)
            before = found
    finally:
        slots.close()


def _reading(reading: CardNumber | BadFrame) -> str:
    return f"  card {reading}" if isinstance(reading, CardNumber) else f"  no card: {reading.reason}"
