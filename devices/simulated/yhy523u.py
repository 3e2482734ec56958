"""A YHY523U as it answers on its serial line: request first, then the UID."""

from devices.protocols import yhy523u
from devices.protocols.blocks import BlockDecoder
from devices.simulated.reader import SimulatedReader

NODE = b"\x00\x00"
FIRMWARE = b"YHY632A-V1.2"
ATQA = {4: bytes.fromhex("0400"), 7: bytes.fromhex("4400"), 10: bytes.fromhex("8400")}
"""By the length of the UID (ISO 14443-3), low byte first."""
DONE, NO_CARD, UNKNOWN = b"\x00", b"\x14", b"\x0b"
CASCADE_TAG = b"\x88"


class SimulatedYhy523u(SimulatedReader):
    """Requests a card, tells its UID, and selects one with seven bytes."""

    def _build_command_decoder(self) -> BlockDecoder:
        return yhy523u.build_frame_decoder()

    def _answer(self, body: bytes) -> bytes:
        command = body[:2]
        return yhy523u.encode(command + self._execute(command), NODE)

    def _execute(self, command: bytes) -> bytes:
        """Status and data."""
        if command == yhy523u.FIRMWARE:
            return DONE + FIRMWARE
        if self.card is None:
            return NO_CARD
        if command == yhy523u.REQUEST:
            return DONE + ATQA[len(self.card)]
        if command == yhy523u.ANTICOLLISION:
            return DONE + (self.card if len(self.card) == 4 else CASCADE_TAG + self.card[:3])
        return DONE + self.card if command == yhy523u.SELECT_ULTRALIGHT else UNKNOWN
