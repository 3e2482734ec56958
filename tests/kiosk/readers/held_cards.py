"""A simulated person who holds cards to a reader on a pseudo-terminal while the program waits for them."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from devices.profiles.encoder import encode_card
from devices.profiles.registry import BUILTIN_PROFILES
from devices.protocols.decoder import CardNumber
from devices.simulated.scripted_reader import ScriptedReader

SECONDS_BETWEEN_TAPS = 1.1
"""Between two taps of one card: it must be gone for a second to be a second tap."""


@contextmanager
def hold_cards(reader: ScriptedReader, profile: str, cards: Sequence[str]) -> Generator[None]:
    """Hold these cards to the reader, one after the other, as soon as a program has opened its port."""
    frames = [encode_card(BUILTIN_PROFILES[profile], CardNumber.parse(card)) for card in cards]

    def hold() -> None:
        reader.wait_until_opened()
        reader.play([(SECONDS_BETWEEN_TAPS if number else 0.0, frame) for number, frame in enumerate(frames)])

    holding = Thread(target=hold, daemon=True)
    holding.start()
    yield
    holding.join()


def add_reader(home: Path, reader: ScriptedReader, profile: str, name: str = "door") -> None:
    """Write the reader into the settings of a home."""
    block = f'[[reader]]\nname = "{name}"\nport = "{reader.port}"\nprofile = "{profile}"\n'
    with (home / "kiosk.toml").open("a", encoding="utf-8") as settings:
        settings.write(block)
