"""What turns a reader's frames into card numbers: a profile, the description of one way to report a card.

The rule: a card has one number, whichever reader reads it. What a reader does to it (base, byte order,
bytes added or lost, checksum) is undone here and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass

from typing_extensions import override

from devices.faults import CardNumberFault, Fault
from devices.profiles.notation import Notation
from devices.protocols.decoder import BadFrame, CardNumber, Decoder, Frame, NotACardNumber
from devices.protocols.keyboard import KeyboardDecoder
from devices.protocols.polling import Poller, PollResult

REPEAT_SECONDS = 3.0
"""The interval that is assumed of a reader of which nothing is known. Those that repeat slowly do it every 2 to 3 s;
it must not be much more, because a second tap within the hold that follows from it is not seen."""

GAP = 0.5
"""Seconds of silence after which what is unfinished is given up, unless a profile knows better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How one kind of reader, in one of its modes, reports a card."""

    name: str
    about: str
    """One line for the person who chooses: which readers print like this, with an example. English."""
    about_zh: str = ""
    """The same in Chinese as written in Taiwan."""
    tech: str
    """The kind of the numbers, as in `CardNumber`."""
    framing: Callable[[], Decoder]
    """Makes the decoder that finds the frames."""
    notation: Notation
    """How a frame writes the bytes."""
    tail: bytes = b""
    """Bytes that the reader puts after every number; they are verified and dropped."""
    backwards: bool = False
    """Whether the last byte comes first."""
    loses: str = ""
    """What the reader drops of a number, in words; such a number matches only its own kind."""
    loses_zh: str = ""
    """The same in Chinese."""
    baud: int = 9600
    """Speed of the serial line; USB and network readers do not care."""
    repeat_seconds: float = REPEAT_SECONDS
    """The longest interval at which it reads a card that lies there again."""
    gap: float = GAP
    """Seconds of silence after which to call the decoder's `idle`."""
    text: bool = False
    """Whether it prints text, which the same reader could type as a keyboard."""
    poller: Callable[[], Poller[Frame | BadFrame]] | None = None
    """Makes the other end of the conversation with a reader that must be polled; None for one that need not."""

    @property
    def full(self) -> bool:
        """Whether the number has every byte of the card."""
        return not self.loses

    def build_decoder(self) -> "CardDecoder":
        """A fresh decoder, its buffer empty."""
        return CardDecoder(self, self.framing())

    def build_keyboard_decoder(self) -> "CardDecoder":
        """A fresh decoder for this reader as a keyboard: it is fed with the events of `devices.protocols.keyboard`."""
        return CardDecoder(self, KeyboardDecoder(self.framing()))

    def build_poller(self) -> "CardPoller | None":
        """A fresh poller, if this reader must be polled; see `devices.protocols.polling` for how to drive it."""
        return CardPoller(self, self.poller()) if self.poller else None

    def decode_frame(self, frame: Frame | BadFrame) -> CardNumber | BadFrame:
        """What a frame says; a text that is no card number is noise."""
        if isinstance(frame, BadFrame):
            return frame
        try:
            return self.parse_card_number(frame)
        except NotACardNumber as refusal:
            return BadFrame(frame.body, refusal.fault)

    def parse_card_number(self, frame: Frame) -> CardNumber:
        """The number that a frame carries.

        Raises:
            NotACardNumber: the reader printed something else.
        """
        raw = self.notation.decode(frame.body)
        if not raw.endswith(self.tail):
            raise NotACardNumber(raw.hex().upper(), Fault(CardNumberFault.TAIL_MISSING))
        number = raw.removesuffix(self.tail)
        return CardNumber(self.tech, number[::-1] if self.backwards else number)


class CardDecoder:
    """Bytes in, card numbers out: a `Decoder` that has read its profile."""

    def __init__(self, profile: Profile, frames: Decoder) -> None:
        self._profile = profile
        self._frames = frames

    def feed(self, data: bytes) -> list[CardNumber | BadFrame]:
        """The readings that `data` completes, in order. Never raises; see `Decoder`."""
        return [self._profile.decode_frame(frame) for frame in self._frames.feed(data)]

    def idle(self) -> list[CardNumber | BadFrame]:
        """The readings that a silence of the profile's `gap` completes. Never raises; see `Decoder`."""
        return [self._profile.decode_frame(frame) for frame in self._frames.idle()]


class CardPoller(Poller[CardNumber | BadFrame]):
    """Bytes in, questions and card numbers out: a `Poller` that has read its profile."""

    def __init__(self, profile: Profile, poller: Poller[Frame | BadFrame]) -> None:
        self._profile = profile
        self._poller = poller

    @override
    def step(self, now: float, data: bytes) -> PollResult[CardNumber | BadFrame]:
        result = self._poller.step(now, data)
        reads = [self._profile.decode_frame(frame) for frame in result.reads]
        return PollResult(result.send, reads, result.answers)
