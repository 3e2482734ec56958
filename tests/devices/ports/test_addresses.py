"""Where a reader hangs, as people write it."""

import pytest

from devices.faults import AddressFault, Fault
from devices.ports.addresses import Address, NotAnAddress, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0",
            Address("serial", "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0"),
        ),
        ("socket://192.0.2.7:4001", Address("serial", "socket://192.0.2.7:4001")),
        ("socket://[2001:db8::7]:4001", Address("serial", "socket://[2001:db8::7]:4001")),
        (
            "rfc2217://reader.example:4001?ign_set_control",
            Address("serial", "rfc2217://reader.example:4001?ign_set_control"),
        ),
        ("pcsc:", Address("pcsc", "")),
        ("pcsc:ACS ACR122U", Address("pcsc", "ACS ACR122U")),
        (
            "evdev:/dev/input/by-id/usb-Sycreader-event-kbd",
            Address("keyboard", "/dev/input/by-id/usb-Sycreader-event-kbd"),
        ),
    ],
)
def test_each_form_is_understood(text: str, address: Address) -> None:
    assert parse_address(text) == address


UNKNOWN_OPTION = Fault(AddressFault.UNKNOWN_OPTION, {"options": ("?ign_set_control", "?poll_modem")})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("COM3", Fault(AddressFault.UNKNOWN_FORM)),
        ("ttyUSB0", Fault(AddressFault.DEVICE_WITHOUT_FOLDER, {"name": "ttyUSB0"})),
        ("/dev/input/event3", Fault(AddressFault.KEYBOARD_WITHOUT_PREFIX, {"path": "/dev/input/event3"})),
        ("evdev:event3", Fault(AddressFault.NO_KEYBOARD_PATH)),
        ("http://192.0.2.7", Fault(AddressFault.UNKNOWN_FORM)),
        ("loop://", Fault(AddressFault.UNKNOWN_FORM)),
        ("socket://192.0.2.7", Fault(AddressFault.NO_HOST_AND_PORT, {"scheme": "socket"})),
        ("rfc2217://:4001", Fault(AddressFault.NO_HOST_AND_PORT, {"scheme": "rfc2217"})),
        ("socket://192.0.2.7:door", Fault(AddressFault.IMPOSSIBLE_PORT)),
        ("socket://192.0.2.7:65536", Fault(AddressFault.IMPOSSIBLE_PORT)),
        ("socket://192.0.2.7:4001/a", Fault(AddressFault.TEXT_BEHIND_PORT)),
        ("socket://192.0.2.7:4001?ign_set_control", Fault(AddressFault.TEXT_BEHIND_PORT)),
        ("socket://ann@192.0.2.7:4001", Fault(AddressFault.WITH_CREDENTIALS)),
        (
            "rfc2217://192.0.2.7:1?baud=9600",
            Fault(AddressFault.UNKNOWN_OPTION, {"options": ("?ign_set_control", "?poll_modem")}),
        ),
    ],
)
def test_what_is_no_address_says_why(text: str, fault: Fault) -> None:
    with pytest.raises(NotAnAddress) as refusal:
        parse_address(text)
    assert (refusal.value.text, refusal.value.fault) == (text, fault)
