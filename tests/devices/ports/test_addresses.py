"""Where a reader hangs, as people write it."""

import pytest

from devices.ports.addresses import FORMS, Address, NotAnAddress, parse_address


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


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("COM3", f"it is one of {FORMS}"),
        ("ttyUSB0", "write /dev/ttyUSB0"),
        ("/dev/input/event3", "a reader that types is written evdev:/dev/input/event3"),
        ("evdev:event3", "write evdev: and the keyboard's path, evdev:/dev/input/by-id/..."),
        ("http://192.0.2.7", f"it is one of {FORMS}"),
        ("loop://", f"it is one of {FORMS}"),
        ("socket://192.0.2.7", "write the host and the port, socket://192.0.2.7:4001"),
        ("rfc2217://:4001", "write the host and the port, rfc2217://192.0.2.7:4001"),
        ("socket://192.0.2.7:door", "the port behind the last colon is a number from 1 to 65535"),
        ("socket://192.0.2.7:65536", "the port behind the last colon is a number from 1 to 65535"),
        ("socket://192.0.2.7:4001/a", "nothing stands behind the port"),
        ("socket://192.0.2.7:4001?ign_set_control", "nothing stands behind the port"),
        ("socket://ann@192.0.2.7:4001", "a device server asks for no name or password"),
        ("rfc2217://192.0.2.7:1?baud=9600", "behind the port may stand ?ign_set_control or ?poll_modem, nothing else"),
    ],
)
def test_what_is_no_address_says_what_to_write(text: str, reason: str) -> None:
    with pytest.raises(NotAnAddress) as refusal:
        parse_address(text)
    assert str(refusal.value) == f"{text!r} is no port: {reason}"
