"""Readers that must be polled, without hardware: the bytes that each family answers to a command.

The rule: each answers as the real one is documented to, and to nothing else. It has no port, no clock and no thread;
`devices.simulated.terminal` puts one on a pseudo-terminal.
"""

from abc import ABC, abstractmethod

from typing_extensions import override

from devices.protocols import aa_bb, pn532, sl025m, sm130, yhy523u
from devices.protocols.blocks import BlockDecoder
from devices.protocols.decoder import CASCADE_TAG, Frame

ATQA = {4: bytes.fromhex("0004"), 7: bytes.fromhex("0044"), 10: bytes.fromhex("0084")}
"""By the length of the UID (ISO 14443-3), high byte first."""


class SimulatedReader(ABC):
    """A reader that answers when it is polled."""

    card: bytes | None
    """The UID of the card that lies on it, in air order."""
    powered: bool
    """Without power it answers nothing, and forgets how it was set up."""

    def __init__(self, card: bytes | None = None) -> None:
        self.card = card
        self.powered = True
        self._command_decoder = self._build_command_decoder()

    def answer(self, data: bytes) -> bytes:
        """The bytes that it sends after it has received `data`, which may be any part of a command."""
        if not self.powered:
            self._command_decoder = self._build_command_decoder()
            self._forget()
            return b""
        commands = self._command_decoder.feed(data)
        return b"".join(self._answer(frame.body) for frame in commands if isinstance(frame, Frame))

    @abstractmethod
    def _build_command_decoder(self) -> BlockDecoder:
        """A decoder of the frames that a host sends."""

    @abstractmethod
    def _answer(self, body: bytes) -> bytes:
        """The bytes that answer one command; none for a command that is not known."""

    def _forget(self) -> None:
        """Lose the settings, as without power."""
        return


class SimulatedAaBb(SimulatedReader):
    """A reader with telegrams from AA to BB."""

    NO_CARD, UNKNOWN_COMMAND = bytes.fromhex("0183"), bytes.fromhex("0185")

    @override
    def _build_command_decoder(self) -> BlockDecoder:
        return aa_bb.build_frame_decoder()

    @override
    def _answer(self, body: bytes) -> bytes:
        if body != aa_bb.WHICH_CARD:
            return aa_bb.encode(self.UNKNOWN_COMMAND)
        return aa_bb.encode(bytes([aa_bb.DONE, aa_bb.ONE_CARD]) + self.card if self.card else self.NO_CARD)


class SimulatedSl025m(SimulatedReader):
    """An SL025M: selects a card and reports its version."""

    FIRMWARE = b"SL025-1.2"
    UNKNOWN_COMMAND = b"\xf1"
    TYPES = {4: b"\x01", 7: b"\x03", 10: b"\x0a"}  # noqa: RUF012 - a table that nothing changes
    """The type that it reports, by the length of the UID: MIFARE 1K, Ultralight, other."""

    @override
    def _build_command_decoder(self) -> BlockDecoder:
        return sl025m.build_frame_decoder(sl025m.TO_READER)

    @override
    def _answer(self, body: bytes) -> bytes:
        return sl025m.encode(sl025m.FROM_READER, body[:1] + self._execute(body))

    def _execute(self, body: bytes) -> bytes:
        """Status and data."""
        if body == sl025m.FIRMWARE:
            return bytes([sl025m.DONE]) + self.FIRMWARE
        if body != sl025m.SELECT:
            return self.UNKNOWN_COMMAND
        if self.card is None:
            return bytes([sl025m.NO_CARD])
        return bytes([sl025m.DONE]) + self.card + self.TYPES[len(self.card)]


class SimulatedSm130(SimulatedReader):
    """An SM130: selects a card, switches its field and reports its version. Its field is off until it is turned on."""

    FIRMWARE = b"UM 1.3"
    TYPES = {4: b"\x02", 7: b"\x01", 10: b"\x04"}  # noqa: RUF012 - a table that nothing changes
    """The type that it reports, by the length of the UID: MIFARE 1K, Ultralight, unknown."""

    field = False

    @override
    def _build_command_decoder(self) -> BlockDecoder:
        return sm130.build_frame_decoder()

    @override
    def _answer(self, body: bytes) -> bytes:
        data = self._execute(body)
        return sm130.encode(body[:1] + data) if data else b""

    def _execute(self, body: bytes) -> bytes:
        if body[0] == sm130.FIRMWARE:
            return self.FIRMWARE
        if body[0] == sm130.FIELD and len(body) > 1:
            self.field = bool(body[1])
            return body[1:2]
        if body[0] != sm130.SELECT:
            return b""
        if not self.field:
            return sm130.FIELD_OFF
        return self.TYPES[len(self.card)] + self.card if self.card else sm130.NO_CARD

    @override
    def _forget(self) -> None:
        self.field = False


class SimulatedYhy523u(SimulatedReader):
    """A YHY523U: requests a card, then reports its UID, or selects one with seven bytes."""

    NODE = b"\x00\x00"
    FIRMWARE = b"YHY632A-V1.2"
    DONE, NO_CARD, UNKNOWN_COMMAND = b"\x00", b"\x14", b"\x0b"

    @override
    def _build_command_decoder(self) -> BlockDecoder:
        return yhy523u.build_frame_decoder()

    @override
    def _answer(self, body: bytes) -> bytes:
        command = body[:2]
        return yhy523u.encode(command + self._execute(command), self.NODE)

    def _execute(self, command: bytes) -> bytes:
        """Status and data."""
        if command == yhy523u.FIRMWARE:
            return self.DONE + self.FIRMWARE
        if self.card is None:
            return self.NO_CARD
        if command == yhy523u.REQUEST:
            return self.DONE + ATQA[len(self.card)][::-1]
        if command == yhy523u.ANTICOLLISION:
            return self.DONE + (self.card if len(self.card) == 4 else bytes([CASCADE_TAG]) + self.card[:3])
        return self.DONE + self.card if command == yhy523u.SELECT_ULTRALIGHT else self.UNKNOWN_COMMAND


class SimulatedPn532(SimulatedReader):
    """A PN532: an ACK for what it understood, then the answer. It refuses all but the four commands of a kiosk.

    After power-up it sleeps until it is woken, and finds cards only when it was configured.
    """

    FIRMWARE = bytes.fromhex("32010607")
    """IC PN532, version 1.6, all of its protocols."""
    ACK_FRAME = bytes.fromhex("0000FF00FF00")
    SYNTAX_ERROR = bytes.fromhex("0000FF01FF7F8100")
    SEL_RES = {4: b"\x08", 7: b"\x00", 10: b"\x20"}  # noqa: RUF012 - a table that nothing changes
    """SAK of a usual card, by the length of its UID."""

    awake = False
    configured = False

    @override
    def answer(self, data: bytes) -> bytes:
        """While it sleeps, bytes are lost unless the wake-up comes first."""
        self.awake = self.powered and (self.awake or data.startswith(pn532.WAKE_UP[:2]))
        return super().answer(data) if self.awake or not self.powered else b""

    @override
    def _build_command_decoder(self) -> BlockDecoder:
        return pn532.build_frame_decoder()

    @override
    def _answer(self, body: bytes) -> bytes:
        if body in (pn532.ACK, pn532.NACK) or body[0] != pn532.TO_READER:
            return b""
        data = self._execute(body[1:])
        return self.ACK_FRAME + (pn532.encode(bytes([pn532.FROM_READER]) + data) if data else self.SYNTAX_ERROR)

    def _execute(self, command: bytes) -> bytes:
        """The command's code plus one and its data; nothing for one that is not known."""
        if command[:1] == pn532.NORMAL_MODE[1:2]:
            self.configured = True
            return b"\x15"
        if command == pn532.FIRMWARE[1:]:
            return b"\x03" + self.FIRMWARE
        if command == pn532.FEW_RETRIES[1:]:
            return b"\x33"
        if command == pn532.ONE_TYPE_A[1:] and self.configured:
            return b"\x4b" + self._encode_targets()
        return b""

    def _encode_targets(self) -> bytes:
        if self.card is None:
            return b"\x00"
        size = len(self.card)
        return b"\x01\x01" + ATQA[size] + self.SEL_RES[size] + bytes([size]) + self.card

    @override
    def _forget(self) -> None:
        self.awake = self.configured = False
