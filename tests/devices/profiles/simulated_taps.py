"""What a port brings when cards are held to a reader of any profile, without a port."""

from collections.abc import Callable

from devices.profiles.detection import Capture, Piece
from devices.profiles.encoder import encode_card
from devices.profiles.profile import Profile
from devices.protocols.decoder import CardNumber
from devices.protocols.keyboard import encode_typing as keystrokes
from devices.protocols.polling import POLL_TICK
from devices.simulated.readers import (
    SimulatedAaBb,
    SimulatedPn532,
    SimulatedReader,
    SimulatedSl025m,
    SimulatedSm130,
    SimulatedYhy523u,
)

POLLED: dict[str, Callable[[bytes], SimulatedReader]] = {
    "pn532": SimulatedPn532,
    "sl025m": SimulatedSl025m,
    "sm130": SimulatedSm130,
    "yhy523u": SimulatedYhy523u,
    "aa-bb": SimulatedAaBb,
}
MAX_TURNS = 30
"""Of a conversation: enough for the longest greeting and a few searches."""


def simulate_tap(profile: Profile, card: CardNumber, *, keyboard: bool = False) -> Capture:
    """One card held to a reader of this profile."""
    if profile.poller:
        return Capture((Piece(_conversation(profile, card)),), profile.baud, polled_as=profile.name)
    sent = encode_card(profile, card)
    if keyboard:
        text = sent.decode().replace("\r\n", "\n")
        return Capture((Piece(keystrokes(text)),), None, from_keyboard=True)
    return Capture((Piece(sent, profile.gap), Piece(sent)), profile.baud)


def _conversation(profile: Profile, card: CardNumber) -> bytes:
    poller, reader = profile.build_poller(), POLLED[profile.name](card.raw)
    assert poller is not None
    said = answer = b""
    for turn in range(MAX_TURNS):
        asked = poller.step(turn * POLL_TICK, answer)
        answer = reader.answer(asked.send) if asked.send else b""
        said += answer
    return said
