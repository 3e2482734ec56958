"""The events of a reader, for the program that listens to it.

The rule: whatever the reader's kind, there are these five. The times in them are handed in, and `reader`
is the name that the configuration gives the device.
"""

from dataclasses import dataclass
from datetime import datetime

from devices.faults import Fault
from devices.protocols.decoder import CardNumber


@dataclass(frozen=True, slots=True)
class CardPresented:
    """A card was held to the reader: one event, however long it is held."""

    card: CardNumber
    reader: str
    read_at: datetime
    """When its bytes came in, an aware instant."""


@dataclass(frozen=True, slots=True)
class InputUnreadable:
    """Something came that is no card; `fault` says why.

    At most one a second; of noise without a pause, one in five seconds.
    """

    reader: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class ReaderLost:
    """The reader cannot be used; it is tried again until `ReaderReady`. `fault` says why.

    One event for each outage, with the first fault.
    """

    reader: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class ReaderReady:
    """The port is open. A reader that only sends cannot say more than that."""

    reader: str


@dataclass(frozen=True, slots=True)
class CardLeft:
    """A card was left on the reader a minute ago (`lies`), or is gone. It is presented again only after it was gone."""

    reader: str
    lies: bool


ReaderEvent = CardPresented | InputUnreadable | ReaderLost | ReaderReady | CardLeft
