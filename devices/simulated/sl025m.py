"""An SL025M as it answers on its serial line."""

from devices.protocols import sl025m
from devices.protocols.blocks import BlockDecoder
from devices.simulated.reader import SimulatedReader

FIRMWARE = b"SL025-1.2"
TYPES = {4: b"\x01", 7: b"\x03", 10: b"\x0a"}
"""The type that it reports, by the length of the UID: MIFARE 1K, Ultralight, other."""
UNKNOWN_COMMAND = b"\xf1"


class SimulatedSl025m(SimulatedReader):
    """Selects a card and tells its version."""

    def _build_command_decoder(self) -> BlockDecoder:
        return sl025m.build_frame_decoder(sl025m.TO_READER)

    def _answer(self, body: bytes) -> bytes:
        return sl025m.encode(sl025m.FROM_READER, body[:1] + self._execute(body))

    def _execute(self, body: bytes) -> bytes:
        """Status and data."""
        if body == sl025m.FIRMWARE:
            return bytes([sl025m.DONE]) + FIRMWARE
        if body != sl025m.SELECT:
            return UNKNOWN_COMMAND
        if self.card is None:
            return bytes([sl025m.NO_CARD])
        return bytes([sl025m.DONE]) + self.card + TYPES[len(self.card)]
