"""Whose a port is: two programs that read one port get half of each card.

Rule: what the entrance has open is left to the entrance, and whoever asks is told so before anything is opened.
"""

from collections.abc import Sequence
from pathlib import Path

from kiosk.errors import EXIT_NO, UserError
from kiosk.readers.inventory import is_same_port
from kiosk.settings import Reader
from kiosk.status.entrance import is_entrance_open
from kiosk.words.readers import ReaderText


def demand_port_free(home: Path, readers: Sequence[Reader], address: str) -> None:
    """Raises: Mistake, where the entrance of this home has the port open."""
    if is_entrance_open(home) and any(is_same_port(reader.port, address) for reader in readers):
        raise UserError(
            ReaderText.ENTRANCE_OPEN_CLOSE_ENTRANCE_SYSTEMCTL.fill(address=address),
            EXIT_NO,
        )
