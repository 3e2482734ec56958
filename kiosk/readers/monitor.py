"""What a port brings, live: the bytes as they come, and the cards that a profile finds in them.

Rule: its lines go to the terminal, never to a file or a log. Here, and only here, the whole number of a card is shown:
the operator has to see what a reader sends.
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
from kiosk.readers.listening import READ_TICK, CandidatePort, PortCapture
from kiosk.words.devices import explain_fault
from kiosk.words.readers import ReaderText

KeepGoing = Callable[[], bool]
"""Whether to continue."""


def keep_going_for(seconds: float | None) -> KeepGoing:
    """True for so many seconds; always, for None."""
    end = None if seconds is None else time.monotonic() + seconds
    return lambda: end is None or time.monotonic() < end


def watch_port(address_text: str, profile: Profile | None, keep_going: KeepGoing) -> Iterator[str]:
    """A line for each piece of data and each card. Raises: PortError, when the port fails."""
    address = parse_address(address_text)
    if address.kind == "pcsc" and profile is not None:
        yield from _watch_pcsc(PcscSlots(address.place, profile), keep_going)
        return
    candidate = CandidatePort(address_text, address)
    poller = profile.build_poller() if profile else None
    with candidate.open_at(profile.baud if profile else None) as port:
        if poller:
            yield from _watch_polled(port, poller, keep_going)
        else:
            yield from _watch_streaming(port, candidate, profile, keep_going)


def format_bytes(data: bytes) -> str:
    """Bytes in hexadecimal, and what of them can be printed."""
    printable = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)
    return f"{data.hex(' ').upper()}  |{printable}|"


def _watch_streaming(
    port: Port, candidate: CandidatePort, profile: Profile | None, keep_going: KeepGoing
) -> Iterator[str]:
    decoder, keyboard = _build_decoder(profile, candidate), Keyboard()
    last = time.monotonic()
    while keep_going():
        data, now = port.read(READ_TICK), time.monotonic()
        if data:
            last = now
            yield format_bytes(_decode_keyboard(keyboard, data) if candidate.is_keyboard else data)
        quiet = profile is not None and now - last >= profile.gap
        yield from map(_format_reading, _decode_bytes(decoder, data, quiet=quiet))


def _decode_bytes(decoder: CardDecoder | None, data: bytes, *, quiet: bool) -> list[CardNumber | BadFrame]:
    if decoder is None:
        return []
    return decoder.feed(data) if data else decoder.idle() if quiet else []


def _build_decoder(profile: Profile | None, candidate: CandidatePort) -> CardDecoder | None:
    if profile is None:
        return None
    return profile.build_keyboard_decoder() if candidate.is_keyboard else profile.build_decoder()


def _decode_keyboard(keyboard: Keyboard, events: bytes) -> bytes:
    """The text of whole events; the kernel never splits one."""
    whole = events[: len(events) - len(events) % EVENT.size]
    return b"".join(keyboard.translate_event(*event[2:]) for event in EVENT.iter_unpack(whole))


def _watch_polled(port: Port, poller: CardPoller, keep_going: KeepGoing) -> Iterator[str]:
    """Only answers with a card are shown, and each change between answering and silence."""
    answers: bool | None = None
    line = PortCapture(port)
    while keep_going():
        line.data, step = b"", poll_once(poller, line, time.monotonic)
        if step.answers != answers:
            answers = step.answers
            yield ReaderText.READER_ANSWERS.fill() if answers else ReaderText.READER_DOES_NOT_ANSWER.fill()
        if step.reads:
            yield format_bytes(line.data)
            yield from map(_format_reading, step.reads)


def _watch_pcsc(slots: PcscSlots, keep_going: KeepGoing) -> Iterator[str]:
    before: list[CardNumber | BadFrame] = []
    try:
        while keep_going():
            slots.wait()
            found = slots.take_readings()
            yield from (_format_reading(reading) for reading in found if reading not in before)
            before = found
    finally:
        slots.close()


def _format_reading(reading: CardNumber | BadFrame) -> str:
    if isinstance(reading, CardNumber):
        return ReaderText.WATCHED_CARD.fill(card=reading)
    return ReaderText.WATCHED_NO_CARD.fill(reason=explain_fault(reading.fault))
