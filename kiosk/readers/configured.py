"""A reader of kiosk.toml: build it, read one card with it as the entrance would, and check a known card.

Rule: every wait has a limit, and its end states the reason. Nothing is written. A number is shown masked.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Protocol, Self

import msgspec

from devices.ports.addresses import AddressKind, parse_address
from devices.profiles.profile import Profile
from devices.profiles.registry import BUILTIN_PROFILES, find_profile
from devices.profiles.typed_number import TypedNumber
from devices.protocols.decoder import CardNumber, find_enrolment_fault
from devices.readers.events import CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from devices.readers.keyboard_reader import KeyboardReader
from devices.readers.pcsc_reader import PcscReader
from devices.readers.reader_thread import SLOW, SLOW_OPEN_SECONDS
from devices.readers.serial_reader import SerialReader
from domain.ids import compose
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.reader_checks import DEFAULT_PROFILE, load_home_profiles
from kiosk.reader_settings import Reader
from kiosk.readers.diagnostics import demand_port_free
from kiosk.words.devices import explain_fault
from kiosk.words.language import find_language
from kiosk.words.readers import ReaderText

ConfiguredReader = SerialReader | PcscReader | KeyboardReader
READER_CLASSES: Mapping[AddressKind, type[ConfiguredReader]] = {
    "serial": SerialReader,
    "pcsc": PcscReader,
    "keyboard": KeyboardReader,
}
"""The reader of each kind of port."""
OPENING_SECONDS = 2 * SLOW_OPEN_SECONDS
"""The longest wait for a reader to open; a slow one reports that after half of it."""


# --- Building it ---


def build_reader_factory(reader: Reader, home: Home) -> Callable[[Callable[[ReaderEvent], object]], ConfiguredReader]:
    """What makes the reader, not yet started, from the function that takes its events."""
    address = parse_address(reader.port)
    profile = resolve_profile(reader, home.path)

    def now() -> datetime:
        return home.clock.now()  # the clock of a simulation is replaced after its home was opened

    return partial(READER_CLASSES[address.kind], reader.name, address.place, profile, now=now)


def resolve_profile(reader: Reader, home: Path) -> Profile:
    """The profile of a configured reader, with the speed and the interval of repeats that are configured.

    Raises: UserError where it is one of the home, and a file of these cannot be used.
    """
    name = reader.profile or DEFAULT_PROFILE[parse_address(reader.port).kind]
    known = BUILTIN_PROFILES if name in BUILTIN_PROFILES else load_home_profiles(home)
    profile = find_profile(name, known)
    interval = profile.repeat_seconds if reader.repeat_seconds is None else reader.repeat_seconds
    return replace(profile, baud=reader.baud or profile.baud, repeat_seconds=interval)


def find_reader(home: Home, name: str | None) -> Reader:
    """The configured reader of a name, or without one the only reader there is. Raises: UserError."""
    readers, name = {reader.name: reader for reader in home.settings.readers}, name and compose(name)
    if not readers:
        raise UserError(ReaderText.NO_READER_CONFIGURED.fill())
    if name is None and len(readers) > 1:
        raise UserError(ReaderText.CHOOSE_A_READER.fill(readers=", ".join(readers)))
    if name is not None and name not in readers:
        raise UserError(ReaderText.UNKNOWN_READER.fill(name=name, readers=", ".join(readers)))
    return readers[name] if name is not None else next(iter(readers.values()))


# --- Reading one card ---


class CardSource(Protocol):
    """Reads cards of one reader within a `with`."""

    name: str
    """The reader's, as the settings call it."""

    def read_card(self, seconds: float) -> CardNumber:
        """The next card that is presented. Raises: UserError where none came in time, or it could not be read."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None: ...


class ReaderSession(CardSource):
    """Reads one configured reader within a `with`.

    Raises:
        UserError: the entrance has it open; or, at the `with`, it is missing or does not answer.
    """

    def __init__(self, reader: Reader, home: Home) -> None:
        demand_port_free(home.path, home.settings.readers, reader.port)
        self.name = reader.name
        self._events: Queue[ReaderEvent] = Queue()
        # A card that is to be held twice comes back sooner than a slow reader repeats one.
        without_interval = msgspec.structs.replace(reader, repeat_seconds=0)
        self._reader = build_reader_factory(without_interval, home)(self._events.put)

    def read_card(self, seconds: float) -> CardNumber:
        """The next card that is presented.

        Raises:
            UserError: none came in time, it could not be read, or the reader was lost; with the remedy.
        """
        failure, until = None, time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            match self._wait_for_event(left):
                case CardPresented(card=card):
                    return card
                case InputUnreadable(fault=fault):
                    failure = fault
                case ReaderLost(fault=fault):
                    raise UserError(f"{self.name}: {explain_fault(fault)}", EXIT_NO)
                case _:
                    continue
        if failure:
            raise UserError(ReaderText.CARD_UNREADABLE.fill(name=self.name, reason=explain_fault(failure)), EXIT_NO)
        raise UserError(ReaderText.NO_CARD.fill(name=self.name, seconds=seconds), EXIT_NO)

    def _wait_for_event(self, seconds: float) -> ReaderEvent | None:
        try:
            return self._events.get(timeout=seconds)
        except Empty:
            return None

    def _wait_until_ready(self) -> None:
        """A card that is held before the port is open is lost, so none is asked for until then."""
        while not isinstance(event := self._wait_for_event(OPENING_SECONDS), ReaderReady):
            if event is None or isinstance(event, ReaderLost):
                fault = event.fault if event else SLOW
                raise UserError(f"{self.name}: {explain_fault(fault)}", EXIT_NO)

    def __enter__(self) -> Self:
        self._reader.start()
        try:
            self._wait_until_ready()
        except BaseException:
            self._reader.stop()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._reader.stop()


# --- Checking a known card ---


def check_card(card: CardNumber, expected: TypedNumber | None) -> str:
    """Passed when a reader reads this card as itself, as far as its profile goes. Raises: UserError, when not."""
    if expected is not None and not expected.matches(card):
        raise UserError(ReaderText.TEST_READ_ANOTHER_NUMBER.fill(masked=card.masked), EXIT_NO)
    if fault := find_enrolment_fault(card):
        reason = explain_fault(fault)
        raise UserError(ReaderText.TEST_READ_UNUSABLE_NUMBER.fill(masked=card.masked, reason=reason), EXIT_NO)
    return ReaderText.TEST_PASSED.fill(masked=card.masked)


def find_loss(profile: Profile) -> str:
    """Which bytes of a card the profile loses, in the language of the one that reads it."""
    return profile.loses if find_language() == "en" else profile.loses_zh or profile.loses


def warn_of_loss(profile: Profile) -> str:
    """What it means for cards that the profile loses bytes; empty where it loses none."""
    if profile.full:
        return ""
    return ReaderText.LOSSY_PROFILE.fill(name=profile.name, loses=find_loss(profile))
