"""An SM130 as it answers on its serial line: its field is off until it is told to turn it on."""

from devices.protocols import sm130
from devices.protocols.blocks import BlockDecoder
from devices.simulated.reader import SimulatedReader

FIRMWARE = b"UM 1.3"
TYPES = {4: b"\x02", 7: b"\x01", 10: b"\x04"}
"""The type that it reports, by the length of the UID: MIFARE 1K, Ultralight, unknown."""


class SimulatedSm130(SimulatedReader):
    """Selects a card, switches its field and tells its version."""

    field = False

    def _build_command_decoder(self) -> BlockDecoder:
        return sm130.build_frame_decoder()

    def _answer(self, body: bytes) -> bytes:
        told = self._execute(body)
        return sm130.encode(body[:1] + told) if told else b""

    def _execute(self, body: bytes) -> bytes:
        if body[0] == sm130.FIRMWARE:
            return FIRMWARE
        if body[0] == sm130.FIELD and len(body) > 1:
            self.field = bool(body[1])
            return body[1:2]
        if body[0] != sm130.SELECT:
            return b""
        if not self.field:
            return sm130.FIELD_OFF
        return TYPES[len(self.card)] + self.card if self.card else sm130.NO_CARD

    def _forget(self) -> None:
        self.field = False
