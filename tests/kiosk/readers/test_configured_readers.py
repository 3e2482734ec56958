"""The readers of the settings, made for what they hang on."""

from pathlib import Path

import pytest

from devices.profiles.encoder import encode_card
from devices.readers.events import CardPresented, ReaderEvent
from devices.readers.keyboard_reader import KeyboardReader
from devices.readers.pcsc_reader import PcscReader
from devices.readers.serial_reader import SerialReader
from devices.simulated.scenario import ScenarioBuilder
from devices.simulated.scripted_reader import ScriptedReader
from domain.clock import MachineClock
from kiosk.home import Home
from kiosk.reader_settings import Reader
from kiosk.readers.configured import build_reader_factory, resolve_profile
from tests.support.waiting import wait_until


@pytest.mark.parametrize(
    ("port", "profile", "kind"),
    [
        ("/dev/ttyUSB0", "rdm6300", SerialReader),
        ("socket://192.0.2.7:4001", "pn532", SerialReader),
        ("rfc2217://192.0.2.7:4001", "rdm6300", SerialReader),
        ("pcsc:", None, PcscReader),
        ("evdev:/dev/input/by-id/usb-a-event-kbd", "em-8h10d", KeyboardReader),
    ],
)
def test_each_kind_of_port_has_its_reader(simulation: Path, port: str, profile: str | None, kind: type) -> None:
    with Home.open(simulation) as home:
        made = build_reader_factory(Reader("door", port, profile), home)(lambda _: None)
    assert (type(made), made.name) == (kind, "door")


def test_a_reader_has_the_speed_of_its_settings_or_of_its_profile(tmp_path: Path) -> None:
    assert resolve_profile(Reader("door", "/dev/a", "sl025m"), tmp_path).baud == 115_200
    assert resolve_profile(Reader("door", "/dev/a", "sl025m", baud=9600), tmp_path).baud == 9600


def test_a_reader_repeats_as_its_settings_say_or_its_profile(tmp_path: Path) -> None:
    assert resolve_profile(Reader("door", "/dev/a", "hex-uid"), tmp_path).repeat_seconds == 3
    assert resolve_profile(Reader("door", "/dev/a", "rdm6300"), tmp_path).repeat_seconds == 0.1
    assert resolve_profile(Reader("door", "/dev/a", "hex-uid", repeat_seconds=8), tmp_path).repeat_seconds == 8


def test_a_card_is_stamped_by_the_clock_that_the_home_lives_by_now(simulation: Path) -> None:
    """An entrance in a simulation takes the machine's clock after its readers were made."""
    heard: list[ReaderEvent] = []
    with Home.open(simulation) as home, ScriptedReader() as scripted:
        settings = Reader("door", scripted.port, "rdm6300")
        reader = build_reader_factory(settings, home)(heard.append)
        home.use_clock(MachineClock())
        before = MachineClock().now()
        reader.start()
        scripted.wait_until_opened()
        profile = resolve_profile(settings, home.path)
        (card,) = ScenarioBuilder(profile).build_random_cards(1)
        scripted.send(encode_card(profile, card))
        wait_until(lambda: len(heard) == 2, describe_failure=lambda: repr(heard))
        reader.stop()
    presented = heard[-1]
    assert isinstance(presented, CardPresented)
    assert before <= presented.read_at <= MachineClock().now()
