"""A reader with telegrams from AA to BB as it answers on its serial line."""

from devices.protocols import aa_bb
from devices.protocols.blocks import BlockDecoder
from devices.simulated.reader import SimulatedReader

NO_CARD, UNKNOWN = bytes.fromhex("0183"), bytes.fromhex("0185")


class SimulatedAaBb(SimulatedReader):
    """Tells which card is there."""

    def _build_command_decoder(self) -> BlockDecoder:
        return aa_bb.build_frame_decoder()

    def _answer(self, body: bytes) -> bytes:
        if body != aa_bb.WHICH_CARD:
            return aa_bb.encode(UNKNOWN)
        return aa_bb.encode(bytes([aa_bb.DONE, aa_bb.ONE_CARD]) + self.card if self.card else NO_CARD)
