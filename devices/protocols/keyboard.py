"""Readers that type like a keyboard: what the Linux kernel says about its keys becomes the line they meant.

    struct input_event { seconds, microseconds, type, code, value }     as read from /dev/input/event*
                                                 01    02    1          the key 1 goes down

The rule: keys are read by their place, as on a US keyboard, whatever layout this machine has. What ends a
line is Enter, or a silence; a Tab may stand before it. A key that no card number needs (Control, Alt,
Escape, F1, an arrow) types nothing, does nothing, and makes that one line unreadable.
"""

import struct
from typing import Final

from typing_extensions import override

from devices.protocols.decoder import BadFrame, Decoder, Frame

EVENT: Final = struct.Struct("@llHHi")
"""An event of this machine: 24 bytes on 64-bit ones."""

SYNCHRONISE, KEY = 0, 1
"""Types of event (linux/input-event-codes.h). Scan codes, lamps and repeats come too, and say nothing new."""
DROPPED = 3
"""Code of SYNCHRONISE: the kernel threw events away, so keys are missing."""
UP, DOWN = 0, 1
"""Values of a key. 2 is a repeat: the key is still down."""

TAB, ENTER, KEYPAD_ENTER = 15, 28, 96
SHIFTS = (42, 54)

_ROWS = {2: "1234567890-=", 16: "qwertyuiop[]", 30: "asdfghjkl;'`", 43: "\\zxcvbnm,./", 57: " "}
_SHIFTED_ROWS = {2: "!@#$%^&*()_+", 16: "QWERTYUIOP{}", 30: 'ASDFGHJKL:"~', 43: "|ZXCVBNM<>?", 57: " "}
_KEYPAD = {55: "*", 71: "789-456+1230.", 98: "/", 117: "=", 121: ","}

END = b"\r"
"""What a line of a keyboard becomes for a `LineDecoder`."""
UNREADABLE = b"\x00"
"""What a key that no card number needs becomes: a `LineDecoder` refuses the line that it stands in."""


def _build_keymap(*rows: dict[int, str]) -> dict[int, bytes]:
    places = ((first, row) for one in rows for first, row in one.items())
    return {first + place: char.encode() for first, row in places for place, char in enumerate(row)}


PLAIN, SHIFTED = _build_keymap(_ROWS, _KEYPAD), _build_keymap(_SHIFTED_ROWS, _KEYPAD)
"""What each key types, by its code. The keypad counts as locked to digits."""


class Keyboard:
    """Keys in, the text of lines out."""

    def __init__(self) -> None:
        self._shifts: set[int] = set()
        self._typed = False
        self._tabbed = False

    def translate_event(self, kind: int, code: int, value: int) -> bytes:
        """What one event adds to the text."""
        if kind == SYNCHRONISE and code == DROPPED:
            self._shifts.clear()
            return self._type(UNREADABLE)
        if kind != KEY:
            return b""
        if code in SHIFTS:
            (self._shifts.discard if value == UP else self._shifts.add)(code)
            return b""
        return self._press_key(code) if value == DOWN else b""

    def translate_silence(self) -> bytes:
        """What a silence adds: the end of a line, when one was begun. No reader holds Shift meanwhile."""
        self._shifts.clear()
        began = self._typed
        end = self._end()
        return end if began else b""

    def _press_key(self, code: int) -> bytes:
        if code in (ENTER, KEYPAD_ENTER):
            return self._end()
        if code == TAB and not self._tabbed:
            self._tabbed = True
            return b""
        return self._type((SHIFTED if self._shifts else PLAIN).get(code, UNREADABLE))

    def _type(self, text: bytes) -> bytes:
        self._typed = True
        return UNREADABLE if self._tabbed else text

    def _end(self) -> bytes:
        self._typed = self._tabbed = False
        return END


class KeyboardDecoder(Decoder):
    """The events of a keyboard, as read from its device, become what `lines` makes of the text they type."""

    def __init__(self, lines: Decoder) -> None:
        self._lines = lines
        self._keyboard = Keyboard()
        self._rest = b""

    @override
    def feed(self, data: bytes) -> list[Frame | BadFrame]:
        data = self._rest + data
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        events = EVENT.iter_unpack(data[:whole])
        return self._lines.feed(b"".join(self._keyboard.translate_event(*event[2:]) for event in events))

    @override
    def idle(self) -> list[Frame | BadFrame]:
        """The line that a silence ends; part of an event is nothing."""
        self._rest = b""
        return self._lines.feed(self._keyboard.translate_silence()) + self._lines.idle()


def encode_typing(text: str) -> bytes:
    """The events of a keyboard that types `text`; a newline is Enter, a tab is Tab. For tests and simulations.

    Raises:
        KeyError: a US keyboard cannot type it.
    """
    return b"".join(map(_encode_char, text))


def encode_press(*codes: int) -> bytes:
    """The events of keys that go down one after the other, and up again."""
    down = [EVENT.pack(0, 0, KEY, code, DOWN) for code in codes]
    up = [EVENT.pack(0, 0, KEY, code, UP) for code in reversed(codes)]
    return b"".join(down + up)


def _encode_char(char: str) -> bytes:
    if char in _CODES:
        return encode_press(_CODES[char])
    return encode_press(SHIFTS[0], _SHIFTED_CODES[char])


_CODES = {text.decode(): code for code, text in sorted(PLAIN.items(), reverse=True)} | {"\n": ENTER, "\t": TAB}
_SHIFTED_CODES = {text.decode(): code for code, text in SHIFTED.items()}
