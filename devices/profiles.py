"""What turns a reader's frames into card numbers: a profile, the description of one way to report a card.

The rule: a card has one number, whichever reader reads it. What a reader does to it (base, byte order,
bytes added or lost, checksum) is undone here and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass

from devices.decoding import BadFrame, CardNumber, Decoder, Frame, NotACardNumber
from devices.notation import Notation

_NO_TAIL = "the bytes that this reader adds are missing; read the card again, or choose another profile."


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How one kind of reader, in one of its modes, reports a card."""

    name: str
    about: str
    """One line for the person who chooses: which readers print like this, with an example."""
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
    baud: int = 9600
    """Speed of the serial line; USB and network readers do not care."""

    @property
    def full(self) -> bool:
        """Whether the number has every byte of the card."""
        return not self.loses

    def decoder(self) -> "CardDecoder":
        """A fresh decoder, its buffer empty."""
        return CardDecoder(self)

    def card_in(self, frame: Frame) -> CardNumber:
        """The number that a frame carries.

        Raises:
            NotACardNumber: the reader printed something else.
        """
        raw = self.notation.bytes_of(frame.body)
        if not raw.endswith(self.tail):
            raise NotACardNumber(raw.hex().upper(), _NO_TAIL)
        number = raw.removesuffix(self.tail)
        return CardNumber(self.tech, number[::-1] if self.backwards else number)


class CardDecoder:
    """Bytes in, card numbers out: a `Decoder` that has read its profile."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._frames = profile.framing()

    def feed(self, data: bytes) -> list[CardNumber | BadFrame]:
        """The readings that `data` completes, in order. Never raises; see `Decoder`."""
        return [self._read(frame) for frame in self._frames.feed(data)]

    def _read(self, frame: Frame | BadFrame) -> CardNumber | BadFrame:
        if isinstance(frame, BadFrame):
            return frame
        try:
            return self._profile.card_in(frame)
        except NotACardNumber as refusal:
            return BadFrame(frame.body, refusal.reason)
