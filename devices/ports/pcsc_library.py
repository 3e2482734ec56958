"""The system's own PC/SC library, called directly: nothing to install or build for it beyond the service itself.

The rule: it moves words between the service and Python, and understands no card. Every refusal of the service is a
`PcscError` with its number; names and layouts are those of winscard.h of pcsc-lite 1.9 (unchanged since 1.4).
"""

import ctypes
from collections.abc import Sequence
from ctypes import POINTER, Structure, byref, c_char_p, c_long, c_ubyte, c_ulong, c_void_p, create_string_buffer, sizeof
from dataclasses import dataclass
from functools import cache

LIBRARY = "libpcsclite.so.1"

SCOPE_SYSTEM, SHARED, LEAVE_CARD = 2, 2, 0
T0_OR_T1 = 3
EMPTY, PRESENT, MUTE = 0x10, 0x20, 0x200
STATE_CHANGED = 0x2
LONGEST_ATR, LONGEST_ANSWER = 33, 264

TIMEOUT = 0x8010000A
SHARING_VIOLATION = 0x8010000B
NO_SMARTCARD = 0x8010000C
NOT_TRANSACTED = 0x80100016
NO_SERVICE = 0x8010001D
NO_READERS = 0x8010002E
COMMUNICATION_LOST = 0x8010002F
UNSUPPORTED_CARD, UNRESPONSIVE_CARD, UNPOWERED_CARD, RESET_CARD, REMOVED_CARD = range(0x80100065, 0x8010006A)
FORBIDDEN = 0x8010006A
CANCELLED = 0x80100002


@dataclass(eq=False)
class PcscError(Exception):
    """The service said no. `code` is its number, as in pcsclite.h."""

    code: int

    def __str__(self) -> str:
        return f"PC/SC says {self.code:#010x}"


@dataclass(slots=True)
class Slot:
    """One reader of the service, and what is known of it."""

    reader: str
    state: int = 0
    """As the service last reported; 0 makes it report at once."""

    @property
    def has_card(self) -> bool:
        """Whether a card lies on it."""
        return bool(self.state & PRESENT)

    @property
    def is_mute(self) -> bool:
        """Whether that card does not answer."""
        return bool(self.state & MUTE)


class _ReaderState(Structure):
    """SCARD_READERSTATE."""

    _fields_ = (
        ("reader", c_char_p),
        ("user_data", c_void_p),
        ("current", c_ulong),
        ("event", c_ulong),
        ("atr_length", c_ulong),
        ("atr", c_ubyte * LONGEST_ATR),
    )


class _IoRequest(Structure):
    """SCARD_IO_REQUEST."""

    _fields_ = (("protocol", c_ulong), ("length", c_ulong))


_SIGNATURES = {
    "SCardEstablishContext": (c_ulong, c_void_p, c_void_p, POINTER(c_long)),
    "SCardReleaseContext": (c_long,),
    "SCardCancel": (c_long,),
    "SCardListReaders": (c_long, c_char_p, c_char_p, POINTER(c_ulong)),
    "SCardGetStatusChange": (c_long, c_ulong, c_void_p, c_ulong),
    "SCardConnect": (c_long, c_char_p, c_ulong, c_ulong, POINTER(c_long), POINTER(c_ulong)),
    "SCardTransmit": (c_long, c_void_p, c_char_p, c_ulong, c_void_p, c_char_p, POINTER(c_ulong)),
    "SCardDisconnect": (c_long, c_ulong),
}
"""The functions that are used, and what each takes. All give a LONG, zero for success."""


@cache
def _load_library() -> ctypes.CDLL:
    library = ctypes.CDLL(LIBRARY)
    for name, takes in _SIGNATURES.items():
        function = getattr(library, name)
        function.argtypes, function.restype = takes, c_long
    return library


def _call(function: str, *arguments: object) -> None:
    code = getattr(_load_library(), function)(*arguments) & 0xFFFF_FFFF
    if code:
        raise PcscError(code)


class PcscService:
    """A connection to the service. One thread uses and releases it; any other may `cancel` its wait.

    Raises:
        OSError: this machine has no PC/SC library.
        PcscError: the service does not run, or this user may not use it. So does every method.
    """

    def __init__(self) -> None:
        self._context = c_long()
        _call("SCardEstablishContext", SCOPE_SYSTEM, None, None, byref(self._context))

    def list_readers(self) -> list[str]:
        """The names of the readers that are plugged in."""
        length = c_ulong()
        try:
            _call("SCardListReaders", self._context, None, None, byref(length))
            names = create_string_buffer(length.value)
            _call("SCardListReaders", self._context, None, names, byref(length))
        except PcscError as refusal:
            if refusal.code == NO_READERS:
                return []
            raise
        return [name.decode() for name in names.raw[: length.value].split(b"\0") if name]

    def wait(self, slots: Sequence[Slot], seconds: float) -> list[Slot]:
        """Those slots whose state has changed, brought up to date; none when nothing did within the time."""
        states = (_ReaderState * len(slots))(
            *(_ReaderState(reader=slot.reader.encode(), current=slot.state) for slot in slots)
        )
        try:
            _call("SCardGetStatusChange", self._context, int(seconds * 1000), states, len(slots))
        except PcscError as refusal:
            if refusal.code in (TIMEOUT, CANCELLED):
                return []
            raise
        changed = [(slot, state) for slot, state in zip(slots, states, strict=True) if state.event & STATE_CHANGED]
        for slot, state in changed:
            slot.state = state.event & ~STATE_CHANGED
        return [slot for slot, _ in changed]

    def ask(self, reader: str, command: bytes) -> bytes:
        """What the card on a reader answers to a command (an APDU), its two status bytes at the end."""
        card, protocol = c_long(), c_ulong()
        _call("SCardConnect", self._context, reader.encode(), SHARED, T0_OR_T1, byref(card), byref(protocol))
        try:
            return self._transmit(card, protocol.value, command)
        finally:
            _load_library().SCardDisconnect(card, LEAVE_CARD)

    def _transmit(self, card: c_long, protocol: int, command: bytes) -> bytes:
        answer, length = create_string_buffer(LONGEST_ANSWER), c_ulong(LONGEST_ANSWER)
        envelope = _IoRequest(protocol, sizeof(_IoRequest))
        _call("SCardTransmit", card, byref(envelope), command, len(command), None, answer, byref(length))
        return answer.raw[: length.value]

    def cancel(self) -> None:
        """End a `wait` that another thread is in."""
        _load_library().SCardCancel(self._context)

    def release(self) -> None:
        """Let the service go. It may be gone already."""
        _load_library().SCardReleaseContext(self._context)
