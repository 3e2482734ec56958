"""What happens at a reader without hardware: who taps, and what goes wrong, as actions each at its time.

    builder = ScenarioBuilder(find_profile("rdm6300"))
    actions = [*builder.tap(ann), *builder.pause(2.0), *builder.hold(ben, 3.0), *builder.unplug(1.5)]

The rule: nothing here has a port or a clock; the scenario player has. Chance is drawn from a seed, so that a scenario
that found a fault finds it again. `scenario_files` reads the same from a file.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from devices.profiles.encoder import CannotEncode, EncodeFault, encode_card
from devices.profiles.profile import Profile
from devices.protocols.decoder import LENGTHS, CardNumber

EVERY_SECONDS = 0.065
"""Between two frames of a card that lies on a 125 kHz module; readers were seen to take 50 to 65 ms."""

TAP_SECONDS = 0.3
"""How long a card is held to a reader that must be asked."""

WEAK_GAPS = (0.3, 0.9)
"""Seconds between two frames of a card that is coupled badly: less than the second for which it counts as held."""

CODE_BYTES = 12
"""Length of a code that is made up."""


@dataclass(frozen=True, slots=True)
class Send:
    """Bytes come from the reader."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A card is laid on a reader that must be asked; None takes it away."""

    card: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Power:
    """A reader that must be asked loses its power, or gets it back, while its cable stays in."""

    on: bool


@dataclass(frozen=True, slots=True)
class Unplug:
    """The cable is pulled out."""


@dataclass(frozen=True, slots=True)
class Replug:
    """The cable is back. What comes next waits until the program has opened the port."""


Action = Send | PlaceCard | Power | Unplug | Replug
TimedAction = tuple[float, Action | None]
"""Seconds to wait, and what to do then; None is only the wait."""


class ScenarioBuilder:
    """One reader, and what can happen at it.

    Every method raises `CannotEncode` where a reader of this kind cannot do that.
    """

    def __init__(self, profile: Profile, seed: int = 0) -> None:
        self.profile = profile
        self._random = random.Random(seed)  # noqa: S311 - a play, no secret

    @property
    def is_polled(self) -> bool:
        """Whether the reader must be asked."""
        return self.profile.poller is not None

    def pause(self, seconds: float) -> Iterator[TimedAction]:
        """Nothing happens."""
        yield seconds, None

    # --- Cards ---

    def tap(self, card: CardNumber) -> Iterator[TimedAction]:
        """A card is held to the reader, and taken away."""
        return self.hold(card, TAP_SECONDS if self.is_polled else 0.0)

    def hold(self, card: CardNumber, seconds: float, every: float = EVERY_SECONDS) -> Iterator[TimedAction]:
        """A card lies there so long: its frame comes again and again, or it is there to be found."""
        if self.is_polled:
            yield 0.0, PlaceCard(card.raw)
            yield seconds, PlaceCard(None)
            return
        frame = encode_card(self.profile, card)
        yield 0.0, Send(frame)
        for _ in range(round(seconds / every)):
            yield every, Send(frame)

    def alternate(self, cards: Sequence[CardNumber], seconds: float) -> Iterator[TimedAction]:
        """Several cards lie there, and the reader reports now one, now the other."""
        each = TAP_SECONDS if self.is_polled else EVERY_SECONDS
        for card, _ in zip(cycle(cards), range(round(seconds / each)), strict=False):
            yield from self.tap(card)
            yield 0.0 if self.is_polled else each, None

    def hold_weakly(self, card: CardNumber, seconds: float) -> Iterator[TimedAction]:
        """A card is coupled badly: seen, lost for a moment, and seen again."""
        until = seconds
        while until > 0:
            gap = self._random.uniform(*WEAK_GAPS)
            yield from self.tap(card)
            yield gap, None
            until -= gap

    def flood(self, count: int) -> Iterator[TimedAction]:
        """So many different cards, one behind the other, as fast as the line takes them."""
        for card in self.build_random_cards(count):
            yield 0.0, Send(encode_card(self.profile, card))

    def build_random_cards(self, count: int) -> list[CardNumber]:
        """Different cards, unknown to every home; the same for the same seed."""
        tech = self.profile.tech
        size = CODE_BYTES if tech == "QR" else LENGTHS[tech][0]
        numbers = self._random.sample(range(256 ** min(size, 4)), count)  # more has no room in some notations
        return [CardNumber(tech, _encode_number(number, size, tech)) for number in numbers]

    # --- What goes wrong ---

    def send_glued(self, cards: Sequence[CardNumber]) -> Iterator[TimedAction]:
        """Cards that come in one go, nothing between them."""
        yield 0.0, Send(b"".join(encode_card(self.profile, card) for card in cards))

    def send_cut(self, card: CardNumber, keep: int | None = None) -> Iterator[TimedAction]:
        """Only the first bytes of what a card makes the reader say: half of them by default."""
        frame = encode_card(self.profile, card)
        yield 0.0, Send(frame[: len(frame) // 2 if keep is None else keep])

    def send_noise(self, count: int) -> Iterator[TimedAction]:
        """So many bytes of nothing."""
        yield 0.0, Send(self._random.randbytes(count))

    def send(self, data: bytes) -> Iterator[TimedAction]:
        """Bytes as they are."""
        yield 0.0, Send(data)

    def unplug(self, seconds: float) -> Iterator[TimedAction]:
        """The cable is out for so long."""
        yield 0.0, Unplug()
        yield seconds, Replug()

    def cut_power(self, seconds: float) -> Iterator[TimedAction]:
        """A reader that must be asked says nothing for so long, and then forgets its settings."""
        if not self.is_polled:
            raise CannotEncode(EncodeFault.UNPLUG_INSTEAD, profile=self.profile.name)
        yield 0.0, Power(on=False)
        yield seconds, Power(on=True)


def _encode_number(number: int, size: int, tech: str) -> bytes:
    return f"{number:0{size}}"[-size:].encode() if tech == "QR" else number.to_bytes(size, "big")
