"""A PN532 as it answers on its serial line: an ACK for what it understood, then the answer.

The rule: after power-up it sleeps until it is woken, and finds cards only when it was configured.
"""

from devices.protocols import pn532
from devices.protocols.blocks import BlockDecoder
from devices.simulated.reader import SimulatedReader

SENS_RES = {4: bytes.fromhex("0004"), 7: bytes.fromhex("0044"), 10: bytes.fromhex("0084")}
"""ATQA by the length of the UID (ISO 14443-3)."""
SEL_RES = {4: b"\x08", 7: b"\x00", 10: b"\x20"}
"""SAK of a usual card of that length."""

FIRMWARE = bytes.fromhex("32010607")
"""IC PN532, version 1.6, all of its protocols."""
ACK_FRAME = bytes.fromhex("0000FF00FF00")
SYNTAX_ERROR = bytes.fromhex("0000FF01FF7F8100")


class SimulatedPn532(SimulatedReader):
    """Understands the four commands that a kiosk sends, and refuses any other."""

    awake = False
    configured = False

    def answer(self, data: bytes) -> bytes:
        """See `SimulatedReader`. Sent to a sleeper, bytes are lost unless the wake-up comes first."""
        self.awake = self.powered and (self.awake or data.startswith(pn532.WAKE_UP[:2]))
        return super().answer(data) if self.awake or not self.powered else b""

    def _build_command_decoder(self) -> BlockDecoder:
        return pn532.build_frame_decoder()

    def _answer(self, body: bytes) -> bytes:
        if body in (pn532.ACK, pn532.NACK) or body[0] != pn532.TO_READER:
            return b""
        told = self._execute(body[1:])
        return ACK_FRAME + (pn532.encode(bytes([pn532.FROM_READER]) + told) if told else SYNTAX_ERROR)

    def _execute(self, command: bytes) -> bytes:
        """The command's code plus one and what it gives; nothing for one that is not known."""
        if command[:1] == pn532.NORMAL_MODE[1:2]:
            self.configured = True
            return b"\x15"
        if command == pn532.FIRMWARE[1:]:
            return b"\x03" + FIRMWARE
        if command == pn532.FEW_RETRIES[1:]:
            return b"\x33"
        if command == pn532.ONE_TYPE_A[1:] and self.configured:
            return b"\x4b" + self._encode_targets()
        return b""

    def _encode_targets(self) -> bytes:
        if self.card is None:
            return b"\x00"
        size = len(self.card)
        return b"\x01\x01" + SENS_RES[size] + SEL_RES[size] + bytes([size]) + self.card

    def _forget(self) -> None:
        self.awake = self.configured = False
