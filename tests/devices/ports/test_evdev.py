"""Readers that type, with real input events through a pipe in the place of /dev/input."""

import errno
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from devices.faults import Fault, PortFault
from devices.ports.errors import PortUnavailable
from devices.ports.evdev import grab_keyboard, open_keyboard
from devices.profiles.registry import find_profile
from devices.protocols.keyboard import encode_typing
from devices.readers.events import ReaderLost
from devices.readers.keyboard_reader import KeyboardReader
from tests.devices.readers.listener import Listener


def opened(path: str) -> int:
    """What `grabbed` does, but for the keyboard's own command, which a pipe does not know."""
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK)


class Pipe:
    """The device of a keyboard, and the keys that are pressed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug_in()

    def plug_in(self) -> None:
        os.mkfifo(self.path)
        self._keys = os.open(self.path, os.O_RDWR)

    def types(self, text: str) -> None:
        os.write(self._keys, encode_typing(text))

    def unplug(self) -> None:
        self.path.unlink()
        os.close(self._keys)


@pytest.fixture
def keyboard(tmp_path: Path) -> Iterator[Pipe]:
    pipe = Pipe(tmp_path / "usb-Sycreader-event-kbd")
    yield pipe
    pipe.unplug()


def listening(path: Path, profile: str = "em-8h10d") -> Listener:
    return Listener(make=partial(KeyboardReader, "door", str(path), find_profile(profile), grab=opened))


def test_a_card_that_is_typed_is_presented(keyboard: Pipe) -> None:
    with listening(keyboard.path) as listener:
        assert listener.collect_events(1) == ["ready"]
        keyboard.types("0040856634\n")
        assert listener.collect_events(1) == ["E4:026F6C3A"]


def test_a_code_in_capitals_and_signs_is_presented(keyboard: Pipe) -> None:
    with listening(keyboard.path, profile="qr") as listener:
        assert listener.collect_events(1) == ["ready"]
        keyboard.types("Ann#0042\n")
        assert listener.collect_events(1) == [f"QR:{b'Ann#0042'.hex().upper()}"]


def test_a_line_that_stops_does_not_spoil_the_next_card(keyboard: Pipe) -> None:
    with listening(keyboard.path) as listener:
        listener.collect_events(1)
        keyboard.types("00408")
        assert listener.collect_events(1) == ["unreadable"]
        keyboard.types("0040856634\n")
        assert listener.collect_events(1) == ["E4:026F6C3A"]


def test_a_keyboard_that_is_unplugged_is_lost_and_comes_back(keyboard: Pipe) -> None:
    with listening(keyboard.path) as listener:
        for text, card in (("0040856634\n", "E4:026F6C3A"), ("0006547886\n", "E4:0063E9AE")):
            assert listener.collect_events(1) == ["ready"]
            keyboard.types(text)
            assert listener.collect_events(1) == [card]
            keyboard.unplug()
            assert listener.collect_events(1) == ["lost"]
            keyboard.plug_in()


def test_a_keyboard_that_is_missing_says_so(tmp_path: Path) -> None:
    with listening(tmp_path / "none") as listener:
        assert listener.next_event() == ReaderLost("door", Fault(PortFault.KEYBOARD_MISSING))


def test_what_is_no_keyboard_cannot_be_grabbed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PortUnavailable) as refusal:
        open_keyboard(str(tmp_path / "file"), grab_keyboard)
    assert refusal.value.fault == Fault(PortFault.NOT_A_KEYBOARD)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EBUSY, PortFault.KEYBOARD_BUSY),
        (errno.EACCES, PortFault.KEYBOARD_FORBIDDEN),
    ],
)
def test_each_refusal_of_the_system_has_its_code(number: int, code: PortFault) -> None:
    def refused(_: str) -> int:
        raise OSError(number, os.strerror(number))

    with pytest.raises(PortUnavailable) as refusal:
        open_keyboard("/dev/input/event3", refused)
    assert refusal.value.fault == Fault(code)
